/* SPDX-License-Identifier: MIT */
/*
 * memblock.c - the two tables of memory before there is a page allocator
 *
 * Owns: memblock.memory (what exists), memblock.reserved (what is taken). Not: struct pages
 * (frame.c).
 * M1  A table is sorted by base, its regions do not overlap, and neighbours that touch differ in
 *     node or flags.
 * M2  total_size is the sum of the regions' sizes.
 * M3  NOMAP memory is never handed out.
 * Boot only, one CPU, no lock; nothing sleeps.
 */
#include <linux/memblock.h>

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/memory_hotplug.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "page/memblock_room.h"

bool movable_node_enabled;

#define EMPTY_TABLES {									\
	.current_limit = MEMBLOCK_ALLOC_ANYWHERE,					\
	.memory = { .max = INIT_MEMBLOCK_REGIONS, .regions = memblock_memory_regions,	\
		    .name = "memory" },							\
	.reserved = { .max = INIT_MEMBLOCK_RESERVED_REGIONS,				\
		      .regions = memblock_reserved_regions, .name = "reserved" },	\
}

struct memblock memblock = EMPTY_TABLES;

void memblock_boot(void)
{
	memblock = (struct memblock)EMPTY_TABLES;
	memblock_may_grow = false;
}

/**
 * memblock_allow_resize() - a full table may move to memory of its own from here on
 * Context: boot, when memory that may be used is known.
 * Differs: before it a full table refuses with -ENOMEM; Linux panics.
 */
void memblock_allow_resize(void)
{
	memblock_may_grow = true;
}

/* -- tables ----------------------------------------------------------------------------------- */

/**
 * memblock_add() - memory exists here
 *
 * Also: memblock_add_node(), with its node and flags; memblock_remove(), it does not.
 * What is there already keeps its node and flags; size 0 does nothing; a range is cut at the end of
 * addresses.
 * Context: boot.   Cost: linear in the regions.   Return: 0 or -ENOMEM.
 */
int memblock_add(phys_addr_t base, phys_addr_t size)
{
	return table_add(&memblock.memory, base, size, MAX_NUMNODES, MEMBLOCK_NONE);
}

int memblock_add_node(phys_addr_t base, phys_addr_t size, int nid, enum memblock_flags flags)
{
	return table_add(&memblock.memory, base, size, nid, flags);
}

int memblock_remove(phys_addr_t base, phys_addr_t size)
{
	return table_remove(&memblock.memory, base, size);
}

/**
 * memblock_reserve() - this range is taken, whether or not memory is known to exist there
 *
 * Also: memblock_phys_free(), it is not; memblock_free(), the same by address, NULL does nothing.
 * Context: boot.   Cost: linear in the regions.   Return: 0 or -ENOMEM.
 */
int memblock_reserve(phys_addr_t base, phys_addr_t size)
{
	return table_add(&memblock.reserved, base, size, MAX_NUMNODES, MEMBLOCK_NONE);
}

int memblock_phys_free(phys_addr_t base, phys_addr_t size)
{
	return table_remove(&memblock.reserved, base, size);
}

void memblock_free(void *ptr, size_t size)
{
	if (ptr)
		memblock_phys_free(virt_to_phys(ptr), size);
}

/**
 * memblock_mark_hotplug() - this memory may be taken away; left alone with boot option movable_node
 *
 * Also: memblock_clear_hotplug(); memblock_mark_mirror(), taken first while there is some;
 * memblock_mark_nomap() and memblock_clear_nomap(), exists but is never handed out.
 * Context: boot.   Return: 0 or -ENOMEM.
 */
int memblock_mark_hotplug(phys_addr_t base, phys_addr_t size)
{
	return table_mark(&memblock.memory, base, size, true, MEMBLOCK_HOTPLUG);
}

int memblock_clear_hotplug(phys_addr_t base, phys_addr_t size)
{
	return table_mark(&memblock.memory, base, size, false, MEMBLOCK_HOTPLUG);
}

int memblock_mark_mirror(phys_addr_t base, phys_addr_t size)
{
	return table_mark(&memblock.memory, base, size, true, MEMBLOCK_MIRROR);
}

int memblock_mark_nomap(phys_addr_t base, phys_addr_t size)
{
	return table_mark(&memblock.memory, base, size, true, MEMBLOCK_NOMAP);
}

