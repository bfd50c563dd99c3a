/* SPDX-License-Identifier: MIT */
/*
 * zone.c - DMA below 16 MiB, DMA32 below 4 GiB, NORMAL above; where a request may look
 *
 * Owns: spans, the order of fallback (downwards only), lowmem_reserve. Not: watermarks
 * (watermark.c), blocks (buddy.c).
 * Z1  A request for zone Z is served by Z or a zone below it, never by one above.
 * Z2  reserve[Z] of a lower zone keeps frames from requests that could have used Z.
 * Boot only, one CPU.
 */
#include "page/zone.h"

#include <linux/memblock.h>
#include "page/frame.h"
#include "page/pcp.h"

#define ZONE_DMA_END_PFN	((16UL << 20) >> PAGE_SHIFT)
#define ZONE_DMA32_END_PFN	((4ULL << 30) >> PAGE_SHIFT)

struct page_zone page_zone[MAX_NR_ZONES];
struct page_zone *zone_first[16];

static const char *const zone_names[MAX_NR_ZONES] = { "DMA", "DMA32", "Normal", "Movable" };
static const unsigned int reserve_ratio[MAX_NR_ZONES] = { 256, 256, 32, 0 };
static const unsigned long zone_end_pfn[MAX_NR_ZONES] = {
	ZONE_DMA_END_PFN, ZONE_DMA32_END_PFN, ~0UL, 0,
};

static void zone_add_span(struct page_zone *zone, unsigned long start, unsigned long end)
{
	unsigned long zone_end = zone->start_pfn + zone->spanned;

	if (!zone->present) {
		zone->start_pfn = start;
		zone_end = end;
	}
	if (start < zone->start_pfn)
		zone->start_pfn = start;
	zone->spanned = (end > zone_end ? end : zone_end) - zone->start_pfn;
	zone->present += end - start;
}

static void zone_add_region(unsigned long start, unsigned long end)
{
	for (unsigned int id = 0; id <= ZONE_NORMAL && start < end; id++) {
		unsigned long stop = end < zone_end_pfn[id] ? end : zone_end_pfn[id];

		if (start >= stop)
			continue;
		zone_add_span(&page_zone[id], start, stop);
		for (unsigned long pfn = start; pfn < stop; pfn++)
			frame_slot(pfn)->zone_id = id;
		start = stop;
	}
}

void zone_boot(void)
{
	struct memblock_region *region;

	for (unsigned int id = 0; id < MAX_NR_ZONES; id++) {
		struct page_zone *zone = &page_zone[id];

		__builtin_memset(zone, 0, sizeof(*zone));
		zone->id = id;
		zone->name = zone_names[id];
		for (unsigned int order = 0; order < NR_PAGE_ORDERS; order++)
			INIT_LIST_HEAD(&zone->free_blocks[order].list);
	}
	for_each_mem_region(region)
		zone_add_region(region->base >> PAGE_SHIFT,
				(region->base + region->size) >> PAGE_SHIFT);
}

static void zone_set_reserves(struct page_zone *zone)
{
	unsigned long above = 0;

	for (unsigned int id = zone->id + 1; id < MAX_NR_ZONES; id++) {
		above += page_zone[id].managed;
		if (reserve_ratio[zone->id] && zone->managed)
			zone->reserve[id] = above / reserve_ratio[zone->id];
	}
}

static struct page_zone *zone_at_most(unsigned int id)
{
	for (unsigned int down = id + 1; down-- > 0;) {
		if (zone_is_populated(&page_zone[down]))
			return &page_zone[down];
	}
	return &page_zone[id];
}

void zone_boot_lists(void)
{
	for (unsigned int id = 0; id < MAX_NR_ZONES; id++)
		zone_set_reserves(&page_zone[id]);
	watermark_boot();
	for (unsigned int id = 0; id < MAX_NR_ZONES; id++)
		pcp_boot(&page_zone[id]);
	for (unsigned int bits = 0; bits < 16; bits++)
		zone_first[bits] = zone_at_most(gfp_zone_table[bits]);
}
