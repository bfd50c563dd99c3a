/* SPDX-License-Identifier: MIT */
/*
 * zone.c - DMA below 16 MiB, DMA32 below 4 GiB, NORMAL above, MOVABLE where asked for; of each node
 *
 * Owns: spans, lowmem_reserve, what kernel code sees of a zone. Not: nodes and the order of
 * fallback (node.c), watermarks (watermark.c), blocks (buddy.c).
 * Z1  A request for zone type T is served by T or a type below it, never by one above.
 * Z2  reserve[T] of a lower zone keeps frames from requests that could have used T of its node.
 * Boot only, one CPU, except zone_set_reserves().
 */
#include "page/zone.h"

#include <linux/atomic.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include "page/frame.h"
#include "page/mobility.h"
#include "page/pcp.h"

#define ZONE_DMA_END_PFN	((16UL << 20) >> PAGE_SHIFT)
#define ZONE_DMA32_END_PFN	((4ULL << 30) >> PAGE_SHIFT)

struct page_zone zone_table[ZONES];
unsigned int lowmem_reserve_ratio[MAX_NR_ZONES] = { 256, 256, 32, 0 };

static const char *const zone_names[MAX_NR_ZONES] = { "DMA", "DMA32", "Normal", "Movable" };
static const unsigned long zone_end_pfn_of[MAX_NR_ZONES] = {
	ZONE_DMA_END_PFN, ZONE_DMA32_END_PFN, ~0UL, 0,
};

static void zone_add_span(struct page_zone *zone, unsigned long start, unsigned long end)
{
	unsigned long zone_end = zone->start_pfn + zone->spanned;
	unsigned int type = page_group_by_mobility_disabled ? MIGRATE_UNMOVABLE : MIGRATE_MOVABLE;

	if (!zone->present) {
		zone->start_pfn = start;
		zone_end = end;
	}
	if (start < zone->start_pfn)
		zone->start_pfn = start;
	zone->spanned = (end > zone_end ? end : zone_end) - zone->start_pfn;
	zone->present += end - start;
	for (unsigned long pfn = start; pfn < end; pfn++) {
		struct page *page = frame_slot(pfn);

		page->home = zone->id << 2 | mobility_kind(type);
		page->mobility = type;
	}
}

static unsigned int type_of_pfn(unsigned long pfn, unsigned int node, unsigned long *ret_end)
{
	unsigned long movable = node_movable_start(node);

	if (pfn >= movable) {
		*ret_end = ~0UL;
		return ZONE_MOVABLE;
	}
	for (unsigned int type = 0; type < ZONE_NORMAL; type++) {
		if (pfn < zone_end_pfn_of[type]) {
			*ret_end = zone_end_pfn_of[type] < movable ? zone_end_pfn_of[type] :
				   movable;
			return type;
		}
	}
	*ret_end = movable;
	return ZONE_NORMAL;
}

static void zone_add_region(unsigned long start, unsigned long end)
{
	while (start < end) {
		unsigned long node_end, type_end;
		unsigned int node = node_of_pfn(start, &node_end);
		unsigned int type = type_of_pfn(start, node, &type_end);
		unsigned long stop = end < node_end ? end : node_end;

		if (type_end < stop)
			stop = type_end;
		zone_add_span(node_zone(node, type), start, stop);
		start = stop;
	}
}

static void zone_clear(struct page_zone *zone, unsigned int id)
{
	__builtin_memset(zone, 0, sizeof(*zone));
	zone->id = id;
	zone->node = id / MAX_NR_ZONES;
	zone->type = id % MAX_NR_ZONES;
	zone->name = zone_names[zone->type];
	for (unsigned int order = 0; order < NR_PAGE_ORDERS; order++) {
		for (unsigned int type = 0; type < MIGRATE_TYPES; type++)
			INIT_LIST_HEAD(&zone->free_blocks[order].list[type]);
	}
}

void zone_boot(void)
{
	struct memblock_region *region;

	for (unsigned int id = 0; id < ZONES; id++)
		zone_clear(&zone_table[id], id);
	vmstat_boot();
	node_boot();
	mobility_boot(node_present());
	for_each_mem_region(region)
		zone_add_region(region->base >> PAGE_SHIFT,
				(region->base + region->size) >> PAGE_SHIFT);
	pcp_boot();
}

static void set_reserves_of(struct page_zone *zone)
{
	unsigned long above = 0;

	for (unsigned int type = zone->type + 1; type < MAX_NR_ZONES; type++) {
		unsigned int ratio = lowmem_reserve_ratio[zone->type];

		above += node_zone(zone->node, type)->managed;
		zone->reserve[type] = ratio && zone->managed ? above / ratio : 0;
	}
}

void zone_set_reserves(void)
{
	struct page_zone *zone;

	for_each_page_zone(zone)
		set_reserves_of(zone);
	zone_publish();
}

static void publish(struct page_zone *zone)
{
	struct zone *seen = &zone->seen;

	for (unsigned int mark = 0; mark < ZONE_MARKS; mark++)
		seen->_watermark[mark] = zone->mark[mark];
	for (unsigned int type = 0; type < MAX_NR_ZONES; type++)
		seen->lowmem_reserve[type] = zone->reserve[type];
	seen->watermark_boost = zone->boost;
	seen->nr_reserved_highatomic = zone->reserved_highatomic;
	seen->node = zone->node;
	seen->km_type = zone->type;
	seen->zone_pgdat = node_data[zone->node];
	seen->zone_start_pfn = zone->start_pfn;
	seen->managed_pages.counter = zone->managed;
	seen->spanned_pages = zone->spanned;
	seen->present_pages = zone->present;
	seen->name = zone->name;
}

void zone_publish(void)
{
	struct page_zone *zone;

	for_each_page_zone(zone)
		publish(zone);
}

void zone_boot_lists(void)
{
	node_boot_lists();
	zone_set_reserves();
	watermark_set();
	zone_publish();
}

/* -- the Linux names -------------------------------------------------------------------------- */
_Static_assert(__builtin_offsetof(struct page_zone, seen) == 0, "a zone is its first member");

struct zone *(page_zone)(const struct page *page)
{
	return &zone_of(page)->seen;
}

struct zone *km_first_zone(void)
{
	return &zone_table[0].seen;
}

struct zone *next_zone(struct zone *zone)
{
	struct page_zone *next = container_of(zone, struct page_zone, seen) + 1;

	return next < zone_table + node_count * MAX_NR_ZONES ? &next->seen : NULL;
}

struct zone *km_populated_zone(struct zone *zone)
{
	while (zone && !populated_zone(zone))
		zone = next_zone(zone);
	return zone;
}
