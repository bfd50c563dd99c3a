/* SPDX-License-Identifier: MIT */
/*
 * buddy.c - free blocks of 2^order frames inside one zone, by the type of their pageblock
 *
 * Owns: zone->free_blocks, zone->free, the mark "free, starts a block of order k" of a frame
 * (owner FREE, order k).
 * Not: per-CPU lists (pcp.c), reserves (watermark.c), which type may use which (mobility.c).
 * B1  Two free buddies of equal order never both exist: the later one merges. Two whole
 *     pageblocks stay apart while one is HIGHATOMIC or ISOLATE and the other is not the same.
 * B2  The first frame number of a block is a multiple of its length.
 * B3  Every frame of a free block has owner FREE; those behind its head have order FRAME_INTERIOR.
 * B4  A block is on the list of its pageblock's type; one of several pageblocks has them all of
 *     one type.
 * Lock: zone->lock, held by the caller. Nothing here sleeps, allocates or prints (validate
 * prints).
 */
#include "page/zone.h"

#include <linux/printk.h>
#include "page/frame.h"
#include "page/mobility.h"

void buddy_link_locked(struct page_zone *zone, struct page *page, unsigned int order)
{
	struct zone_blocks *blocks = &zone->free_blocks[order];

	page->order = order;
	page->owner = PAGE_OWNER_FREE;
	list_add(&page->lru, &blocks->list[page->mobility]);
	blocks->of_type[page->mobility]++;
	blocks->count++;
}

void buddy_unlink_locked(struct page_zone *zone, struct page *page, unsigned int order)
{
	struct zone_blocks *blocks = &zone->free_blocks[order];

	list_del(&page->lru);
	page->lru.next = NULL;	/* tails are told by bit 0 of this word */
	blocks->of_type[page->mobility]--;
	blocks->count--;
	page->order = FRAME_INTERIOR;
}

/* Readers without the lock see each of the counts once per block, never a value in between. */
static void count_free(struct page_zone *zone, enum migratetype type, long frames)
{
	if (type == MIGRATE_ISOLATE) {
		zone->isolated += frames;
		return;
	}
	__atomic_store_n(&zone->free, zone->free + frames, __ATOMIC_RELAXED);
	if (type == MIGRATE_HIGHATOMIC)
		__atomic_store_n(&zone->free_highatomic, zone->free_highatomic + frames,
				 __ATOMIC_RELAXED);
}

/* The rest of the block is linked again. */
struct page *buddy_carve_locked(struct page_zone *zone, struct page *page, unsigned int have,
				unsigned int order)
{
	buddy_unlink_locked(zone, page, have);
	while (have > order) {
		have--;
		buddy_link_locked(zone, page + (1UL << have), have);
	}
	/* On its way out: who looks for free neighbours must not take it for one. */
	page->owner = PAGE_OWNER_PCP;
	page->order = order;
	count_free(zone, page->mobility, -(1L << order));
	return page;
}

struct page *buddy_take_locked(struct page_zone *zone, unsigned int order, enum migratetype type)
{
	for (unsigned int have = order; have < NR_PAGE_ORDERS; have++) {
		struct zone_blocks *blocks = &zone->free_blocks[have];

		if (blocks->of_type[type])
			return buddy_carve_locked(zone, list_first_entry(&blocks->list[type],
									 struct page, lru),
						  have, order);
	}
	return NULL;
}

static bool is_free_block(const struct page_zone *zone, const struct page *page, unsigned int order)
{
	return page && page->owner == PAGE_OWNER_FREE && page->order == order &&
	       zone_of(page) == zone;
}

/* Whole pageblocks of different types: only the ordinary types grow together (B1). */
static bool may_merge(const struct page *page, const struct page *buddy)
{
	return page->mobility == buddy->mobility ||
	       (migratetype_is_mergeable(page->mobility) &&
		migratetype_is_mergeable(buddy->mobility));
}

void buddy_merge_locked(struct page_zone *zone, struct page *page, unsigned int order)
{
	unsigned long pfn = frame_pfn(page);

	page->owner = PAGE_OWNER_FREE;
	page->order = FRAME_INTERIOR;
	while (order < MAX_PAGE_ORDER) {
		struct page *buddy = pfn_frame(pfn ^ (1UL << order));

		if (!is_free_block(zone, buddy, order))
			break;
		if (order >= pageblock_order && !may_merge(page, buddy))
			break;
		buddy_unlink_locked(zone, buddy, order);
		if (order >= pageblock_order)
			mobility_mark_locked(frame_pfn(buddy), order, page->mobility);
		pfn &= ~(1UL << order);
		order++;
	}
	/* Linked last: a reader under zone->lock must not see B1 broken. */
	buddy_link_locked(zone, pfn_frame(pfn), order);
}

