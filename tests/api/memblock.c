// SPDX-License-Identifier: MIT
/*
 * memblock.c - rows of memory before the page allocator; see api.h
 *
 * The machine's own tables were handed over at boot: each row starts from empty ones, on addresses
 * of no machine, and is on one CPU as boot is: it has no contexts.
 */
#include "api.h"

#include <linux/memblock.h>
#include "page/memblock_room.h"

#define M	(1024ull * 1024)

/* Memory from 1 MiB to 5 MiB and from 8 to 10, nothing taken. */
static void tables_fill(void)
{
	memblock_boot();
	memblock_add(M, 4 * M);
	memblock_add(8 * M, 2 * M);
}

API(memblock_add, other, "neighbours become one")
{
	tables_fill();
	memblock_add(5 * M, 3 * M);
	return memblock.memory.cnt == 1 && memblock_phys_mem_size() == 9 * M;
}

API(memblock_add, zero, "size 0 adds nothing")
{
	tables_fill();
	return !memblock_add(50 * M, 0) && memblock.memory.cnt == 2;
}

API(memblock_add, overflow, "cut at the end of addresses")
{
	memblock_boot();
	return !memblock_add(~0ull - M, 4 * M) && memblock_phys_mem_size() <= M + 1;
}

API(memblock_add_node, other, "as memblock_add(), with a node and flags")
{
	tables_fill();
	return !memblock_add_node(20 * M, M, 0, MEMBLOCK_HOTPLUG) && memblock_is_memory(20 * M);
}

API(memblock_remove, other, "a hole is cut")
{
	tables_fill();
	return !memblock_remove(2 * M, M) && !memblock_is_memory(2 * M) &&
	       memblock_is_memory(3 * M) && memblock.memory.cnt == 3;
}

API(memblock_remove, zero, "size 0 removes nothing")
{
	tables_fill();
	return !memblock_remove(2 * M, 0) && memblock_phys_mem_size() == 6 * M;
}

API(memblock_reserve, other, "is not handed out any more")
{
	tables_fill();
	memblock_reserve(8 * M, 2 * M);
	return memblock_phys_alloc(4096, 4096) < 5 * M && memblock_is_reserved(9 * M);
}

API(memblock_phys_free, other, "may be handed out again")
{
	tables_fill();
	memblock_reserve(8 * M, 2 * M);
	return !memblock_phys_free(8 * M, 2 * M) && memblock_phys_alloc(4096, 4096) > 8 * M;
}

API(memblock_free, null, "NULL does nothing")
{
	tables_fill();
	memblock_reserve(2 * M, M);
	memblock_free(API_HIDDEN((void *)NULL), M);
	return memblock_reserved_size() == M;
}

API(memblock_mark_hotplug, other, "flags part a region")
{
	tables_fill();
	return !memblock_mark_hotplug(2 * M, M) && memblock.memory.cnt == 4;
}

API(memblock_clear_hotplug, other, "and without them it is one again")
{
	tables_fill();
	memblock_mark_hotplug(2 * M, M);
	return !memblock_clear_hotplug(2 * M, M) && memblock.memory.cnt == 2;
}

API(memblock_mark_mirror, other, "flags part a region")
{
	tables_fill();
	return !memblock_mark_mirror(2 * M, M) && memblock.memory.cnt == 4;
}

API(memblock_mark_nomap, other, "is memory, but not in the linear map")
{
	tables_fill();
	memblock_mark_nomap(8 * M, 2 * M);
	return memblock_is_memory(8 * M) && !memblock_is_map_memory(8 * M) &&
	       memblock_phys_alloc(4096, 4096) < 5 * M;
}

API(memblock_clear_nomap, other, "is in it again")
{
	tables_fill();
	memblock_mark_nomap(8 * M, 2 * M);
	return !memblock_clear_nomap(8 * M, 2 * M) && memblock_is_map_memory(8 * M);
}

API(memblock_is_memory, other, "by address")
{
	tables_fill();
	return memblock_is_memory(M) && memblock_is_memory(5 * M - 1) && !memblock_is_memory(5 * M);
}

API(memblock_is_map_memory, other, "memory that is mapped")
{
	tables_fill();
	return memblock_is_map_memory(M) && !memblock_is_map_memory(6 * M);
}

API(memblock_is_reserved, other, "by address")
{
	tables_fill();
	memblock_reserve(2 * M, M);
	return memblock_is_reserved(2 * M) && !memblock_is_reserved(3 * M);
}

