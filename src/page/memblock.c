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

static struct memblock_region memory_regions[INIT_MEMBLOCK_REGIONS];
static struct memblock_region reserved_regions[INIT_MEMBLOCK_REGIONS];

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

/* -- one table -------------------------------------------------------------------------------- */

static phys_addr_t region_end(const struct memblock_region *region)
{
	return region->base + region->size;
}

/* What of @size fits below the end of the address space. */
static phys_addr_t cap_size(phys_addr_t base, phys_addr_t size)
{
	return min(size, MEMBLOCK_ALLOC_ANYWHERE - base);
}

static bool ranges_overlap(phys_addr_t base, phys_addr_t size, const struct memblock_region *region)
{
	return base < region_end(region) && region->base < base + size;
}

static void table_drop(struct memblock_type *type, unsigned long at)
{
	type->total_size -= type->regions[at].size;
	memmove(&type->regions[at], &type->regions[at + 1],
		(type->cnt - at - 1) * sizeof(type->regions[0]));
	type->cnt--;
}

static void table_put(struct memblock_type *type, unsigned long at, phys_addr_t base,
		      phys_addr_t size, enum memblock_flags flags)
{
	memmove(&type->regions[at + 1], &type->regions[at],
		(type->cnt - at) * sizeof(type->regions[0]));
	type->regions[at] = (struct memblock_region) { .base = base, .size = size, .flags = flags };
	type->total_size += size;
	type->cnt++;
}

static void table_merge(struct memblock_type *type)
{
	for (unsigned long i = 0; i + 1 < type->cnt;) {
		struct memblock_region *this = &type->regions[i], *next = this + 1;
		phys_addr_t size = next->size;

		if (region_end(this) != next->base || this->flags != next->flags) {
			i++;
			continue;
		}
		table_drop(type, i + 1);
		this->size += size;
		type->total_size += size;
	}
}

static phys_addr_t find_range(phys_addr_t size, phys_addr_t align, phys_addr_t start,
			      phys_addr_t end);

/* Double the table; the new one must not lie where [@base, +@size) is about to be added. */
static int table_grow(struct memblock_type *type, phys_addr_t base, phys_addr_t size)
{
	size_t old_bytes = type->max * sizeof(type->regions[0]);
	size_t new_bytes = PAGE_ALIGN_UP(old_bytes * 2);
	struct memblock_region *old = type->regions;
	bool was_static = old == memory_regions || old == reserved_regions;
	phys_addr_t at = find_range(new_bytes, PAGE_SIZE, base + size, memblock.current_limit);

	if (!at)
		at = find_range(new_bytes, PAGE_SIZE, 0, min(base, memblock.current_limit));
	if (!at)
		return -ENOMEM;
	type->regions = phys_to_virt(at);
	memcpy(type->regions, old, old_bytes);
	type->max = new_bytes / sizeof(type->regions[0]);
	if (memblock_reserve(at, new_bytes))
		return -ENOMEM;
	return was_static ? 0 : memblock_phys_free(virt_to_phys(old), PAGE_ALIGN_UP(old_bytes));
}

static int table_make_room(struct memblock_type *type, phys_addr_t base, phys_addr_t size)
{
	unsigned long pieces = 1;

	for (unsigned long i = 0; i < type->cnt; i++)
		pieces += ranges_overlap(base, size, &type->regions[i]);
	/* One to spare, because a table that grows reserves its own new place. */
	while (type->cnt + pieces + 1 > type->max) {
		int error = table_grow(type, base, size);

		if (error)
			return error;
	}
	return 0;
}

/* Add what of the range is not there yet; what is there keeps its flags. */
static int table_add(struct memblock_type *type, phys_addr_t base, phys_addr_t size,
		     enum memblock_flags flags)
{
	phys_addr_t end = base + cap_size(base, size);
	int error;

	if (base >= end)
		return 0;
	error = table_make_room(type, base, end - base);
	if (error)
		return error;
	for (unsigned long i = 0; i < type->cnt && base < end; i++) {
		struct memblock_region here = type->regions[i];

		if (here.base >= end)
			break;
		if (region_end(&here) <= base)
			continue;
		if (here.base > base)
			table_put(type, i++, base, here.base - base, flags);
		base = min(region_end(&here), end);
	}
	if (base < end) {
		unsigned long at = 0;

		while (at < type->cnt && type->regions[at].base < base)
			at++;
		table_put(type, at, base, end - base, flags);
	}
	table_merge(type);
	return 0;
}

/*
 * Cut regions at both ends of the range; regions *ret_first .. *ret_last - 1 are then exactly
 * inside it.
 */
static int table_isolate(struct memblock_type *type, phys_addr_t base, phys_addr_t size,
			 unsigned long *ret_first, unsigned long *ret_last)
{
	phys_addr_t end = base + cap_size(base, size);
	int error = table_make_room(type, base, end - base);
	unsigned long i;

	if (error)
		return error;
	*ret_first = *ret_last = 0;
	for (i = 0; i < type->cnt; i++) {
		struct memblock_region *here = &type->regions[i];
		phys_addr_t cut = here->base < base ? base : end;

		if (here->base >= end)
			break;
		if (region_end(here) <= base)
			continue;
		if (here->base < cut && cut < region_end(here)) {
			phys_addr_t rest = region_end(here) - cut;

			here->size -= rest;
			type->total_size -= rest;
			table_put(type, i + 1, cut, rest, here->flags);
		}
		if (here->base < base)
			continue;
		if (*ret_last == 0)
			*ret_first = i;
		*ret_last = i + 1;
	}
	return 0;
}

static int table_remove(struct memblock_type *type, phys_addr_t base, phys_addr_t size)
{
	unsigned long first, last;
	int error;

	if (!size)
		return 0;
	error = table_isolate(type, base, size, &first, &last);
	if (error)
		return error;
	while (last > first)
		table_drop(type, --last);
	return 0;
}

static int table_mark(phys_addr_t base, phys_addr_t size, bool set, enum memblock_flags flag)
{
	struct memblock_type *type = &memblock.memory;
	unsigned long first, last;
	int error;

	if (!size)
		return 0;
	error = table_isolate(type, base, size, &first, &last);
	if (error)
		return error;
	for (unsigned long i = first; i < last; i++) {
		if (set)
			type->regions[i].flags |= flag;
		else
			type->regions[i].flags &= ~flag;
	}
	table_merge(type);
	return 0;
}

/* The region that holds @address; NULL if none. */
static const struct memblock_region *table_find(const struct memblock_type *type,
						phys_addr_t address)
{
	unsigned long low = 0, high = type->cnt;

	while (low < high) {
		unsigned long middle = low + (high - low) / 2;

		if (address < type->regions[middle].base)
			high = middle;
		else if (address >= region_end(&type->regions[middle]))
			low = middle + 1;
		else
			return &type->regions[middle];
	}
	return NULL;
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
static phys_addr_t find_range(phys_addr_t size, phys_addr_t align, phys_addr_t start,
			      phys_addr_t end)
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
