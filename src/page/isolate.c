/* SPDX-License-Identifier: MIT */
/*
 * isolate.c - pageblocks whose free frames nobody may have
 *
 * Owns: the change of pageblocks to and from ISOLATE. How to use it: isolate.h.
 * I1  A free frame of an isolated pageblock is on a list of type ISOLATE, which no request looks
 *     at; it does not count as free memory.
 * I2  A frame freed there goes straight to the zone (PCP_STRAIGHT). A free that was under way on
 *     another CPU while the type changed may still end on a per-CPU list, so these are emptied
 *     after the change.
 * Lock: zone->lock for each pageblock.  pageblock_isolate() sleeps.
 */
#include "page/isolate.h"

#include <linux/errno.h>
#include <linux/mm.h>
#include "page/alloc.h"
#include "page/mobility.h"
#include "page/page_room.h"

/* The zone of the whole range; NULL if a frame is missing or elsewhere. */
static struct page_zone *range_zone(unsigned long start, unsigned long end)
{
	const struct page *first = pfn_frame(start);

	if (!first || start >= end)
		return NULL;
	for (unsigned long pfn = start; pfn < end; pfn++) {
		const struct page *page = pfn_frame(pfn);

		if (!page || zone_of(page) != zone_of(first))
			return NULL;
	}
	return zone_of(first);
}

/* Any frame of a pageblock: its first may be a hole. */
static struct page *block_frame(unsigned long first)
{
	for (unsigned long pfn = first; pfn < first + pageblock_nr_pages; pfn++) {
		struct page *page = pfn_frame(pfn);

		if (page)
			return page;
	}
	return NULL;
}

static bool isolate_block(struct page_zone *zone, unsigned long first)
{
	struct page *page = block_frame(first);
	unsigned long irq = km_spin_lock(&zone->lock);
	bool may = page && migratetype_is_mergeable(page->mobility);

	if (may)
		mobility_move_locked(zone, frame_pfn(page), MIGRATE_ISOLATE);
	km_spin_unlock(&zone->lock, irq);
	return may;
}

static void unisolate_block(unsigned long first, enum migratetype type)
{
	struct page *page = block_frame(first);
	struct page_zone *zone;
	unsigned long irq;

	if (!page)
		return;
	zone = zone_of(page);
	irq = km_spin_lock(&zone->lock);
	if (page->mobility == MIGRATE_ISOLATE)
		mobility_move_locked(zone, frame_pfn(page), type);
	km_spin_unlock(&zone->lock, irq);
}

void pageblock_unisolate(unsigned long start_pfn, unsigned long end_pfn, enum migratetype type)
{
	if (page_group_by_mobility_disabled || !migratetype_is_mergeable(type))
		type = MIGRATE_UNMOVABLE;
	for (unsigned long pfn = pageblock_start_pfn(start_pfn); pfn < end_pfn;
	     pfn += pageblock_nr_pages)
		unisolate_block(pfn, type);
}

int pageblock_isolate(unsigned long start_pfn, unsigned long end_pfn)
{
	struct page_zone *zone = range_zone(start_pfn, end_pfn);

	if (!zone)
		return -EINVAL;
	for (unsigned long pfn = pageblock_start_pfn(start_pfn); pfn < end_pfn;
	     pfn += pageblock_nr_pages) {
		if (isolate_block(zone, pfn))
			continue;
		if (pfn > start_pfn)
			pageblock_unisolate(start_pfn, pfn, MIGRATE_MOVABLE);
		return -EBUSY;
	}
	page_drain_all();	/* I2 */
	return 0;
}

/* The free block a frame lies in; *ret_order is its order. NULL: the frame is not free. */
static struct page *block_around(unsigned long pfn, unsigned int *ret_order)
{
	for (unsigned int order = 0; order < NR_PAGE_ORDERS; order++) {
		struct page *head = pfn_frame(pfn & ~((1UL << order) - 1));

		if (!head || head->owner != PAGE_OWNER_FREE)
			return NULL;
		if (head->order == FRAME_INTERIOR)
			continue;
		*ret_order = head->order;
		return head->order >= order ? head : NULL;
	}
	return NULL;
}

static bool is_free_locked(unsigned long start, unsigned long end, unsigned long *ret_pfn)
{
	for (unsigned long pfn = start; pfn < end; pfn++) {
		unsigned int order;
		struct page *head = block_around(pfn, &order);

		if (head && head->mobility == MIGRATE_ISOLATE)
			continue;
		*ret_pfn = pfn;
		return false;
	}
	return true;
}

bool pageblock_is_free(unsigned long start_pfn, unsigned long end_pfn, unsigned long *ret_pfn)
{
	struct page_zone *zone = range_zone(start_pfn, end_pfn);
	unsigned long irq;
	bool is_free;

	*ret_pfn = start_pfn;
	if (!zone)
		return false;
	irq = km_spin_lock(&zone->lock);
	is_free = is_free_locked(start_pfn, end_pfn, ret_pfn);
	km_spin_unlock(&zone->lock, irq);
	return is_free;
}

/* Halve the free block around @pfn until it starts there and does not reach beyond @end. */
static struct page *cut_out_locked(struct page_zone *zone, unsigned long pfn, unsigned long end,
				   unsigned int *ret_order)
{
	unsigned int order;
	struct page *head = block_around(pfn, &order);

	while (frame_pfn(head) != pfn || pfn + (1UL << order) > end) {
		struct page *upper;

		buddy_unlink_locked(zone, head, order);
		order--;
		upper = head + (1UL << order);
		buddy_link_locked(zone, upper, order);
		buddy_link_locked(zone, head, order);
		if (pfn >= frame_pfn(upper))
			head = upper;
	}
	*ret_order = order;
	return buddy_carve_locked(zone, head, order, order);
}

int pageblock_claim(unsigned long start_pfn, unsigned long end_pfn, enum page_owner owner)
{
	struct page_zone *zone = range_zone(start_pfn, end_pfn);
	unsigned long irq, pfn = start_pfn;

	if (!zone)
		return -EBUSY;
	irq = km_spin_lock(&zone->lock);
	if (!is_free_locked(start_pfn, end_pfn, &pfn)) {
		km_spin_unlock(&zone->lock, irq);
		return -EBUSY;
	}
	zone->direct[0] += end_pfn - start_pfn;
	for (pfn = start_pfn; pfn < end_pfn;) {
		unsigned int order;
		struct page *page = cut_out_locked(zone, pfn, end_pfn, &order);

		for (unsigned long i = 0; i < 1UL << order; i++) {
			page[i].order = 0;
			page_finish(&page[i], 0, 0, owner);
		}
		pfn += 1UL << order;
	}
	km_spin_unlock(&zone->lock, irq);
	return 0;
}
