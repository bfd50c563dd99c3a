/* SPDX-License-Identifier: MIT */
/*
 * isolate.h - take a range of frames out of circulation, for alloc_contig_range()
 *
 * Use:
 *   1. pageblock_isolate(start, end): from now on free frames of these pageblocks are handed to
 *      nobody, and what is freed there stays free. Per-CPU lists have been emptied.
 *   2. See whether all frames are free now (pageblock_is_free()); if not, free or move the rest.
 *   3. pageblock_claim(start, end, owner): exactly these frames become single pages, each with one
 *      reference, order 0, of @owner. The pageblocks may be larger than the range.
 *   4. pageblock_unisolate(start, end, type), whether it worked or not: the pageblocks are given
 *      back and have @type.
 * Ranges are widened to whole pageblocks by 1 and 4, not by 2 and 3.
 */
#ifndef PAGE_ISOLATE_H
#define PAGE_ISOLATE_H

#include <linux/mm_types.h>
#include <linux/mmzone.h>

/*
 * Frames [@start_pfn, @end_pfn), of one zone.
 * Context: task; sleeps (empties other CPUs' lists).
 * Return: 0; -EINVAL: an empty range, a hole, or two zones; -EBUSY: some pageblock is isolated
 * already or a HIGHATOMIC reserve. Nothing is isolated then.
 */
int pageblock_isolate(unsigned long start_pfn, unsigned long end_pfn);
void pageblock_unisolate(unsigned long start_pfn, unsigned long end_pfn, enum migratetype type);

/* Are all frames of the range free and isolated?  *ret_pfn: the first that is not. */
bool pageblock_is_free(unsigned long start_pfn, unsigned long end_pfn, unsigned long *ret_pfn);

/* 0, or -EBUSY with nothing taken: a frame of the range is not free, or not isolated. */
int pageblock_claim(unsigned long start_pfn, unsigned long end_pfn, enum page_owner owner);

#endif
