/* SPDX-License-Identifier: MIT */
/*
 * mobility.c - keeps pages that can be moved apart from those that cannot
 *
 * Owns: the type of each pageblock (frame->mobility), the order in which a request turns to other
 * types. Not: free lists (buddy.c), HIGHATOMIC (highatomic.c), ISOLATE (isolate.c).
 * M2  A request that finds nothing of its type takes the largest block there is of another: fewer
 *     pageblocks end up with both kinds in them.
 * M3  A block that covers whole pageblocks changes type with them. From a smaller one the pageblock
 *     is won over if at least half of it is free; otherwise the one block is borrowed and the rest
 *     stays what it was.
 * M4  A movable request does not win over small blocks (under 2^4 frames): movable pages in a
 *     foreign block can be got rid of, so it borrows the smallest one that fits.
 * Lock: zone->lock, held by the caller. Nothing here sleeps.
 */
#include "page/mobility.h"

#include <linux/printk.h>
#include "page/frame.h"

#define PAGEBLOCK_MASK	(pageblock_nr_pages - 1)

int page_group_by_mobility_disabled;

const char *const migratetype_names[MIGRATE_TYPES] = {
	"Unmovable", "Movable", "Reclaimable", "HighAtomic", "Isolate",
};

/* Whom to ask next. */
static const u8 others[MIGRATE_PCPTYPES][MIGRATE_PCPTYPES - 1] = {
	[MIGRATE_UNMOVABLE] = { MIGRATE_RECLAIMABLE, MIGRATE_MOVABLE },
	[MIGRATE_MOVABLE] = { MIGRATE_RECLAIMABLE, MIGRATE_UNMOVABLE },
	[MIGRATE_RECLAIMABLE] = { MIGRATE_UNMOVABLE, MIGRATE_MOVABLE },
};

void mobility_boot(unsigned long present)
{
	page_group_by_mobility_disabled = present < pageblock_nr_pages * MIGRATE_TYPES;
}

static void frame_mark(struct page *page, enum migratetype type)
{
	/* A free on another CPU may read home at this moment: either value is one it had. */
	__atomic_store_n(&page->mobility, (u8)type, __ATOMIC_RELAXED);
	__atomic_store_n(&page->home, (u8)((page->home & ~3) | mobility_kind(type)),
			 __ATOMIC_RELAXED);
}

void mobility_mark_locked(unsigned long pfn, unsigned int order, enum migratetype type)
{
	unsigned long first = pfn & ~PAGEBLOCK_MASK;
	unsigned long end = (pfn + (1UL << order) + PAGEBLOCK_MASK) & ~PAGEBLOCK_MASK;

	for (; first < end; first++) {
		struct page *page = pfn_frame(first);

		if (page)
			frame_mark(page, type);
	}
}

/* A free block that reaches beyond this pageblock is cut in two. */
static void split_around_locked(struct page_zone *zone, unsigned long first)
{
	struct page *head = pfn_frame(first & ~(unsigned long)(MAX_ORDER_NR_PAGES - 1));

	if (!head || head->owner != PAGE_OWNER_FREE || head->order != MAX_PAGE_ORDER)
		return;
	buddy_unlink_locked(zone, head, MAX_PAGE_ORDER);
	buddy_link_locked(zone, head + pageblock_nr_pages, pageblock_order);
	buddy_link_locked(zone, head, pageblock_order);
}

static bool is_free_head(const struct page_zone *zone, const struct page *page)
{
	return page && zone_of(page) == zone && page->owner == PAGE_OWNER_FREE &&
	       page->order <= pageblock_order;
}

/* Free frames of one pageblock, and, if @chain is there, their blocks taken off the lists. */
static unsigned long block_gather(struct page_zone *zone, unsigned long first,
				  struct list_head *chain)
{
	unsigned long frames = 0;

	for (unsigned long pfn = first; pfn < first + pageblock_nr_pages;) {
		struct page *page = pfn_frame(pfn);
		unsigned int order;

		if (!is_free_head(zone, page)) {
			pfn++;
			continue;
		}
		order = page->order;
		if (chain) {
			/* Not marked as a free block meanwhile: others would merge with it. */
			buddy_unlink_locked(zone, page, order);
			page->private = order;
			list_add(&page->lru, chain);
		}
		frames += 1UL << order;
		pfn += 1UL << order;
	}
	return frames;
}

