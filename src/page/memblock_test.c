/* SPDX-License-Identifier: MIT */
/*
 * memblock_test.c - two tables of ranges, on addresses of no machine; growth on a block of real
 * memory
 *
 * Each test starts from empty tables; the machine's own were handed over at boot and are not
 * needed again.
 */
#include <linux/errno.h>
#include <linux/memblock.h>
#include <linux/memory_hotplug.h>
#include "page/memblock_room.h"
#include "page/page_test.h"

#define K	1024ull
#define M	(1024ull * 1024)
#define G	(1024ull * 1024 * 1024)

struct range { phys_addr_t base, end; };

enum step_kind { END, ADD, REMOVE, RESERVE, FREE, NOMAP, MAP };
struct step { enum step_kind kind; phys_addr_t base, size; };

static void take_step(const struct step *step)
{
	int error = 0;

	switch (step->kind) {
	case ADD: error = memblock_add(step->base, step->size); break;
	case REMOVE: error = memblock_remove(step->base, step->size); break;
	case RESERVE: error = memblock_reserve(step->base, step->size); break;
	case FREE: error = memblock_phys_free(step->base, step->size); break;
	case NOMAP: error = memblock_mark_nomap(step->base, step->size); break;
	case MAP: error = memblock_clear_nomap(step->base, step->size); break;
	case END: break;
	}
	CHECK_EQ(error, 0);
}

static void check_table(const struct memblock_type *type, const struct range *want)
{
	phys_addr_t total = 0;
	unsigned long i;

	for (i = 0; want[i].end; i++) {
		REQUIRE(i < type->cnt);
		CHECK_EQ(type->regions[i].base, want[i].base);
		CHECK_EQ(type->regions[i].base + type->regions[i].size, want[i].end);
		total += want[i].end - want[i].base;
	}
	CHECK_EQ(type->cnt, i);
	CHECK_EQ(type->total_size, total);
}

static const struct {
	const char *name;
	struct step steps[6];
	struct range memory[6], reserved[6];
} cases[] = {
	{ "one", { { ADD, 1 * M, 4 * M } }, { { 1 * M, 5 * M } } },
	{ "size 0", { { ADD, 1 * M, 0 }, { REMOVE, 1 * M, 0 }, { RESERVE, 0, 0 } } },
	{ "disjoint, given backwards", { { ADD, 8 * M, M }, { ADD, 2 * M, M } },
	  { { 2 * M, 3 * M }, { 8 * M, 9 * M } } },
	{ "touching at the end", { { ADD, M, M }, { ADD, 2 * M, M } }, { { M, 3 * M } } },
	{ "touching at the start", { { ADD, 2 * M, M }, { ADD, M, M } }, { { M, 3 * M } } },
	{ "filling a hole", { { ADD, M, M }, { ADD, 3 * M, M }, { ADD, 2 * M, M } },
	  { { M, 4 * M } } },
	{ "overlap at the end", { { ADD, M, 4 * M }, { ADD, 4 * M, 4 * M } }, { { M, 8 * M } } },
	{ "overlap at the start", { { ADD, 4 * M, 4 * M }, { ADD, M, 4 * M } }, { { M, 8 * M } } },
	{ "inside", { { ADD, M, 8 * M }, { ADD, 3 * M, M } }, { { M, 9 * M } } },
	{ "twice", { { ADD, M, 8 * M }, { ADD, M, 8 * M } }, { { M, 9 * M } } },
	{ "over several", { { ADD, 2 * M, M }, { ADD, 4 * M, M }, { ADD, 6 * M, M },
			    { ADD, M, 9 * M } }, { { M, 10 * M } } },
	{ "not aligned", { { ADD, 4097, 100 }, { ADD, 4197, 3 } }, { { 4097, 4200 } } },
	{ "to the end of addresses", { { ADD, ~0ull - M, 4 * M } }, { { ~0ull - M, ~0ull } } },
	{ "remove all", { { ADD, M, M }, { REMOVE, M, M } } },
	{ "remove more than there is", { { ADD, M, M }, { REMOVE, 0, 8 * M } } },
	{ "remove what is not there", { { ADD, M, M }, { REMOVE, 4 * M, M } }, { { M, 2 * M } } },
	{ "remove the start", { { ADD, M, 4 * M }, { REMOVE, 0, 2 * M } }, { { 2 * M, 5 * M } } },
	{ "remove the end", { { ADD, M, 4 * M }, { REMOVE, 4 * M, 4 * M } }, { { M, 4 * M } } },
	{ "remove the middle", { { ADD, M, 4 * M }, { REMOVE, 2 * M, M } },
	  { { M, 2 * M }, { 3 * M, 5 * M } } },
	{ "remove across two",
	  { { ADD, M, 2 * M }, { ADD, 4 * M, 2 * M }, { REMOVE, 2 * M, 3 * M } },
	  { { M, 2 * M }, { 5 * M, 6 * M } } },
	{ "reserve far from memory", { { ADD, M, M }, { RESERVE, 512 * G, 4 * K } },
	  { { M, 2 * M } }, { { 512 * G, 512 * G + 4 * K } } },
	{ "reserve overlapping", { { RESERVE, M, M }, { RESERVE, M + 512 * K, M } }, { { 0 } },
	  { { M, 2 * M + 512 * K } } },
	{ "free the middle", { { RESERVE, M, 3 * M }, { FREE, 2 * M, M } }, { { 0 } },
	  { { M, 2 * M }, { 3 * M, 4 * M } } },
	{ "flags keep regions apart", { { ADD, M, 3 * M }, { NOMAP, 2 * M, M } },
	  { { M, 2 * M }, { 2 * M, 3 * M }, { 3 * M, 4 * M } } },
	{ "equal flags merge", { { ADD, M, 3 * M }, { NOMAP, 2 * M, M }, { MAP, 2 * M, M } },
	  { { M, 4 * M } } },
	{ "adding keeps the flags that are there",
	  { { ADD, 2 * M, M }, { NOMAP, 2 * M, M }, { ADD, M, 3 * M } },
	  { { M, 2 * M }, { 2 * M, 3 * M }, { 3 * M, 4 * M } } },
};