_Static_assert(MAX_PAGE_ORDER <= pageblock_order + 1, "a block is at most two pageblocks");

/* The caller has marked the frames behind the head as FREE, INTERIOR (B3). */
void buddy_give_locked(struct page_zone *zone, struct page *page, unsigned int order)
{
	struct page *upper = page + pageblock_nr_pages;

	/* B4: one of the two pageblocks may have changed type while the block was out. */
	if (order > pageblock_order && upper->mobility != page->mobility) {
		order = pageblock_order;
		count_free(zone, upper->mobility, 1L << order);
		buddy_merge_locked(zone, upper, order);
	}
	count_free(zone, page->mobility, 1L << order);
	buddy_merge_locked(zone, page, order);
}

static const char *frames_fault(const struct page *page, unsigned int order)
{
	for (unsigned long i = 0; i < 1UL << order; i++) {
		if (page[i].owner != PAGE_OWNER_FREE || (i && page[i].order != FRAME_INTERIOR))
			return "B3: a frame inside a free block is not marked so";
		if (page[i].mobility != page->mobility || page[i].home != page->home)
			return "B4: the frames of a free block differ in type";
	}
	return NULL;
}

static const char *block_fault(struct page_zone *zone, struct page *page, unsigned int order,
			       unsigned int type)
{
	unsigned long pfn = frame_pfn(page);
	const struct page *buddy = order < MAX_PAGE_ORDER ? pfn_frame(pfn ^ (1UL << order)) : NULL;

	if (page->owner != PAGE_OWNER_FREE || page->order != order || zone_of(page) != zone)
		return "a block on the free list is not marked free with its order";
	if (page->mobility != type || (page->home & 3) != mobility_kind(type))
		return "B4: a block is on the list of another type";
	if (pfn & ((1UL << order) - 1))
		return "B2: a block does not start at a multiple of its length";
	if (is_free_block(zone, buddy, order) &&
	    (order < pageblock_order || may_merge(page, buddy)))
		return "B1: two free buddies have not merged";
	return frames_fault(page, order);
}

static const char *list_fault(struct page_zone *zone, unsigned int order, unsigned int type,
			      unsigned long *ret_pfn)
{
	struct zone_blocks *blocks = &zone->free_blocks[order];
	struct page *page;
	unsigned long count = 0;

	list_for_each_entry(page, &blocks->list[type], lru) {
		const char *fault = block_fault(zone, page, order, type);

		*ret_pfn = frame_pfn(page);
		if (fault)
			return fault;
		count++;
	}
	return count == blocks->of_type[type] ? NULL : "the count of a free list is wrong";
}

static const char *sums_fault(const struct page_zone *zone)
{
	unsigned long frames[MIGRATE_TYPES] = { 0 }, ordinary = 0;
	unsigned int order, type;

	for (order = 0; order < NR_PAGE_ORDERS; order++) {
		unsigned long count = 0;

		for (type = 0; type < MIGRATE_TYPES; type++) {
			count += zone->free_blocks[order].of_type[type];
			frames[type] += zone->free_blocks[order].of_type[type] << order;
		}
		if (count != zone->free_blocks[order].count)
			return "the counts by type are not the count of their order";
	}
	for (type = 0; type < MIGRATE_PCPTYPES; type++)
		ordinary += frames[type];
	if (ordinary + frames[MIGRATE_HIGHATOMIC] != zone->free)
		return "zone->free is not the sum of its blocks";
	if (frames[MIGRATE_HIGHATOMIC] != zone->free_highatomic)
		return "zone->free_highatomic is not the sum of its blocks";
	return frames[MIGRATE_ISOLATE] == zone->isolated ? NULL :
	       "zone->isolated is not the sum of its blocks";
}

/* Walks the zone's free lists; false and one printed line on the first damage. */
bool buddy_validate(struct page_zone *zone)
{
	unsigned long irq = km_spin_lock(&zone->lock);
	unsigned long pfn = 0;
	const char *fault = NULL;
	unsigned int order;

	for (order = 0; order < NR_PAGE_ORDERS && !fault; order++) {
		for (unsigned int type = 0; type < MIGRATE_TYPES && !fault; type++)
			fault = list_fault(zone, order, type, &pfn);
	}
	if (!fault)
		fault = sums_fault(zone);
	km_spin_unlock(&zone->lock, irq);
	if (fault)
		pr_err("page: node %u zone %s order %u pfn %#lx: %s\n", zone->node, zone->name,
		       order - 1, pfn, fault);
	return !fault;
}
