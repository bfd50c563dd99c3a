/* SPDX-License-Identifier: MIT */
/* alloc_test.c - what comes out of the public calls */
#include <linux/sched/mm.h>
#include "page/page_test.h"

static bool is_filled(const struct page *page, unsigned int order, u8 byte)
{
	const u8 *bytes = page_address(page);

	for (size_t i = 0; i < PAGE_SIZE << order; i++) {
		if (bytes[i] != byte)
			return false;
	}
	return true;
}

static void fill(const struct page *page, unsigned int order, u8 byte)
{
	__builtin_memset(page_address(page), byte, PAGE_SIZE << order);
}

static void every_order_comes_aligned_and_counted(void)
{
	for (unsigned int order = 0; order <= MAX_PAGE_ORDER; order++) {
		unsigned long before = page_free_total();
		struct page *page = alloc_pages(GFP_KERNEL, order);

		REQUIRE(page);
		CHECK_EQ(page_to_phys(page) & ((PAGE_SIZE << order) - 1), 0);
		CHECK_EQ(page_count(page), 1);
		CHECK_EQ(page_free_total(), before - (1UL << order));
		for (unsigned long i = 1; i < 1UL << order; i++)
			CHECK_EQ(page_ref_count(page + i), 0);
		__free_pages(page, order);
		CHECK_EQ(page_free_total(), before);
	}
}

static void an_order_too_large_is_null(void)
{
	km_test_console_clear();
	CHECK(!alloc_pages(GFP_KERNEL | __GFP_NOWARN, MAX_PAGE_ORDER + 1));
	CHECK(!text_has(km_test_console(), "WARNING"));
	CHECK(!alloc_pages(GFP_KERNEL, MAX_PAGE_ORDER + 1));
	CHECK(text_has(km_test_console(), "WARNING"));
	km_test_console_clear();
	CHECK(!alloc_pages(GFP_KERNEL, 64));
	CHECK(!text_has(km_test_console(), "WARNING"));
	CHECK_EQ(__get_free_pages(GFP_KERNEL, ~0u), 0);
}

static void zero_means_zero(void)
{
	for (unsigned int order = 0; order <= 4; order++) {
		struct page *page = alloc_pages(GFP_KERNEL, order);

		fill(page, order, 0xa5);
		__free_pages(page, order);
		page = alloc_pages(GFP_KERNEL | __GFP_ZERO, order);
		CHECK(is_filled(page, order, 0));
		__free_pages(page, order);
	}
}

static void own_requests_fail_when_planned(void)
{
	struct page *page;

	page_fail_after(2, 1);
	for (unsigned int i = 0; i < 5; i++) {
		page = page_take(GFP_KERNEL, 0, PAGE_OWNER_PAGES);
		CHECK_EQ(page == NULL, i == 2);
		if (page)
			page_give(page, 0);
	}
	CHECK_EQ(page_fail_stop(), 1ul);
	page_fail_after(0, 100);
	CHECK(!page_take_easily(GFP_KERNEL, 3, PAGE_OWNER_PAGES));
	page = page_take(GFP_KERNEL | __GFP_NOFAIL, 0, PAGE_OWNER_PAGES);
	CHECK(page);
	page_give(page, 0);
	page = alloc_page(GFP_KERNEL);
	CHECK(page);
	__free_page(page);
	CHECK_EQ(page_fail_stop(), 1ul);
	page = page_take(GFP_KERNEL, 0, PAGE_OWNER_PAGES);
	CHECK(page);
	page_give(page, 0);
}

static void init_on_alloc_and_free_wipe(void)
{
	struct page *page = alloc_pages(GFP_KERNEL, 1);

	fill(page, 1, 0xa5);
	page_init_on_free = true;
	__free_pages(page, 1);
	CHECK(is_filled(page, 1, 0));
	page_init_on_free = false;
	fill(page, 1, 0xa5);
	page_zero_gfp = __GFP_ZERO;
	page = alloc_pages(GFP_KERNEL, 1);
	CHECK(is_filled(page, 1, 0));
	CHECK(want_init_on_alloc(GFP_KERNEL));
	page_zero_gfp = 0;
	__free_pages(page, 1);
}

