/* SPDX-License-Identifier: MIT */
/*
 * memblock_alloc.c - taking some of what is in memory and not reserved
 *
 * M3 of memblock.c: NOMAP memory is never handed out.
 * L1  A node is a wish but for the _exact_nid_ forms, a lower limit always is; the upper limit and
 *     the alignment are not.
 * Boot only, one CPU, no lock; nothing sleeps.
 */
#include "page/memblock_room.h"

#include <linux/bug.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/string.h>

/* Where @size bytes fit into [*low, *high), at its lower or its upper end; 0 if nowhere. */
static phys_addr_t place_in(phys_addr_t low, phys_addr_t high, phys_addr_t size, phys_addr_t align)
{
	phys_addr_t at = (low + align - 1) & ~(align - 1);

	if (at < low || at >= high || high - at < size)
		return 0;
	return memblock.bottom_up ? at : (high - size) & ~(align - 1);
}

/* The lowest fitting place, or the highest; 0 if there is none. */
phys_addr_t find_range(phys_addr_t size, phys_addr_t align, phys_addr_t start, phys_addr_t end,
		       int nid, enum memblock_flags flags)
{
	phys_addr_t from, to, found;
	u64 i;

	/* Address 0 means failure, so the first page is never found. */
	start = max_t(phys_addr_t, start, PAGE_SIZE);
	if (memblock.bottom_up) {
		for_each_free_mem_range(i, nid, flags, &from, &to, NULL) {
			found = place_in(max(from, start), min(to, end), size, align);
			if (found)
				return found;
		}
		return 0;
	}
	for_each_free_mem_range_reverse(i, nid, flags, &from, &to, NULL) {
		found = place_in(max(from, start), min(to, end), size, align);
		if (found)
			return found;
	}
	return 0;
}

static bool has_mirror(void)
{
	struct memblock_region *region;

	for_each_mem_region(region) {
		if (memblock_is_mirror(region))
			return true;
	}
	return false;
}

/**
 * memblock_alloc_range_nid() - reserve @size bytes between @start and @end
 *
 * Also: memblock_phys_alloc_range(), memblock_phys_alloc(), memblock_phys_alloc_try_nid(), which
 * leave the node, the range or the exactness to chance.
 * @align:     power of two; 0 is reported each time and taken as a cache line
 * @end:       MEMBLOCK_ALLOC_ACCESSIBLE: up to the current limit
 * @nid:       NUMA_NO_NODE: any; else this one, or any if it has not enough and not @exact_nid
 *
 * Mirrored memory is taken first, where there is some.
 * Context: boot.   Cost: a search a free range.   Return: the physical address, or 0.
 */
phys_addr_t memblock_alloc_range_nid(phys_addr_t size, phys_addr_t align, phys_addr_t start,
				     phys_addr_t end, int nid, bool exact_nid)
{
	enum memblock_flags flags = has_mirror() ? MEMBLOCK_MIRROR : MEMBLOCK_NONE;
	phys_addr_t found;

	if (!align) {
		dump_stack();
		align = SMP_CACHE_BYTES_MEMBLOCK;
	}
	if (end == MEMBLOCK_ALLOC_ACCESSIBLE || end == MEMBLOCK_ALLOC_NOLEAKTRACE)
		end = memblock.current_limit;
	for (;;) {
		found = find_range(size, align, start, end, nid, flags);
		if (!found && nid != NUMA_NO_NODE && !exact_nid)
			found = find_range(size, align, start, end, NUMA_NO_NODE, flags);
		if (found || flags == MEMBLOCK_NONE)
			break;
		pr_warn_ratelimited("Could not allocate %pap bytes of mirrored memory\n", &size);
		flags = MEMBLOCK_NONE;
	}
	return found && !memblock_reserve(found, size) ? found : 0;
}

phys_addr_t memblock_phys_alloc_range(phys_addr_t size, phys_addr_t align, phys_addr_t start,
				      phys_addr_t end)
{
	return memblock_alloc_range_nid(size, align, start, end, NUMA_NO_NODE, false);
}

phys_addr_t memblock_phys_alloc_try_nid(phys_addr_t size, phys_addr_t align, int nid)
{
	return memblock_alloc_range_nid(size, align, 0, MEMBLOCK_ALLOC_ACCESSIBLE, nid, false);
}

static void *alloc_somewhere(phys_addr_t size, phys_addr_t align, phys_addr_t min_addr,
			     phys_addr_t max_addr, int nid, bool exact_nid)
{
	phys_addr_t found;

	if (WARN_ON_ONCE(memblock_is_over()))
		return memblock_late_alloc(size);
	max_addr = min(max_addr, memblock.current_limit);
	found = memblock_alloc_range_nid(size, align, min_addr, max_addr, nid, exact_nid);
	if (!found && min_addr)
		found = memblock_alloc_range_nid(size, align, 0, max_addr, nid, exact_nid);
	return found ? phys_to_virt(found) : NULL;
}

/**
 * memblock_alloc_try_nid_raw() - memory at boot, from node @nid if it has some; not zeroed
 *
 * Also: memblock_alloc_exact_nid_raw(), from that node or not at all; memblock_alloc_raw(), any
 * node; zeroed: memblock_alloc_try_nid(), memblock_alloc(), memblock_alloc_from() with a lower
 * limit, memblock_alloc_low() below 4 GiB, memblock_alloc_node().
 * @min_addr: a wish
 * @max_addr: MEMBLOCK_ALLOC_ACCESSIBLE: up to the current limit
 *
 * Context: boot; later it warns once and takes whole, zeroed pages without sleeping.
 * Return: the address, or NULL.   Free with memblock_free().
 * Differs: Linux serves late callers with kzalloc(GFP_NOWAIT).
 */
void *memblock_alloc_try_nid_raw(phys_addr_t size, phys_addr_t align, phys_addr_t min_addr,
				 phys_addr_t max_addr, int nid)
{
	return alloc_somewhere(size, align, min_addr, max_addr, nid, false);
}

/* As memblock_alloc_try_nid_raw(), but from node @nid or not at all. */
void *memblock_alloc_exact_nid_raw(phys_addr_t size, phys_addr_t align, phys_addr_t min_addr,
				   phys_addr_t max_addr, int nid)
{
	return alloc_somewhere(size, align, min_addr, max_addr, nid, true);
}

void *memblock_alloc_try_nid(phys_addr_t size, phys_addr_t align, phys_addr_t min_addr,
			     phys_addr_t max_addr, int nid)
{
	void *found = alloc_somewhere(size, align, min_addr, max_addr, nid, false);

	if (found)
		memset(found, 0, size);
	return found;
}
