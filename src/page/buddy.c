/* SPDX-License-Identifier: MIT */
/*
 * buddy.c - free blocks of 2^order frames inside one zone
 *
 * Owns: zone->free_blocks, zone->free, the mark "free, starts a block of order k" of a frame
 * (owner FREE, order k).
 * Not: per-CPU lists (pcp.c), reserves (watermark.c).
 * B1  Two free buddies of equal order never both exist: the later one merges.
 * B2  The first frame number of a block is a multiple of its length.
 * B3  Every frame of a free block has owner FREE; those behind its head have order FRAME_INTERIOR.
 * Lock: zone->lock, held by the caller. Nothing here sleeps, allocates or prints (validate
 * prints).
 */
#include "page/zone.h"

#include <linux/printk.h>
#include "page/frame.h"

static void block_link(struct page_zone *zone, struct page *page, unsigned int order)
{
	page->order = order;
	page->owner = PAGE_OWNER_FREE;
	list_add(&page->lru, &zone->free_blocks[order].list);
	zone->free_blocks[order].count++;
}

static void block_unlink(struct page_zone *zone, struct page *page, unsigned int order)
{
	list_del(&page->lru);
	page->lru.next = NULL;	/* tails are told by bit 0 of this word */
	zone->free_blocks[order].count--;
	page->order = FRAME_INTERIOR;
}

/*
 * A block of exactly 2^order frames; the rest of the one it was cut from is linked again. NULL if
 * none is left.
 */
struct page *buddy_take_locked(struct page_zone *zone, unsigned int order)
{
	for (unsigned int have = order; have < NR_PAGE_ORDERS; have++) {
		struct page *page;

		if (!zone->free_blocks[have].count)
			continue;
		page = list_first_entry(&zone->free_blocks[have].list, struct page, lru);
		block_unlink(zone, page, have);
		while (have > order) {
			have--;
			block_link(zone, page + (1UL << have), have);
		}
		page->order = order;
		__atomic_store_n(&zone->free, zone->free - (1UL << order), __ATOMIC_RELAXED);
		return page;
	}
	return NULL;
}

static bool is_free_block(const struct page_zone *zone, const struct page *page, unsigned int order)
{
	return page && page->owner == PAGE_OWNER_FREE && page->order == order &&
	       page->zone_id == zone->id;
}

/* The caller has marked the frames behind the head as FREE, INTERIOR (B3). */
void buddy_give_locked(struct page_zone *zone, struct page *page, unsigned int order)
{
	unsigned long pfn = frame_pfn(page);

	__atomic_store_n(&zone->free, zone->free + (1UL << order), __ATOMIC_RELAXED);
	page->owner = PAGE_OWNER_FREE;
	page->order = FRAME_INTERIOR;
	while (order < MAX_PAGE_ORDER) {
		struct page *buddy = pfn_frame(pfn ^ (1UL << order));

		if (!is_free_block(zone, buddy, order))
			break;
		block_unlink(zone, buddy, order);
		pfn &= ~(1UL << order);
		order++;
	}
	/* Linked last: a reader under zone->lock must not see B1 broken. */
	block_link(zone, pfn_frame(pfn), order);
}

static const char *block_fault(struct page_zone *zone, struct page *page, unsigned int order)
{
	unsigned long pfn = frame_pfn(page);

	if (page->owner != PAGE_OWNER_FREE || page->order != order)
		return "a block on the free list is not marked free with its order";
	if (pfn & ((1UL << order) - 1))
		return "B2: a block does not start at a multiple of its length";
	if (order < MAX_PAGE_ORDER && is_free_block(zone, pfn_frame(pfn ^ (1UL << order)), order))
		return "B1: two free buddies have not merged";
	for (unsigned long i = 1; i < 1UL << order; i++) {
		if (page[i].owner != PAGE_OWNER_FREE || page[i].order != FRAME_INTERIOR)
			return "B3: a frame inside a free block is not marked so";
	}
	return NULL;
}

static const char *list_fault(struct page_zone *zone, unsigned int order, unsigned long *ret_pfn)
{
	struct page *page;
	unsigned long count = 0;

	list_for_each_entry(page, &zone->free_blocks[order].list, lru) {
		const char *fault = block_fault(zone, page, order);

		*ret_pfn = frame_pfn(page);
		if (fault)
			return fault;
		count++;
	}
	return count == zone->free_blocks[order].count ? NULL : "the count of a free list is wrong";
}

/* Walks the zone's free lists; false and one printed line on the first damage. */
bool buddy_validate(struct page_zone *zone)
{
	unsigned long irq = km_spin_lock(&zone->lock);
	unsigned long total = 0, pfn = 0;
	const char *fault = NULL;
	unsigned int order;

	for (order = 0; order < NR_PAGE_ORDERS && !fault; order++) {
		fault = list_fault(zone, order, &pfn);
		total += zone->free_blocks[order].count << order;
	}
	if (!fault && total != zone->free)
		fault = "zone->free is not the sum of its blocks";
	km_spin_unlock(&zone->lock, irq);
	if (fault)
		pr_err("page: zone %s order %u pfn %#lx: %s\n", zone->name, order - 1, pfn, fault);
	return !fault;
}