static void highmem_has_an_address_here_and_dma_obeys(void)
{
	unsigned long address = __get_free_pages(GFP_HIGHUSER, 0);

	CHECK(address && virt_addr_valid(address));
	free_page(address);
	address = __get_dma_pages(GFP_KERNEL, 2);
	CHECK(virt_to_phys((void *)address) + 4 * PAGE_SIZE <= 16 << 20);
	free_pages(address, 2);
	address = get_zeroed_page(GFP_KERNEL);
	CHECK(is_filled(virt_to_page(address), 0, 0));
	free_page(address);
}

static void bulk_fills_empty_slots_only(void)
{
	unsigned long before = page_free_total();
	struct page *pages[16] = { NULL };
	struct page *own = alloc_pages(GFP_KERNEL, 0);
	LIST_HEAD(list);
	struct page *page, *next;

	pages[5] = own;
	CHECK_EQ(alloc_pages_bulk_array(GFP_KERNEL, 0, pages), 0);
	CHECK_EQ(alloc_pages_bulk_array(GFP_KERNEL, 16, pages), 16);
	CHECK(pages[5] == own);
	for (unsigned int i = 0; i < 16; i++) {
		CHECK_EQ(page_count(pages[i]), 1);
		__free_pages(pages[i], 0);
	}
	CHECK_EQ(alloc_pages_bulk_list(GFP_KERNEL, 9, &list), 9);
	list_for_each_entry_safe(page, next, &list, lru)
		__free_pages(page, 0);
	CHECK_EQ(page_free_total(), before);
}

static void bulk_stops_when_memory_is_short(void)
{
	static struct page *pages[64];
	struct hoard hoard;
	unsigned long got;

	hoard_fill(&hoard, GFP_KERNEL, ~0UL);
	CHECK_EQ(alloc_pages_bulk_array(GFP_KERNEL | __GFP_NOWARN, 64, pages), 0);
	got = alloc_pages_bulk_array(GFP_ATOMIC | __GFP_NOWARN, 64, pages);
	CHECK(got >= 1 && got < 64);
	for (unsigned long i = 0; i < got; i++)
		__free_pages(pages[i], 0);
	hoard_free(&hoard);
}

static void exact_sizes_give_the_tail_back(void)
{
	static const struct { size_t bytes; unsigned long pages; } cases[] = {
		{ 1, 1 }, { 4096, 1 }, { 4097, 2 }, { 12288, 3 }, { 20000, 5 }, { 1 << 20, 256 },
		{ (1 << 20) + 1, 257 },
	};

	for (unsigned int i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		unsigned long before = page_free_total();
		void *address = alloc_pages_exact(cases[i].bytes, GFP_KERNEL);

		REQUIRE(address);
		CHECK_EQ(before - page_free_total(), cases[i].pages);
		__builtin_memset(address, 1, cases[i].bytes);
		free_pages_exact(address, cases[i].bytes);
		CHECK_EQ(page_free_total(), before);
	}
	CHECK(!alloc_pages_exact(0, GFP_KERNEL | __GFP_NOWARN));
	CHECK(!alloc_pages_exact((4 << 20) + 1, GFP_KERNEL | __GFP_NOWARN));
	CHECK(page_validate());
}

static void fragments_free_their_page_with_the_last(void)
{
	struct page_frag_cache cache = { 0 };
	unsigned long before = page_free_total();
	void *pieces[100];

	for (unsigned int round = 0; round < 5; round++) {
		for (unsigned int i = 0; i < 100; i++) {
			pieces[i] = page_frag_alloc_align(&cache, 700, GFP_KERNEL, 64);
			CHECK(pieces[i] && !((uintptr_t)pieces[i] & 63));
			__builtin_memset(pieces[i], i, 700);
		}
		for (unsigned int i = 0; i < 100; i++) {
			CHECK_EQ(*(u8 *)pieces[i], i);
			page_frag_free(pieces[i]);
		}
	}
	CHECK(!page_frag_alloc(&cache, PAGE_FRAG_CACHE_MAX_SIZE + 1, GFP_KERNEL));
	page_frag_cache_drain(&cache);
	CHECK_EQ(page_free_total(), before);
	CHECK(page_validate());
}

