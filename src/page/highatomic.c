/* SPDX-License-Identifier: MIT */
/*
 * highatomic.c - pageblocks kept for urgent requests of several pages
 *
 * Owns: zone->reserved_highatomic, the change of a pageblock to and from HIGHATOMIC.
 * H1  A pageblock is reserved when a request that is urgent, cannot wait and wants several pages
 *     had to go below the low mark; at most about 1 % of the zone, but at least one pageblock.
 * H2  Only such requests take blocks from it; single pages of requests that cannot wait do when
 *     nothing else is left.
 * H3  When memory is short for those who may wait, reserved pageblocks are let go of one by one;
 *     page_reserves_drop() lets go of all that have something free.
 * Lock: zone->lock, irqs saved.  Any context but NMI; nothing sleeps.
 */
#include "page/mobility.h"

#include <linux/minmax.h>
#include "page/frame.h"
#include "page/page_room.h"

static unsigned long reserve_most(const struct page_zone *zone)
{
	return max(pageblock_align(zone->managed / 100), pageblock_nr_pages);
}

/* Frames of @page's pageblock: holes do not count. */
static unsigned long block_frames(const struct page *page)
{
	unsigned long first = pageblock_start_pfn(frame_pfn(page)), frames = 0;

	for (unsigned long pfn = first; pfn < first + pageblock_nr_pages; pfn++)
		frames += pfn_frame(pfn) != NULL;
	return frames;
}

void highatomic_reserve(struct page_zone *zone, const struct page *page)
{
	unsigned long irq;

	if (page_group_by_mobility_disabled || zone->reserved_highatomic >= reserve_most(zone))
		return;
	irq = km_spin_lock(&zone->lock);
	if (zone->reserved_highatomic < reserve_most(zone) &&
	    migratetype_is_mergeable(page->mobility)) {
		mobility_move_locked(zone, frame_pfn(page), MIGRATE_HIGHATOMIC);
		zone->reserved_highatomic += block_frames(page);
		zone->seen.nr_reserved_highatomic = zone->reserved_highatomic;
	}
	km_spin_unlock(&zone->lock, irq);
}

/* A free block of the reserve, whose pageblock is let go of. */
static bool release_one_locked(struct page_zone *zone, unsigned int type)
{
	for (unsigned int order = 0; order < NR_PAGE_ORDERS; order++) {
		struct zone_blocks *blocks = &zone->free_blocks[order];
		struct page *page;
		unsigned long frames;

		if (!blocks->of_type[MIGRATE_HIGHATOMIC])
			continue;
		page = list_first_entry(&blocks->list[MIGRATE_HIGHATOMIC], struct page, lru);
		frames = block_frames(page);
		mobility_move_locked(zone, frame_pfn(page), type);
		zone->reserved_highatomic -= min(frames, zone->reserved_highatomic);
		zone->seen.nr_reserved_highatomic = zone->reserved_highatomic;
		return true;
	}
	return false;
}

bool highatomic_release(const struct page_ask *ask, bool all)
{
	const struct zone_list *list = &node_list[ask->node];

	for (unsigned int i = 0; i < list->count; i++) {
		struct page_zone *zone = &zone_table[list->zone[i]];
		unsigned long irq;
		bool done;

		if (!zone_serves(zone, ask) || !READ_ONCE(zone->reserved_highatomic) ||
		    (!all && zone->reserved_highatomic <= pageblock_nr_pages))
			continue;
		irq = km_spin_lock(&zone->lock);
		done = release_one_locked(zone, ask->mobility);
		km_spin_unlock(&zone->lock, irq);
		if (done)
			return true;
	}
	return false;
}

void page_reserves_drop(void)
{
	struct page_zone *zone;

	for_each_page_zone(zone) {
		unsigned long irq = km_spin_lock(&zone->lock);

		while (release_one_locked(zone, MIGRATE_MOVABLE))
			;
		km_spin_unlock(&zone->lock, irq);
	}
}
