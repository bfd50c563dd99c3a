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

struct memblock_region memblock_memory_regions[INIT_MEMBLOCK_REGIONS];
struct memblock_region memblock_reserved_regions[INIT_MEMBLOCK_RESERVED_REGIONS];
bool memblock_may_grow;

void table_drop(struct memblock_type *type, unsigned long at)
{
	type->total_size -= type->regions[at].size;
	memmove(&type->regions[at], &type->regions[at + 1],
		(type->cnt - at - 1) * sizeof(type->regions[0]));
	type->cnt--;
	type->regions[type->cnt] = (struct memblock_region) { };
}

static void table_put(struct memblock_type *type, unsigned long at, struct memblock_region region)
{
	memmove(&type->regions[at + 1], &type->regions[at],
		(type->cnt - at) * sizeof(type->regions[0]));
	type->regions[at] = region;
	type->total_size += region.size;
	type->cnt++;
}

static void table_merge(struct memblock_type *type)
{
	for (unsigned long i = 0; i + 1 < type->cnt;) {
		struct memblock_region *this = &type->regions[i], *next = this + 1;
		phys_addr_t size = next->size;

		if (region_end(this) != next->base || this->flags != next->flags ||
		    this->nid != next->nid) {
			i++;
			continue;
		}
		table_drop(type, i + 1);
		this->size += size;
		type->total_size += size;
	}
}

static bool is_static(const struct memblock_region *regions)
{
	return regions == memblock_memory_regions || regions == memblock_reserved_regions;
}

static size_t table_bytes(unsigned long max)
{
	return PAGE_ALIGN_UP(max * sizeof(struct memblock_region));
}

/*
 * Double the table. The new one of reserved ranges must not lie where [@base, +@size) is about to
 * be added; that of memory may: the range is memory, not yet anybody's.
 */
static int table_grow(struct memblock_type *type, phys_addr_t base, phys_addr_t size)
{
	struct memblock_region *old = type->regions;
	unsigned long old_max = type->max;
	size_t bytes = table_bytes(old_max * 2);
	phys_addr_t at;

	if (!memblock_may_grow)
		return -ENOMEM;
	if (type != &memblock.reserved)
		base = size = 0;
	at = find_range(bytes, PAGE_SIZE, base + size, memblock.current_limit, NUMA_NO_NODE,
			MEMBLOCK_NONE);
	if (!at && size)
		at = find_range(bytes, PAGE_SIZE, 0, min(base, memblock.current_limit),
				NUMA_NO_NODE, MEMBLOCK_NONE);
	if (!at)
		return -ENOMEM;
	type->regions = phys_to_virt(at);
	memset(type->regions, 0, bytes);
	memcpy(type->regions, old, type->cnt * sizeof(old[0]));
	type->max = old_max * 2;
	if (memblock_reserve(at, bytes))
		return -ENOMEM;
	return is_static(old) ? 0 : memblock_phys_free(virt_to_phys(old), table_bytes(old_max));
}

static int table_make_room(struct memblock_type *type, phys_addr_t base, phys_addr_t end,
			   unsigned long pieces)
{
	while (type->cnt + pieces > type->max) {
		int error = table_grow(type, base, end - base);

		if (error)
			return error;
	}
	return 0;
}

/* How many regions table_add() would put: the gaps of the table in the range. */
static unsigned long count_gaps(const struct memblock_type *type, phys_addr_t base,
				phys_addr_t end)
{
	unsigned long gaps = 0;

	for (unsigned long i = table_after(type, base); i < type->cnt && base < end; i++) {
		const struct memblock_region *here = &type->regions[i];

		gaps += here->base > base;
		base = here->base < end ? region_end(here) : end;
	}
	return gaps + (base < end);
}

void table_free(struct memblock_type *type)
{
	if (!is_static(type->regions))
		memblock_free_late(virt_to_phys(type->regions), table_bytes(type->max));
}

/* Add what of the range is not there yet; what is there keeps its node and its flags. */
int table_add(struct memblock_type *type, phys_addr_t base, phys_addr_t size, int nid,
	      enum memblock_flags flags)
{
	struct memblock_region new = { .base = base, .flags = flags, .nid = nid };
	phys_addr_t end = base + cap_size(base, size);
	int error;

	if (base >= end)
		return 0;
	error = table_make_room(type, base, end, count_gaps(type, base, end));
	if (error)
		return error;
	for (unsigned long i = table_after(type, base); new.base < end; i++) {
		bool is_last = i >= type->cnt || type->regions[i].base >= end;
		phys_addr_t gap_end = is_last ? end : type->regions[i].base;

		if (gap_end > new.base) {
			new.size = gap_end - new.base;
			table_put(type, i++, new);
		}
		if (is_last)
			break;
		new.base = region_end(&type->regions[i]);
	}
	table_merge(type);
	return 0;
}

static bool is_inside(const struct memblock_type *type, unsigned long at, phys_addr_t address)
{
	return at < type->cnt && type->regions[at].base < address;
}

/* Make one region end at @address and the next begin there, for what happens to [@base, @end). */
static int table_cut(struct memblock_type *type, phys_addr_t address, phys_addr_t base,
		     phys_addr_t end)
{
	unsigned long at = table_after(type, address);
	struct memblock_region rest;
	int error;

	if (!is_inside(type, at, address))
		return 0;
	error = table_make_room(type, base, end, 1);
	if (error)
		return error;
	at = table_after(type, address);	/* a table that grew has one more */
	rest = type->regions[at];
	rest.size = region_end(&rest) - address;
	rest.base = address;
	type->regions[at].size -= rest.size;
	type->total_size -= rest.size;
	table_put(type, at + 1, rest);
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
	int error = table_cut(type, base, base, end);

	if (!error)
		error = table_cut(type, end, base, end);
	if (error)
		return error;
	*ret_first = table_after(type, base);
	for (*ret_last = *ret_first; *ret_last < type->cnt; ++*ret_last) {
		if (type->regions[*ret_last].base >= end)
			break;
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

int table_mark(struct memblock_type *type, phys_addr_t base, phys_addr_t size, bool set,
	       enum memblock_flags flag)
{
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

int table_set_node(struct memblock_type *type, phys_addr_t base, phys_addr_t size, int nid)
{
	unsigned long first, last;
	int error;

	if (!size)
		return 0;
	error = table_isolate(type, base, size, &first, &last);
	if (error)
		return error;
	while (first < last)
		type->regions[first++].nid = nid;
	table_merge(type);
	return 0;
}

/* The region that holds @address; NULL if none. */
const struct memblock_region *table_find(const struct memblock_type *type, phys_addr_t address)
{
	unsigned long at = table_after(type, address);

	return at < type->cnt && type->regions[at].base <= address ? &type->regions[at] : NULL;
}
