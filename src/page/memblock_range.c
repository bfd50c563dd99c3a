/* SPDX-License-Identifier: MIT */
/*
 * memblock_range.c - walks over the tables: what is in one and not in the other, up or down
 *
 * R1  The cursor behind a u64 index is an address: everything below it (above it, on the way down)
 *     is done. Tables may change between two steps.
 * Boot only, one CPU, no lock; nothing sleeps. A step costs a search in each table.
 */
#include "page/memblock_room.h"

#include <linux/memory_hotplug.h>
#include <linux/minmax.h>

/* Regions of memory with something special about them want to be asked for. */
static bool is_passed_over(const struct memblock_type *type, struct memblock_region *region,
			   int nid, enum memblock_flags flags)
{
	if (type != &memblock.memory)
		return false;
	if (nid != NUMA_NO_NODE && nid != MAX_NUMNODES && nid != region->nid)
		return true;
	if (movable_node_is_enabled() && memblock_is_hotpluggable(region) &&
	    !(flags & MEMBLOCK_HOTPLUG))
		return true;
	if ((flags & MEMBLOCK_MIRROR) && !memblock_is_mirror(region))
		return true;
	if (!(flags & MEMBLOCK_NOMAP) && memblock_is_nomap(region))
		return true;
	return !(flags & MEMBLOCK_DRIVER_MANAGED) && memblock_is_driver_managed(region);
}

/* The lowest part of [*start, *end) that is not in @taken; false if there is none. */
static bool cut_low(const struct memblock_type *taken, phys_addr_t *start, phys_addr_t *end)
{
	unsigned long at;

	if (!taken)
		return true;
	for (at = table_after(taken, *start); at < taken->cnt; at++) {
		if (taken->regions[at].base > *start)
			break;
		*start = region_end(&taken->regions[at]);
	}
	if (at < taken->cnt)
		*end = min(*end, taken->regions[at].base);
	return *start < *end;
}

/* The highest part. */
static bool cut_high(const struct memblock_type *taken, phys_addr_t *start, phys_addr_t *end)
{
	unsigned long at;

	if (!taken)
		return true;
	for (at = table_after(taken, *end - 1); *end > *start; at--) {
		if (at < taken->cnt && taken->regions[at].base < *end) {
			if (region_end(&taken->regions[at]) < *end) {
				*start = max(*start, region_end(&taken->regions[at]));
				return true;
			}
			*end = taken->regions[at].base;
		}
		if (!at)
			break;
	}
	return *start < *end;
}

static void tell(const struct memblock_region *region, phys_addr_t start, phys_addr_t end,
		 phys_addr_t *out_start, phys_addr_t *out_end, int *out_nid)
{
	if (out_start)
		*out_start = start;
	if (out_end)
		*out_end = end;
	if (out_nid)
		*out_nid = region->nid;
}

void __next_mem_range(u64 *idx, int nid, enum memblock_flags flags, struct memblock_type *type_a,
		      struct memblock_type *type_b, phys_addr_t *out_start, phys_addr_t *out_end,
		      int *out_nid)
{
	phys_addr_t cursor = *idx;

	/* What ends where addresses end leaves the index one below the mark for "no more". */
	for (unsigned long i = table_after(type_a, cursor);
	     i < type_a->cnt && cursor < ULLONG_MAX - 1; i++) {
		struct memblock_region *region = &type_a->regions[i];
		phys_addr_t start = max(cursor, region->base), end = region_end(region);

		if (is_passed_over(type_a, region, nid, flags) || !cut_low(type_b, &start, &end))
			continue;
		*idx = min(end, ULLONG_MAX - 1);
		tell(region, start, end, out_start, out_end, out_nid);
		return;
	}
	*idx = ULLONG_MAX;
}

void __next_mem_range_rev(u64 *idx, int nid, enum memblock_flags flags,
			  struct memblock_type *type_a, struct memblock_type *type_b,
			  phys_addr_t *out_start, phys_addr_t *out_end, int *out_nid)
{
	phys_addr_t cursor = *idx;

	for (unsigned long i = type_a->cnt; i-- > 0;) {
		struct memblock_region *region = &type_a->regions[i];
		phys_addr_t start = region->base, end = min(cursor, region_end(region));

		if (start >= cursor || is_passed_over(type_a, region, nid, flags) ||
		    !cut_high(type_b, &start, &end))
			continue;
		*idx = start;
		tell(region, start, end, out_start, out_end, out_nid);
		return;
	}
	*idx = ULLONG_MAX;
}

void __next_mem_pfn_range(int *idx, int nid, unsigned long *out_start_pfn,
			  unsigned long *out_end_pfn, int *out_nid)
{
	while (++*idx < (int)memblock.memory.cnt) {
		const struct memblock_region *region = &memblock.memory.regions[*idx];
		unsigned long start = memblock_region_memory_base_pfn(region);
		unsigned long end = memblock_region_memory_end_pfn(region);

		if (start >= end || (nid != MAX_NUMNODES && nid != region->nid))
			continue;
		tell(region, start, end, NULL, NULL, out_nid);
		if (out_start_pfn)
			*out_start_pfn = start;
		if (out_end_pfn)
			*out_end_pfn = end;
		return;
	}
	*idx = -1;
}

/**
 * memblock_search_pfn_nid() - the region of memory that holds page @pfn
 * Return: its node, and its whole pages in @start_pfn and @end_pfn; NUMA_NO_NODE if there is none.
 */
int memblock_search_pfn_nid(unsigned long pfn, unsigned long *start_pfn, unsigned long *end_pfn)
{
	const struct memblock_region *region = table_find(&memblock.memory, PFN_PHYS(pfn));

	if (!region)
		return NUMA_NO_NODE;
	*start_pfn = PFN_DOWN(region->base);
	*end_pfn = PFN_DOWN(region_end(region));
	return region->nid;
}