API(memblock_is_region_memory, other, "all of it")
{
	tables_fill();
	return memblock_is_region_memory(M, 4 * M) && !memblock_is_region_memory(4 * M, 2 * M);
}

API(memblock_is_region_reserved, other, "any of it")
{
	tables_fill();
	memblock_reserve(2 * M, M);
	return memblock_is_region_reserved(M, 2 * M) && !memblock_is_region_reserved(3 * M, M);
}

API(memblock_overlaps_region, other, "any of it, in the table given")
{
	tables_fill();
	return memblock_overlaps_region(&memblock.memory, 4 * M, 3 * M) &&
	       !memblock_overlaps_region(&memblock.memory, 5 * M, 3 * M);
}

API(memblock_set_bottom_up, other, "the lowest range first")
{
	phys_addr_t got;

	tables_fill();
	memblock_set_bottom_up(true);
	got = memblock_phys_alloc(4096, 4096);
	memblock_set_bottom_up(false);
	return got == M;
}

API(memblock_bottom_up, other, "says which")
{
	bool ok;

	memblock_set_bottom_up(true);
	ok = memblock_bottom_up();
	memblock_set_bottom_up(false);
	return ok && !memblock_bottom_up();
}

API(memblock_set_current_limit, limit, "nothing above it is handed out")
{
	tables_fill();
	memblock_set_current_limit(2 * M);
	return memblock_phys_alloc(4096, 4096) == 2 * M - 4096;
}

API(memblock_get_current_limit, other, "what was set")
{
	memblock_boot();
	memblock_set_current_limit(7 * M);
	return memblock_get_current_limit() == 7 * M;
}

API(memblock_dump_all, other, "prints the tables when asked for at boot, and changes nothing")
{
	tables_fill();
	memblock_dump_all();
	return memblock_phys_mem_size() == 6 * M;
}

API(memblock_phys_alloc, align, "as asked")
{
	tables_fill();
	return memblock_phys_alloc(100, M) == 9 * M;
}

API(memblock_phys_alloc, failure, "0 when no range is large enough")
{
	tables_fill();
	return !memblock_phys_alloc(5 * M, 4096);
}

API(memblock_phys_alloc_range, limit, "inside the range only")
{
	tables_fill();
	return memblock_phys_alloc_range(4096, 4096, 2 * M, 3 * M) == 3 * M - 4096 &&
	       !memblock_phys_alloc_range(4096, 4096, 0, M);
}

API(memblock_phys_alloc_try_nid, failure, "0 when no range is large enough")
{
	tables_fill();
	return memblock_phys_alloc_try_nid(4096, 4096, 0) &&
	       !memblock_phys_alloc_try_nid(9 * M, 8, 0);
}

/*
 * memblock_alloc() and its kin return addresses, so their rows run as late callers do, after the
 * page allocator took over: served from there (page/memblock_test.c holds the warning).
 */
#define LATE_ROW(call, ...)									\
	API(call, other, "after boot: pages of the page allocator")			\
	{											\
		char *late = call(__VA_ARGS__);							\
		bool ok = api_aligned(late, 64);						\
												\
		memset(API_HIDDEN(late), 1, 5000);						\
		free_pages_exact(late, 5000);							\
		return ok;									\
	}

LATE_ROW(memblock_alloc, 5000, 64)
LATE_ROW(memblock_alloc_raw, 5000, 64)
LATE_ROW(memblock_alloc_from, 5000, 64, 0)
LATE_ROW(memblock_alloc_low, 5000, 64)
LATE_ROW(memblock_alloc_node, 5000, 64, 0)
LATE_ROW(memblock_alloc_try_nid, 5000, 64, 0, MEMBLOCK_ALLOC_ACCESSIBLE, 0)
LATE_ROW(memblock_alloc_try_nid_raw, 5000, 64, 0, MEMBLOCK_ALLOC_ACCESSIBLE, 0)
LATE_ROW(memblock_alloc_exact_nid_raw, 5000, 64, 0, MEMBLOCK_ALLOC_ACCESSIBLE, 0)

API(memblock_alloc, other, "what late callers get is zeroed")
{
	char *late = memblock_alloc(5000, 64);
	bool ok = late && api_filled(late, 0, 5000);

	free_pages_exact(late, 5000);
	return ok;
}

API(memblock_free_all, other, "the machine's memory went to the page allocator at boot")
{
	return totalram_pages() && nr_free_pages() && nr_free_pages() <= totalram_pages();
}