static void tables_merge_and_cut(void)
{
	for (unsigned int i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		memblock_boot();
		for (unsigned int s = 0; s < 6; s++)
			take_step(&cases[i].steps[s]);
		check_table(&memblock.memory, cases[i].memory);
		check_table(&memblock.reserved, cases[i].reserved);
	}
}

static void questions_are_answered(void)
{
	memblock_boot();
	CHECK_EQ(memblock_start_of_DRAM(), 0);
	memblock_add(M, 4 * M);
	memblock_add(64 * M, M);
	memblock_reserve(2 * M, M);
	memblock_mark_nomap(4 * M, M);
	CHECK(memblock_is_memory(M) && memblock_is_memory(5 * M - 1));
	CHECK(!memblock_is_memory(5 * M) && !memblock_is_memory(M - 1));
	CHECK(memblock_is_memory(4 * M) && !memblock_is_map_memory(4 * M));
	CHECK(memblock_is_reserved(2 * M) && !memblock_is_reserved(3 * M));
	CHECK(memblock_is_region_memory(M, 3 * M) && !memblock_is_region_memory(M, 8 * M));
	CHECK(memblock_is_region_reserved(M, 2 * M) && !memblock_is_region_reserved(3 * M, M));
	CHECK(!memblock_is_region_reserved(M, M));
	CHECK_EQ(memblock_start_of_DRAM(), M);
	CHECK_EQ(memblock_end_of_DRAM(), 65 * M);
	CHECK_EQ(memblock_phys_mem_size(), 5 * M);
	CHECK_EQ(memblock_reserved_size(), M);
}

static void trimming_cuts_to_whole_units(void)
{
	memblock_boot();
	memblock_add(4096 + 10, 8192);
	memblock_add(M + 1, 100);
	memblock_add(2 * M, 4096);
	memblock_trim_memory(4096);
	CHECK_EQ(memblock.memory.cnt, 2);
	CHECK_EQ(memblock.memory.regions[0].base, 8192);
	CHECK_EQ(memblock.memory.regions[0].size, 4096);
	CHECK_EQ(memblock_phys_mem_size(), 8192);
}

static void free_ranges_are_memory_less_reserved(void)
{
	static const struct range want[] = {
		{ M, 2 * M }, { 3 * M, 4 * M }, { 9 * M, 10 * M },
	};
	phys_addr_t start, end;
	unsigned int seen = 0;
	u64 i;

	memblock_boot();
	memblock_add(M, 4 * M);
	memblock_add(8 * M, 2 * M);
	memblock_reserve(2 * M, M);
	memblock_mark_nomap(4 * M, M);
	memblock_reserve(6 * M, 3 * M);
	for_each_free_mem_range(i, NUMA_NO_NODE, MEMBLOCK_NONE, &start, &end, NULL) {
		REQUIRE(seen < 3);
		CHECK_EQ(start, want[seen].base);
		CHECK_EQ(end, want[seen].end);
		seen++;
	}
	CHECK_EQ(seen, 3);
	for_each_free_mem_range_reverse(i, NUMA_NO_NODE, MEMBLOCK_NONE, &start, &end, NULL) {
		REQUIRE(seen > 0);
		seen--;
		CHECK_EQ(start, want[seen].base);
		CHECK_EQ(end, want[seen].end);
	}
	CHECK_EQ(seen, 0);
}