/* Counts move along with the blocks; see count_free() of buddy.c. */
static void recount(struct page_zone *zone, unsigned int from, unsigned int to,
		    unsigned long frames)
{
	unsigned long free = zone->free;

	if (from == MIGRATE_HIGHATOMIC)
		zone->free_highatomic -= frames;
	if (to == MIGRATE_HIGHATOMIC)
		zone->free_highatomic += frames;
	if (from == MIGRATE_ISOLATE) {
		zone->isolated -= frames;
		free += frames;
	}
	if (to == MIGRATE_ISOLATE) {
		zone->isolated += frames;
		free -= frames;
	}
	__atomic_store_n(&zone->free, free, __ATOMIC_RELAXED);
}

unsigned long mobility_move_locked(struct page_zone *zone, unsigned long pfn,
				   enum migratetype type)
{
	unsigned long first = pfn & ~PAGEBLOCK_MASK, frames;
	struct page *page = pfn_frame(pfn), *next;
	unsigned int from = page->mobility;
	LIST_HEAD(chain);

	split_around_locked(zone, first);
	frames = block_gather(zone, first, &chain);
	recount(zone, from, type, frames);
	mobility_mark_locked(first, pageblock_order, type);
	list_for_each_entry_safe(page, next, &chain, lru) {
		unsigned int order = page->private;

		page->private = 0;
		buddy_merge_locked(zone, page, order);
	}
	return frames;
}

/* M3 for a block smaller than a pageblock. */
static bool win_over_locked(struct page_zone *zone, struct page *page, unsigned int type)
{
	unsigned long first = frame_pfn(page) & ~PAGEBLOCK_MASK;

	if (block_gather(zone, first, NULL) < pageblock_nr_pages / 2)
		return false;
	mobility_move_locked(zone, frame_pfn(page), type);
	return true;
}

static bool wins_blocks_of(unsigned int order, unsigned int type)
{
	return order >= pageblock_order / 2 || type != MIGRATE_MOVABLE;
}

static struct page *block_of_others(const struct page_zone *zone, unsigned int order,
				    unsigned int type)
{
	const struct zone_blocks *blocks = &zone->free_blocks[order];

	for (unsigned int i = 0; i < MIGRATE_PCPTYPES - 1; i++) {
		unsigned int other = others[type][i];

		if (blocks->of_type[other])
			return list_first_entry(&blocks->list[other], struct page, lru);
	}
	return NULL;
}

static struct page *borrow_smallest_locked(struct page_zone *zone, unsigned int order,
					   unsigned int type)
{
	for (unsigned int have = order; have < NR_PAGE_ORDERS; have++) {
		struct page *page = block_of_others(zone, have, type);

		if (page)
			return buddy_carve_locked(zone, page, have, order);
	}
	return NULL;
}

/* The largest block of another type, not smaller than @least. */
static struct page *take_from_others_locked(struct page_zone *zone, const struct page_ask *ask,
					    unsigned int least)
{
	unsigned int type = ask->mobility;

	for (unsigned int have = NR_PAGE_ORDERS; have-- > least;) {
		struct page *page = block_of_others(zone, have, type);

		if (!page)
			continue;
		if (have >= pageblock_order) {
			buddy_unlink_locked(zone, page, have);
			mobility_mark_locked(frame_pfn(page), have, type);
			buddy_link_locked(zone, page, have);
			return buddy_carve_locked(zone, page, have, ask->order);
		}
		if (!wins_blocks_of(have, type))
			return borrow_smallest_locked(zone, ask->order, type);
		if (ask->may_wake)
			watermark_boost_locked(zone);
		if (win_over_locked(zone, page, type))
			return buddy_take_locked(zone, ask->order, type);
		return buddy_carve_locked(zone, page, have, ask->order);
	}
	return NULL;
}

struct page *mobility_take_locked(struct page_zone *zone, const struct page_ask *ask)
{
	struct page *page = buddy_take_locked(zone, ask->order, ask->mobility);
	unsigned int least = ask->order;

	if (page || page_group_by_mobility_disabled)
		return page;
	if (ask->keeps_blocks && least < pageblock_order)
		least = pageblock_order;
	return take_from_others_locked(zone, ask, least);
}
