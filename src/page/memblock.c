/* SPDX-License-Identifier: MIT */
/*
 * memblock.c - the two tables of memory before there is a page allocator
 *
 * Owns: memblock.memory (what exists), memblock.reserved (what is taken). Not: struct pages
 * (frame.c).
 * M1  A table is sorted by base, its regions do not overlap, and neighbours that touch differ in
 *     flags.
 * M2  total_size is the sum of the regions' sizes.
 * M3  NOMAP memory is never handed out.
 * Boot only, one CPU, no lock; nothing sleeps.
 */
#include <linux/memblock.h>

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/minmax.h>
#include <linux/printk.h>
#include <linux/string.h>
#include "page/memblock_room.h"

struct memblock memblock;

void memblock_boot(void)
{
	memblock = (struct memblock) {
		.current_limit = MEMBLOCK_ALLOC_ANYWHERE,
		.memory = { .max = INIT_MEMBLOCK_REGIONS, .regions = memory_regions,
			    .name = "memory" },
		.reserved = { .max = INIT_MEMBLOCK_REGIONS, .regions = reserved_regions,
			      .name = "reserved" },
	};
}

/* -- public: tables --------------------------------------------------------------------------- */

/**
 * memblock_add() - memory exists here
 * Context: boot.   Cost: linear in the regions.   Return: 0 or -ENOMEM.
 */
int memblock_add(phys_addr_t base, phys_addr_t size)
{
	return table_add(&memblock.memory, base, size, MEMBLOCK_NONE);
}

int memblock_add_node(phys_addr_t base, phys_addr_t size, int nid, enum memblock_flags flags)
{
	return table_add(&memblock.memory, base, size, flags);
}

int memblock_remove(phys_addr_t base, phys_addr_t size)
{
	return table_remove(&memblock.memory, base, size);
}

/**
 * memblock_reserve() - this range is taken, whether or not memory is known to exist there
 * Context: boot.   Cost: linear in the regions.   Return: 0 or -ENOMEM.
 */
int memblock_reserve(phys_addr_t base, phys_addr_t size)
{
	return table_add(&memblock.reserved, base, size, MEMBLOCK_NONE);
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

int memblock_mark_hotplug(phys_addr_t base, phys_addr_t size)
{
	return table_mark(base, size, true, MEMBLOCK_HOTPLUG);
}

int memblock_clear_hotplug(phys_addr_t base, phys_addr_t size)
{
	return table_mark(base, size, false, MEMBLOCK_HOTPLUG);
}

int memblock_mark_mirror(phys_addr_t base, phys_addr_t size)
{
	return table_mark(base, size, true, MEMBLOCK_MIRROR);
}

int memblock_mark_nomap(phys_addr_t base, phys_addr_t size)
{
	return table_mark(base, size, true, MEMBLOCK_NOMAP);
}

int memblock_clear_nomap(phys_addr_t base, phys_addr_t size)
{
	return table_mark(base, size, false, MEMBLOCK_NOMAP);
}

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

static void table_dump(const struct memblock_type *type)
{
	pr_info(" %s.cnt  = 0x%lx\n", type->name, type->cnt);
	for (unsigned long i = 0; i < type->cnt; i++) {
		const struct memblock_region *region = &type->regions[i];
		phys_addr_t last = region_end(region) - 1;

		pr_info(" %s[%#lx]\t[%pa-%pa], %#llx bytes flags: %#x\n", type->name, i,
			&region->base, &last, region->size, region->flags);
	}
}

void memblock_dump_all(void)
{
	pr_info("MEMBLOCK configuration:\n");
	pr_info(" memory size = %#llx reserved size = %#llx\n", memblock.memory.total_size,
		memblock.reserved.total_size);
	table_dump(&memblock.memory);
	table_dump(&memblock.reserved);
}
