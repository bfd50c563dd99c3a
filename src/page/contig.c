/* SPDX-License-Identifier: MIT */
/*
 * contig.c - a run of frames of any length: a certain one, or one that can be found
 *
 * Owns: alloc_contig_range, alloc_contig_pages.  Not: how frames are kept from others meanwhile
 * (isolate.c).
 * C1  Either all frames of a range are had or none.
 * C2  Nobody's page is moved: a frame that is out stays where it is, and its range cannot be had.
 * Lock: none here, zone->lock in isolate.c.  Task context; sleeps.
 */
#include "page/alloc.h"

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/log2.h>
#include "page/isolate.h"
#include "page/mobility.h"
#include "page/page_room.h"
#include "page/watched.h"
#include "page/zone.h"

#define ROOM_TRIES	3

/* What such a request may say; the place is its own business. */
#define CONTIG_GFP	(__GFP_RECLAIM | __GFP_IO | __GFP_FS | __GFP_HARDWALL | __GFP_NOWARN |	\
			 __GFP_RETRY_MAYFAIL | __GFP_NORETRY | __GFP_ZERO | __GFP_COMP |	\
			 __GFP_THISNODE | __GFP_MOVABLE | __GFP_HIGHMEM | GFP_ZONEMASK)

static bool contig_is_valid(const struct contig_want *want, unsigned long start, unsigned long end)
{
	unsigned long pages = end - start;

	if (start >= end || !migratetype_is_mergeable(want->type) || (want->gfp & ~CONTIG_GFP))
		return false;
	if (!(want->gfp & __GFP_COMP))
		return true;
	return is_power_of_2(pages) && !(start & (pages - 1)) && ilog2(pages) <= MAX_PAGE_ORDER;
}

/* What is kept for speed only comes free; what users have does not. */
static bool wait_free(const struct contig_want *want, unsigned long start, unsigned long end)
{
	struct page_ask ask;
	unsigned long busy;

	page_ask_make(&ask, want->gfp, 0);
	for (unsigned int tries = 0; !pageblock_is_free(start, end, &busy); tries++) {
		if (tries == ROOM_TRIES)
			return false;
		page_make_room(&ask);
	}
	return true;
}

static void range_dress(struct page *page, const struct contig_want *want, unsigned long pages)
{
	if (want->gfp & __GFP_COMP) {
		for (unsigned long i = 1; i < pages; i++)
			set_page_count(page + i, 0);
		page->order = ilog2(pages);
		page_dress(page, want->gfp, page->order, PAGE_OWNER_PAGES);
		return;
	}
	for (unsigned long i = 0; i < pages; i++)
		page_dress(page + i, want->gfp, 0, PAGE_OWNER_PAGES);
}

static int range_alloc(const struct contig_want *want, unsigned long start, unsigned long end)
{
	int error;

	if (!contig_is_valid(want, start, end))
		return -EINVAL;
	error = pageblock_isolate(start, end);
	if (error)
		return error;
	error = -EBUSY;
	if (wait_free(want, start, end))
		error = pageblock_claim(start, end, PAGE_OWNER_PAGES);
	pageblock_unisolate(start, end, want->type);
	if (!error)
		range_dress(pfn_frame(start), want, end - start);
	return error;
}

/* Could the frame be free once nobody keeps it for speed? */
static bool may_be_had(const struct page_zone *zone, const struct page *page)
{
	return page && zone_of(page) == zone && page->owner != PAGE_OWNER_RESERVED &&
	       page->owner != PAGE_OWNER_PAGES && page->owner != PAGE_OWNER_LARGE;
}

/* A run of a power of two of frames is aligned to its length. */
static unsigned long run_step(unsigned long pages)
{
	return is_power_of_2(pages) ? pages : 1;
}

/* First frame from @pfn on that begins a run of @pages frames worth a try; ~0 if there is none. */
static unsigned long find_run(const struct page_zone *zone, unsigned long pfn, unsigned long pages)
{
	unsigned long end = zone->start_pfn + zone->spanned, length = 0;

	pfn = ALIGN(pfn, run_step(pages));
	while (pfn + length < end) {
		if (!may_be_had(zone, pfn_frame(pfn + length))) {
			pfn = ALIGN(pfn + length + 1, run_step(pages));
			length = 0;
		} else if (++length == pages) {
			return pfn;
		}
	}
	return ~0UL;
}

static int zone_alloc(const struct contig_want *want, const struct page_zone *zone,
		      unsigned long *ret_start)
{
	unsigned long pfn = find_run(zone, zone->start_pfn, want->pages);

	while (pfn != ~0UL) {
		if (!range_alloc(want, pfn, pfn + want->pages)) {
			*ret_start = pfn;
			return 0;
		}
		pfn = find_run(zone, pfn + run_step(want->pages), want->pages);
	}
	return -ENOMEM;
}

