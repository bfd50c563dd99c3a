/* SPDX-License-Identifier: MIT */
/*
 * frame.h - from an address or a frame number to its struct page and back, without a call
 *
 * F1  RAM is one linear map: virtual - physical is frame_offset for every region.
 * F2  frame_sections[phys >> 27] describes 128 MiB; frames of one section lie one after another.
 * F5  Where the port has addresses to spare, the arrays stand in one window, each frame at the
 *     place of its number: frame_flat[pfn] for pfn < frame_flat_count.  A hole's entry there says
 *     nothing but that no one owns it.  Without the window frame_flat_count is 0.
 * F3  page->pfn is set at boot and never written again; a hole's home is FRAME_HOLE.
 * F6  page->home names the zone, set at boot, and in its low two bits the kind of per-CPU list a
 *     freed frame goes to; page->mobility is the type of its pageblock. Both are the same for all
 *     frames of a pageblock and change together, under the lock of the zone (mobility.c).
 */
#ifndef PAGE_FRAME_H
#define PAGE_FRAME_H

#include <linux/mm_types.h>
#include <asm/page.h>

#define FRAME_SECTION_BITS	(27 - PAGE_SHIFT)
#define FRAME_SECTION_PAGES	(1UL << FRAME_SECTION_BITS)
#define FRAME_SECTIONS		8192UL	/* 1 TiB of physical addresses */
#define FRAME_HOLE		0xff	/* home of a frame without memory */
#define FRAME_INTERIOR		0xff	/* order of a frame that does not start a block */

struct frame_section {
	struct page *frames;		/* of pfn first .. first + count - 1 within the section */
	uint32_t first, count;
};

extern struct frame_section frame_sections[FRAME_SECTIONS];
extern uintptr_t frame_offset;
extern struct page *frame_flat;
extern unsigned long frame_flat_count;

int frame_boot(void);			/* after memblock knows all memory */
void frame_shutdown(void);

/*
 * For the fast road: false where there is no window, or outside it.  *ret_page may be a hole's
 * entry: only its owner may be looked at until that says something.
 */
static __always_inline bool frame_flat_of(const void *address, struct page **ret_page)
{
	unsigned long pfn = ((uintptr_t)address - frame_offset) >> PAGE_SHIFT;

	*ret_page = &frame_flat[pfn];
	return __builtin_expect(pfn < frame_flat_count, 1);
}

/* The struct page of a number, holes included; NULL outside the map. */
static inline struct page *frame_slot(unsigned long pfn)
{
	unsigned long index = pfn >> FRAME_SECTION_BITS;
	const struct frame_section *section;
	uint32_t slot;

	if (__builtin_expect(index >= FRAME_SECTIONS, 0))
		return NULL;
	section = &frame_sections[index];
	slot = (pfn & (FRAME_SECTION_PAGES - 1)) - section->first;
	if (__builtin_expect(slot >= section->count, 0))
		return NULL;
	return &section->frames[slot];
}

/* NULL for a hole. */
static inline struct page *pfn_frame(unsigned long pfn)
{
	struct page *page = frame_slot(pfn);

	return page && page->home != FRAME_HOLE ? page : NULL;
}

/* Safe for any pointer: NULL unless it points into RAM. */
static inline struct page *frame_of(const void *address)
{
	return pfn_frame(((uintptr_t)address - frame_offset) >> PAGE_SHIFT);
}

static inline unsigned long frame_pfn(const struct page *page)
{
	return page->pfn;
}

static inline void *frame_address(const struct page *page)
{
	return (void *)(((uintptr_t)page->pfn << PAGE_SHIFT) + frame_offset);
}

/* Head of a compound block, slab or large object; the page itself otherwise. */
static inline struct page *frame_head(struct page *page)
{
	unsigned long head = __atomic_load_n(&page->compound_head, __ATOMIC_RELAXED);

	/*
	 * A head's or a single page's word here is a list pointer or its user's: only tails have
	 * order INTERIOR.
	 */
	return (head & 1) && page->order == FRAME_INTERIOR ? (struct page *)(head - 1) : page;
}

#endif