/* A page a letter: '.' no memory, 'a'.. memory of node 0.., upper case: reserved. */
#define MODEL_PAGES	96

static void model_fill(char *model, unsigned int from, unsigned int to, int nid)
{
	for (unsigned int page = from; page < to; page++) {
		if (nid < 0)
			model[page] = model[page] == '.' ? '#' : model[page] & ~0x20;
		else if (model[page] == '.' || model[page] == '#')
			model[page] = model[page] == '#' ? 'A' + nid : 'a' + nid;
	}
}

static bool model_is_free(char letter, int nid)
{
	return letter >= 'a' && letter <= 'z' && (nid == NUMA_NO_NODE || letter == 'a' + nid);
}

static void walks_agree_with_a_model(void)
{
	for (unsigned int round = 0; round < 200; round++) {
		char model[MODEL_PAGES + 1], up[MODEL_PAGES + 1], down[MODEL_PAGES + 1];
		int nid = (int)km_test_random_below(5) - 1, on;
		phys_addr_t start, end, edge = ~0ull;
		u64 i;

		memblock_boot();
		memset(model, '.', MODEL_PAGES);
		memset(up, 0, sizeof(up));
		memset(down, 0, sizeof(down));
		for (unsigned int step = 0; step < 16; step++) {
			unsigned int from = km_test_random_below(MODEL_PAGES);
			unsigned int to = from + km_test_random_below(MODEL_PAGES - from + 1);
			int node = (int)km_test_random_below(5) - 1;

			model_fill(model, from, to, node);
			if (node < 0)
				memblock_reserve(from * PAGE_SIZE, (to - from) * PAGE_SIZE);
			else
				memblock_add_node(from * PAGE_SIZE, (to - from) * PAGE_SIZE, node,
						  MEMBLOCK_NONE);
		}
		for_each_free_mem_range(i, nid, MEMBLOCK_NONE, &start, &end, &on) {
			CHECK(start < end);
			memset(up + start / PAGE_SIZE, 'a' + on, (end - start) / PAGE_SIZE);
		}
		for_each_free_mem_range_reverse(i, nid, MEMBLOCK_NONE, &start, &end, &on) {
			CHECK(start < end && end <= edge);
			edge = start;
			memset(down + start / PAGE_SIZE, 'a' + on, (end - start) / PAGE_SIZE);
		}
		for (unsigned int page = 0; page < MODEL_PAGES; page++) {
			char want = model_is_free(model[page], nid) ? model[page] : 0;

			CHECK_EQ(up[page], want);
			CHECK_EQ(down[page], want);
		}
	}
	memblock_boot();
}

static void nodes_are_a_wish_or_an_order(void)
{
	unsigned long first, last;
	int i, nid, seen = 0;

	memblock_boot();
	memblock_add_node(M, M, 0, MEMBLOCK_NONE);
	memblock_add_node(2 * M, M, 1, MEMBLOCK_NONE);
	CHECK_EQ(memblock.memory.cnt, 2);
	CHECK_EQ(memblock_phys_alloc_try_nid(4096, 4096, 0), 2 * M - 4096);
	CHECK_EQ(memblock_alloc_range_nid(M, 4096, 0, 0, 0, true), 0);
	CHECK_EQ(memblock_alloc_range_nid(M, 4096, 0, 0, 0, false), 2 * M);
	CHECK_EQ(memblock_search_pfn_nid(2 * M / PAGE_SIZE, &first, &last), 1);
	CHECK_EQ(first, 2 * M / PAGE_SIZE);
	CHECK_EQ(last, 3 * M / PAGE_SIZE);
	CHECK_EQ(memblock_search_pfn_nid(9 * M / PAGE_SIZE, &first, &last), NUMA_NO_NODE);
	for_each_mem_pfn_range(i, MAX_NUMNODES, &first, &last, &nid) {
		CHECK_EQ(nid, seen);
		seen++;
	}
	CHECK_EQ(seen, 2);
	CHECK_EQ(memblock_set_node(M, 2 * M, &memblock.memory, 3), 0);
	CHECK_EQ(memblock.memory.cnt, 1);
	CHECK_EQ(memblock.memory.regions[0].nid, 3);
	CHECK(memblock_validate_numa_coverage(4096));
	memblock_add(8 * M, M);
	CHECK(!memblock_validate_numa_coverage(4096));
	memblock_boot();
}