int memblock_clear_nomap(phys_addr_t base, phys_addr_t size)
{
	return table_mark(&memblock.memory, base, size, false, MEMBLOCK_NOMAP);
}

int memblock_reserved_mark_noinit(phys_addr_t base, phys_addr_t size)
{
	return table_mark(&memblock.reserved, base, size, true, MEMBLOCK_RSRV_NOINIT);
}

/**
 * memblock_set_node() - this part of @type is on node @nid
 * Context: boot.   Return: 0 or -ENOMEM.
 */
int memblock_set_node(phys_addr_t base, phys_addr_t size, struct memblock_type *type, int nid)
{
	return table_set_node(type, base, size, nid);
}

/**
 * memblock_is_memory() - does memory exist at @addr?
 *
 * Also: memblock_is_map_memory(), in the linear map; memblock_is_reserved(), taken;
 * memblock_is_region_memory(), the whole range in one region; memblock_is_region_reserved() and
 * memblock_overlaps_region(), any of it.
 * Context: any; the tables stay as they were when boot ended.   Cost: logarithmic by address,
 * linear in the regions for ranges.
 */
bool memblock_is_memory(phys_addr_t addr)
{
	return table_find(&memblock.memory, addr) != NULL;
}

bool memblock_is_map_memory(phys_addr_t addr)
{
	const struct memblock_region *region = table_find(&memblock.memory, addr);

	return region && !(region->flags & MEMBLOCK_NOMAP);
}

bool memblock_is_reserved(phys_addr_t addr)
{
	return table_find(&memblock.reserved, addr) != NULL;
}

/* The whole range lies in one region. */
bool memblock_is_region_memory(phys_addr_t base, phys_addr_t size)
{
	const struct memblock_region *region = table_find(&memblock.memory, base);

	return region && base + cap_size(base, size) <= region_end(region);
}

bool memblock_overlaps_region(struct memblock_type *type, phys_addr_t base, phys_addr_t size)
{
	size = cap_size(base, size);
	for (unsigned long i = 0; i < type->cnt; i++) {
		if (ranges_overlap(base, size, &type->regions[i]))
			return true;
	}
	return false;
}

unsigned long memblock_addrs_overlap(phys_addr_t base1, phys_addr_t size1, phys_addr_t base2,
				     phys_addr_t size2)
{
	return base1 < base2 + size2 && base2 < base1 + size1;
}

bool memblock_is_region_reserved(phys_addr_t base, phys_addr_t size)
{
	return memblock_overlaps_region(&memblock.reserved, base, size);
}

phys_addr_t memblock_phys_mem_size(void)
{
	return memblock.memory.total_size;
}

phys_addr_t memblock_reserved_size(void)
{
	return memblock.reserved.total_size;
}

phys_addr_t memblock_start_of_DRAM(void)
{
	return memblock.memory.cnt ? memblock.memory.regions[0].base : 0;
}

phys_addr_t memblock_end_of_DRAM(void)
{
	unsigned long count = memblock.memory.cnt;

	return count ? region_end(&memblock.memory.regions[count - 1]) : 0;
}

/**
 * memblock_set_current_limit() - hand out nothing at or above @limit
 * Context: boot.   Also: memblock_get_current_limit().
 */
void memblock_set_current_limit(phys_addr_t limit)
{
	memblock.current_limit = limit;
}

phys_addr_t memblock_get_current_limit(void)
{
	return memblock.current_limit;
}

/* Cut regions of memory to whole multiples of @align; what is too small goes. */
void memblock_trim_memory(phys_addr_t align)
{
	for (unsigned long i = 0; i < memblock.memory.cnt;) {
		struct memblock_region *region = &memblock.memory.regions[i];
		phys_addr_t start = (region->base + align - 1) & ~(align - 1);
		phys_addr_t end = region_end(region) & ~(align - 1);

		if (start >= end) {
			table_drop(&memblock.memory, i);
			continue;
		}
		memblock.memory.total_size -= region->size - (end - start);
		region->base = start;
		region->size = end - start;
		i++;
	}
}

unsigned long memblock_estimated_nr_free_pages(void)
{
	return PHYS_PFN(memblock_phys_mem_size() - memblock_reserved_size());
}

/**
 * memblock_validate_numa_coverage() - is memory whose node nobody knows less than @threshold_bytes?
 * Context: boot.   Return: false, and a message, if it is not.
 */