static void frames_are_found_by_any_pointer(void)
{
	struct page *page = alloc_pages(GFP_KERNEL, 0);
	char *address = page_address(page);
	int local;

	CHECK(frame_of(address) == page && frame_of(address + PAGE_SIZE - 1) == page);
	CHECK(page_is_frame(page) && !page_is_frame((struct page *)&local));
	CHECK(pfn_to_page(page_to_pfn(page)) == page);
	CHECK(phys_to_virt(virt_to_phys(address + 5)) == address + 5);
	CHECK(!frame_of(NULL) && !frame_of((void *)-1L) && !frame_of((void *)16));
	CHECK(!frame_of((void *)0x5a5a5a5a5a5a5a5aUL) && !frame_of((void *)0xdead000000000100UL));
	CHECK(!frame_of(&local) || !virt_addr_valid(&local) ||
	      frame_of(&local)->owner == PAGE_OWNER_RESERVED);
	CHECK(!pfn_to_page(~0UL >> 12) && !pfn_valid(3UL << 20));
	__free_pages(page, 0);
}

static void scopes_and_faults_of_gfp(void)
{
	unsigned int outer = memalloc_nofs_save(), inner = memalloc_noio_save(), all;
	struct page_ask ask;

	CHECK_EQ(current_gfp_context(GFP_KERNEL), GFP_NOIO);
	page_ask_make(&ask, GFP_KERNEL, 0);
	CHECK(ask.may_block && !ask.may_io && !ask.may_fs);
	memalloc_noio_restore(inner);
	CHECK_EQ(current_gfp_context(GFP_KERNEL), GFP_NOFS);
	memalloc_nofs_restore(outer);
	CHECK_EQ(current_gfp_context(GFP_KERNEL), GFP_KERNEL);
	all = memalloc_noreclaim_save();
	page_ask_make(&ask, GFP_KERNEL, 0);
	CHECK(ask.use_all);
	page_ask_make(&ask, GFP_KERNEL | __GFP_NOMEMALLOC, 0);
	CHECK(!ask.use_all);
	memalloc_noreclaim_restore(all);
	CHECK(!gfp_fault(GFP_KERNEL, 0) && !gfp_fault(GFP_ATOMIC | GFP_DMA, 0));
	CHECK(!gfp_fault(0, 0) && !gfp_fault(GFP_TRANSHUGE, 9));
	CHECK(gfp_fault(GFP_KERNEL | __GFP_DMA | __GFP_HIGHMEM, 0));
	CHECK(gfp_fault(GFP_KERNEL | __GFP_DMA | __GFP_DMA32, 0));
	CHECK(gfp_fault(GFP_ATOMIC | __GFP_NOFAIL, 0) && gfp_fault(GFP_KERNEL | __GFP_NOFAIL, 2));
	CHECK(gfp_fault(0x200, 0) && gfp_fault(1u << 30, 0));
	CHECK(gfp_fault(GFP_KERNEL | __GFP_MOVABLE | __GFP_RECLAIMABLE, 0));
}

KM_TESTS(boot_page_room,
	 T(every_order_comes_aligned_and_counted),
	 T(an_order_too_large_is_null),
	 T(zero_means_zero),
	 T(init_on_alloc_and_free_wipe),
	 T(own_requests_fail_when_planned),
	 T(highmem_has_an_address_here_and_dma_obeys),
	 T(bulk_fills_empty_slots_only),
	 T(bulk_stops_when_memory_is_short),
	 T(exact_sizes_give_the_tail_back),
	 T(fragments_free_their_page_with_the_last),
	 T(frames_are_found_by_any_pointer),
	 T(scopes_and_faults_of_gfp));
