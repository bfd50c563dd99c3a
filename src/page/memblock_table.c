/* SPDX-License-Identifier: MIT */
/*
 * memblock_table.c - one sorted table of ranges: add, cut, merge, find, grow
 *
 * M1 and M2 of memblock.c hold whenever a function here returns.
 * Boot only, one CPU, no lock; nothing sleeps.
 */
#include "page/memblock_room.h"

#include <linux/errno.h>
#include <linux/minmax.h>
#include <linux/string.h>

struct memblock_region memory_regions[INIT_MEMBLOCK_REGIONS];
struct memblock_region reserved_regions[INIT_MEMBLOCK_REGIONS];

void table_drop(struct memblock_type *type, unsigned long at)
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

void table_merge(struct memblock_type *type)
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
int table_add(struct memblock_type *type, phys_addr_t base, phys_addr_t size,
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
int table_isolate(struct memblock_type *type, phys_addr_t base, phys_addr_t size,
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

int table_remove(struct memblock_type *type, phys_addr_t base, phys_addr_t size)
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

int table_mark(phys_addr_t base, phys_addr_t size, bool set, enum memblock_flags flag)
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

const struct memblock_region *table_find(const struct memblock_type *type, phys_addr_t address)
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