bool memblock_validate_numa_coverage(unsigned long threshold_bytes)
{
	phys_addr_t homeless = 0;
	const struct memblock_region *region;

	for_each_mem_region(region) {
		if (region->nid == NUMA_NO_NODE || region->nid == MAX_NUMNODES)
			homeless += region->size;
	}
	if (homeless < threshold_bytes || !homeless)
		return true;
	pr_err("NUMA: no nodes coverage for %lluMB of %lluMB RAM\n", homeless >> 20,
	       memblock_phys_mem_size() >> 20);
	return false;
}

/* -- limits ----------------------------------------------------------------------------------- */

/* The address below which @limit bytes of memory lie; ANYWHERE if there is not so much. */
static phys_addr_t limit_address(phys_addr_t limit)
{
	const struct memblock_region *region;

	for_each_mem_region(region) {
		if (limit <= region->size)
			return region->base + limit;
		limit -= region->size;
	}
	return MEMBLOCK_ALLOC_ANYWHERE;
}

/**
 * memblock_enforce_memory_limit() - forget memory beyond the first @limit bytes of it
 * @limit: bytes of memory, holes not counted; 0: no limit
 */
void memblock_enforce_memory_limit(phys_addr_t limit)
{
	phys_addr_t end = limit ? limit_address(limit) : MEMBLOCK_ALLOC_ANYWHERE;

	if (end == MEMBLOCK_ALLOC_ANYWHERE)
		return;
	memblock_remove(end, MEMBLOCK_ALLOC_ANYWHERE);
	memblock_phys_free(end, MEMBLOCK_ALLOC_ANYWHERE);
}

/**
 * memblock_cap_memory_range() - forget memory outside [@base, @base + @size), NOMAP regions aside
 */
void memblock_cap_memory_range(phys_addr_t base, phys_addr_t size)
{
	phys_addr_t end = base + cap_size(base, size);

	if (!size)
		return;
	for (unsigned long i = memblock.memory.cnt; i-- > 0;) {
		struct memblock_region here = memblock.memory.regions[i];

		if (memblock_is_nomap(&here))
			continue;
		if (region_end(&here) > end)
			memblock_remove(max(end, here.base),
					region_end(&here) - max(end, here.base));
		if (here.base < base)
			memblock_remove(here.base, min(base, region_end(&here)) - here.base);
	}
	memblock_phys_free(0, base);
	memblock_phys_free(end, MEMBLOCK_ALLOC_ANYWHERE);
}

/* As memblock_enforce_memory_limit(), but NOMAP regions stay. */
void memblock_mem_limit_remove_map(phys_addr_t limit)
{
	phys_addr_t end = limit ? limit_address(limit) : MEMBLOCK_ALLOC_ANYWHERE;

	if (end != MEMBLOCK_ALLOC_ANYWHERE)
		memblock_cap_memory_range(0, end);
}

/**
 * memblock_discard() - give back what tables that grew have taken
 * Context: after memblock_free_all(), once; the tables are empty from then on.
 */
void memblock_discard(void)
{
	table_free(&memblock.reserved);
	table_free(&memblock.memory);
	memblock_boot();
}

static void table_dump(const struct memblock_type *type)
{
	pr_info(" %s.cnt  = 0x%lx\n", type->name, type->cnt);
	for (unsigned long i = 0; i < type->cnt; i++) {
		const struct memblock_region *region = &type->regions[i];
		phys_addr_t last = region_end(region) - 1;

		char node[24] = "";

		if (region->nid != MAX_NUMNODES)
			snprintf(node, sizeof(node), " on node %d", region->nid);
		pr_info(" %s[%#lx]\t[%pa-%pa], %#llx bytes%s flags: %#x\n", type->name, i,
			&region->base, &last, region->size, node, region->flags);
	}
}

/**
 * memblock_dump_all() - both tables on the console
 * Context: any.   Differs: Linux prints only with boot option memblock=debug.
 */
void memblock_dump_all(void)
{
	pr_info("MEMBLOCK configuration:\n");
	pr_info(" memory size = %#llx reserved size = %#llx\n", memblock.memory.total_size,
		memblock.reserved.total_size);
	table_dump(&memblock.memory);
	table_dump(&memblock.reserved);
}
