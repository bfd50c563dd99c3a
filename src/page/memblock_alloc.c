/* SPDX-License-Identifier: MIT */
/*
 * memblock_alloc.c - what is in memory and not reserved, and taking some of it
 *
 * M3 of memblock.c: NOMAP memory is never handed out.
 * Boot only, one CPU, no lock; nothing sleeps.
 */
#include "page/memblock_room.h"

#include <linux/bug.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/string.h>

/* -- free ranges ------------------------------------------------------------------------------ */

bool memblock_next_free(u64 *index, phys_addr_t *ret_start, phys_addr_t *ret_end)
{
	phys_addr_t cursor = *index;
	struct memblock_region *region, *taken;

	for_each_mem_region(region) {
		phys_addr_t end = region_end(region);

		if ((region->flags & MEMBLOCK_NOMAP) || end <= cursor)
			continue;
		cursor = max(cursor, region->base);
		for_each_reserved_mem_region(taken) {
			if (taken->base <= cursor)
				cursor = max(cursor, region_end(taken));
			else
				break;
		}
		if (cursor >= end)
			continue;
		if (taken < memblock.reserved.regions + memblock.reserved.cnt)
			end = min(end, taken->base);
		*index = end;
		*ret_start = cursor;
		*ret_end = end;
		return true;
	}
	return false;
}

/* Lowest fitting place, or the highest: 0 if there is none. */
phys_addr_t find_range(phys_addr_t size, phys_addr_t align, phys_addr_t start, phys_addr_t end)
{
	phys_addr_t from, to, found = 0;
	u64 index = 0;

	/* Address 0 means failure, so the first page is never found. */
	start = max_t(phys_addr_t, start, PAGE_SIZE);
	while (memblock_next_free(&index, &from, &to)) {
		phys_addr_t low = (max(from, start) + align - 1) & ~(align - 1);
		phys_addr_t high = min(to, end);

		if (low > high || high - low < size)
			continue;
		if (memblock.bottom_up)
			return low;
		found = (high - size) & ~(align - 1);
	}
	return found;
}

/* -- public: allocation ----------------------------------------------------------------------- */

/**
 * memblock_phys_alloc_range() - reserve @size bytes between @start and @end
 * @align: power of two; 0 is reported and taken as a cache line
 * @end:   MEMBLOCK_ALLOC_ACCESSIBLE: up to the current limit
 *
 * Context: boot. Cost: regions of memory times reserved ones. Return: the physical address, or 0.
 */
phys_addr_t memblock_phys_alloc_range(phys_addr_t size, phys_addr_t align, phys_addr_t start,
				      phys_addr_t end)
{
	phys_addr_t found;

	if (!align) {
		dump_stack();
		align = SMP_CACHE_BYTES_MEMBLOCK;
	}
	if (end == MEMBLOCK_ALLOC_ACCESSIBLE || end > memblock.current_limit)
		end = memblock.current_limit;
	found = find_range(size, align, start, end);
	if (found && memblock_reserve(found, size))
		return 0;
	return found;
}

phys_addr_t memblock_phys_alloc_try_nid(phys_addr_t size, phys_addr_t align, int nid)
{
	return memblock_phys_alloc_range(size, align, 0, MEMBLOCK_ALLOC_ACCESSIBLE);
}

void *memblock_alloc_try_nid_raw(phys_addr_t size, phys_addr_t align, phys_addr_t min_addr,
				 phys_addr_t max_addr, int nid)
{
	phys_addr_t found;

	if (WARN_ON_ONCE(memblock_is_over()))
		return memblock_late_alloc(size);
	found = memblock_phys_alloc_range(size, align, min_addr, max_addr);
	/* The lower limit is a wish. */
	if (!found && min_addr)
		found = memblock_phys_alloc_range(size, align, 0, max_addr);
	return found ? phys_to_virt(found) : NULL;
}

void *memblock_alloc_exact_nid_raw(phys_addr_t size, phys_addr_t align, phys_addr_t min_addr,
				   phys_addr_t max_addr, int nid)
{
	return memblock_alloc_try_nid_raw(size, align, min_addr, max_addr, nid);
}

void *memblock_alloc_try_nid(phys_addr_t size, phys_addr_t align, phys_addr_t min_addr,
			     phys_addr_t max_addr, int nid)
{
	void *found = memblock_alloc_try_nid_raw(size, align, min_addr, max_addr, nid);

	if (found)
		memset(found, 0, size);
	return found;
}