static void special_memory_wants_to_be_asked_for(void)
{
	phys_addr_t start, end;
	unsigned int seen = 0;
	u64 i;

	memblock_boot();
	memblock_add(M, 4 * M);
	memblock_mark_mirror(2 * M, M);
	CHECK_EQ(memblock_phys_alloc(4096, 4096), 3 * M - 4096);
	CHECK_EQ(memblock_phys_alloc(2 * M, 4096), 3 * M);
	memblock_boot();
	memblock_add(M, 2 * M);
	memblock_mark_hotplug(2 * M, M);
	movable_node_enabled = true;
	CHECK_EQ(memblock_phys_alloc(4096, 4096), 2 * M - 4096);
	for_each_mem_range(i, &start, &end)
		seen++;
	movable_node_enabled = false;
	CHECK_EQ(seen, 2);
	CHECK_EQ(memblock_phys_alloc(4096, 4096), 3 * M - 4096);
	memblock_boot();
}

static void memory_may_be_limited(void)
{
	memblock_boot();
	memblock_add(M, M);
	memblock_add(4 * M, 4 * M);
	memblock_mark_nomap(7 * M, M);
	memblock_reserve(6 * M, M);
	memblock_mem_limit_remove_map(2 * M);
	CHECK_EQ(memblock_phys_mem_size(), 3 * M);
	CHECK(memblock_is_memory(7 * M) && !memblock_is_memory(5 * M));
	CHECK_EQ(memblock_reserved_size(), 0);
	memblock_enforce_memory_limit(M + M / 2);
	CHECK_EQ(memblock_end_of_DRAM(), 4 * M + M / 2);
	CHECK_EQ(memblock_estimated_nr_free_pages(), (M + M / 2) / PAGE_SIZE);
	memblock_boot();
}

static void allocation_goes_from_the_top_unless_told(void)
{
	memblock_boot();
	memblock_add(M, 4 * M);
	CHECK_EQ(memblock_phys_alloc(4096, 4096), 5 * M - 4096);
	CHECK_EQ(memblock_phys_alloc(100, 64), 5 * M - 4096 - 128);
	memblock_set_bottom_up(true);
	CHECK_EQ(memblock_phys_alloc(4096, 4096), M);
	CHECK_EQ(memblock_phys_alloc(1, M), 2 * M);
	memblock_set_bottom_up(false);
	CHECK_EQ(memblock_phys_alloc_range(4096, 4096, 2 * M, 3 * M), 3 * M - 4096);
	CHECK_EQ(memblock_phys_alloc_range(4096, 4096, 0, M), 0);
	CHECK_EQ(memblock_phys_alloc(8 * M, 4096), 0);
	memblock_set_current_limit(2 * M);
	CHECK(memblock_phys_alloc(4096, 4096) < 2 * M);
	CHECK_EQ(memblock_get_current_limit(), 2 * M);
}

static void tables_grow_beyond_their_first_size(void)
{
	struct page *block = alloc_pages(GFP_KERNEL, 8);
	phys_addr_t base = page_to_phys(block);

	REQUIRE(block);
	memblock_boot();
	memblock_add(base, M);
	for (unsigned int i = 0; i < INIT_MEMBLOCK_RESERVED_REGIONS; i++)
		CHECK_EQ(memblock_reserve(G + i * 8192, 4096), 0);
	CHECK_EQ(memblock_reserve(2 * G, 4096), -ENOMEM);
	CHECK_EQ(memblock_phys_free(G, G), 0);
	memblock_allow_resize();
	for (unsigned int i = 0; i < 1000; i++)
		CHECK_EQ(memblock_reserve(512 * G + i * 8192, 4096), 0);
	CHECK(memblock.reserved.max >= 1000);
	CHECK(memblock.reserved.cnt >= 1000);
	for (unsigned int i = 0; i < 999; i++)
		memblock_reserve(512 * G + i * 8192 + 4096, 4096);
	/* One run of reservations, and the new table itself. */
	CHECK(memblock.reserved.cnt <= 3);
	CHECK(memblock_is_region_reserved(base, M));
	__free_pages(block, 8);
	memblock_boot();
}

static void late_callers_get_pages_and_a_warning(void)
{
	unsigned long before = page_free_total();
	char *late;

	km_test_console_clear();
	late = memblock_alloc(5000, 64);
	CHECK(text_has(km_test_console(), "WARNING"));
	REQUIRE(late);
	for (unsigned int i = 0; i < 5000; i++)
		CHECK_EQ(late[i], 0);
	free_pages_exact(late, 5000);
	CHECK_EQ(page_free_total(), before);
}

KM_TESTS(boot_page_room,
	 T(tables_merge_and_cut),
	 T(questions_are_answered),
	 T(trimming_cuts_to_whole_units),
	 T(free_ranges_are_memory_less_reserved),
	 T(walks_agree_with_a_model),
	 T(nodes_are_a_wish_or_an_order),
	 T(special_memory_wants_to_be_asked_for),
	 T(memory_may_be_limited),
	 T(allocation_goes_from_the_top_unless_told),
	 T(tables_grow_beyond_their_first_size),
	 T(late_callers_get_pages_and_a_warning));