static int anywhere_alloc(const struct contig_want *want, unsigned long *ret_start)
{
	const struct zone_list *list;
	struct page_ask ask;

	page_ask_make(&ask, want->gfp, 0);
	ask.node = want->node == NUMA_NO_NODE ? node_here() : (unsigned int)want->node;
	ask.nodes = want->nodes;
	if (ask.node >= node_count)
		return -EINVAL;
	list = &node_list[ask.node];
	for (unsigned int i = 0; i < list->count; i++) {
		const struct page_zone *zone = &zone_table[list->zone[i]];

		if (zone_serves(zone, &ask) && !zone_alloc(want, zone, ret_start))
			return 0;
	}
	return -ENOMEM;
}

int contig_alloc(const struct contig_want *want, struct page **ret_page)
{
	unsigned long start = want->start;
	int error;

	if (want->end)
		error = range_alloc(want, want->start, want->end);
	else
		error = want->pages ? anywhere_alloc(want, &start) : -EINVAL;
	*ret_page = error ? NULL : pfn_frame(start);
	return error;
}

/**
 * alloc_contig_range() - the frames [@start, @end), all of them or none
 * @migratetype: what their pageblocks are afterwards: UNMOVABLE, MOVABLE or RECLAIMABLE
 * @gfp_mask:    may it reclaim, __GFP_ZERO; with __GFP_COMP one folio (an aligned power of two)
 *
 * Context: task, may sleep.   Cost: one step a frame.   Units: frame numbers.
 * Return:  0: single pages with one reference each, or the folio; -EBUSY: a frame is in use;
 *          -EINVAL: an empty range, a hole, two zones, a flag that cannot be obeyed.
 * Free with free_contig_range().
 * Differs: pages in use are never moved away; a folio is at most MAX_PAGE_ORDER; there is no
 * MIGRATE_CMA.
 */
int alloc_contig_range(unsigned long start, unsigned long end, unsigned int migratetype,
		       gfp_t gfp_mask)
{
	const struct contig_want want = {
		.start = start, .end = end, .type = migratetype, .gfp = gfp_mask,
		.node = NUMA_NO_NODE,
	};
	struct page *page;

	if (!end)
		return -EINVAL;
	if (__builtin_expect(page_watched, 0))
		return contig_alloc_watched("alloc_contig_range", &want, &page, WATCH_CALLER(),
					    WATCH_FRAME());
	return contig_alloc(&want, &page);
}

/**
 * alloc_contig_pages() - @nr_pages frames one after another, wherever they are
 * @nr_pages: not 0; a power of two is aligned to its length
 * @gfp_mask: as alloc_contig_range(); zone bits and __GFP_THISNODE are obeyed
 * @nid:      where to look first; NUMA_NO_NODE: at this CPU's node
 * @nodemask: NULL: any
 *
 * Context: task, may sleep.   Cost: one step a frame of memory at worst.
 * Return:  the first page, or NULL.   Free with free_contig_range().
 * Differs: pages in use are never moved away; a folio is at most MAX_PAGE_ORDER.
 */
struct page *alloc_contig_pages(unsigned long nr_pages, gfp_t gfp_mask, int nid,
				nodemask_t *nodemask)
{
	const struct contig_want want = {
		.pages = nr_pages, .type = MIGRATE_MOVABLE, .gfp = gfp_mask, .node = nid,
		.nodes = nodemask,
	};
	struct page *page;

	if (__builtin_expect(page_watched, 0))
		contig_alloc_watched("alloc_contig_pages", &want, &page, WATCH_CALLER(),
				     WATCH_FRAME());
	else
		contig_alloc(&want, &page);
	return page;
}

/**
 * free_contig_range() - give back what alloc_contig_range() or alloc_contig_pages() returned
 * @nr_pages: as asked for; a folio goes as a whole
 *
 * Context: any but NMI.   Cost: one step a frame.
 */
void free_contig_range(unsigned long pfn, unsigned long nr_pages)
{
	struct page *page = pfn_frame(pfn);

	if (WARN_ON_ONCE(!page))
		return;
	if (PageHead(page)) {
		WARN_ON_ONCE(compound_nr(page) != nr_pages);
		put_page(page);
		return;
	}
	for (unsigned long i = 0; i < nr_pages; i++) {
		WARN_ON_ONCE(page_count(page + i) != 1);
		if (__builtin_expect(page_watched, 0))
			pages_free_watched("free_contig_range", page + i, 0, WATCH_CALLER(),
					   WATCH_FRAME());
		else
			page_put_block(page + i, 0);
	}
}
