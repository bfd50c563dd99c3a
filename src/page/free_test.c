/* SPDX-License-Identifier: MIT */
/* free_test.c - references, tails, and pages in a bad state */
#include "page/page_test.h"

static void a_held_page_keeps_only_itself(void)
{
	unsigned long before = page_free_total();
	unsigned long address = __get_free_pages(GFP_KERNEL, 3);
	struct page *page = virt_to_page(address);

	REQUIRE(address);
	get_page(page);
	free_pages(address, 3);
	CHECK_EQ(page_free_total(), before - 1);
	CHECK_EQ(page_count(page), 1);
	put_page(page);
	CHECK_EQ(page_free_total(), before);
	CHECK(page_validate());
}

static void a_held_compound_page_keeps_all(void)
{
	unsigned long before = page_free_total();
	unsigned long address = __get_free_pages(GFP_KERNEL | __GFP_COMP, 3);
	struct page *page = virt_to_page(address);

	REQUIRE(address);
	get_page(page);
	free_pages(address, 3);
	CHECK_EQ(page_free_total(), before - 8);
	put_page(page);
	CHECK_EQ(page_free_total(), before);
}

static void many_rounds_leak_nothing(void)
{
	unsigned long before = page_free_total();

	for (unsigned int i = 0; i < 2000; i++) {
		unsigned long address = __get_free_pages(GFP_KERNEL | (i & 1 ? __GFP_COMP : 0), 3);
		struct page *page = virt_to_page(address);

		get_page(page);
		free_pages(address, 3);
		put_page(page);
	}
	CHECK_EQ(page_free_total(), before);
}

static void a_tail_acts_for_its_head(void)
{
	struct page *page = alloc_pages(GFP_KERNEL | __GFP_COMP, 2);

	REQUIRE(page);
	CHECK(PageHead(page) && PageCompound(page + 3) && PageTail(page + 3));
	CHECK(compound_head(page + 3) == page);
	CHECK(frame_head(page + 3) == page);
	CHECK_EQ(compound_order(page), 2);
	get_page(page + 3);
	CHECK_EQ(page_count(page), 2);
	CHECK_EQ(page_count(page + 1), 2);
	put_page(page + 2);
	CHECK_EQ(page_count(page), 1);
	folio_put(page_folio(page + 1));
	CHECK(!PageCompound(page + 3));
	CHECK(page_validate());
}

static void freeing_twice_is_reported_and_harmless(void)
{
	unsigned long before = page_free_total();
	struct page *page = alloc_pages(GFP_KERNEL, 0);

	REQUIRE(page);
	km_test_console_clear();
	__free_pages(page, 0);
	__free_pages(page, 0);
	CHECK(text_has(km_test_console(), "BUG: Bad page state in process"));
	CHECK(text_has(km_test_console(), "page dumped because: page is already free"));
	km_test_console_clear();
	CHECK_EQ(page_free_total(), before);
	CHECK(page_validate());
}

/* A bad page stays out of circulation; the test mends it and frees it. */
static void expect_bad(struct page *page, unsigned int order, const char *reason)
{
	unsigned long before = page_free_total();

	km_test_console_clear();
	__free_pages(page, order);
	CHECK(text_has(km_test_console(), "BUG: Bad page state in process"));
	CHECK(text_has(km_test_console(), reason));
	CHECK_EQ(page_free_total(), before);
	km_test_console_clear();
	set_page_count(page, 1);
}

static void each_kind_of_bad_page_is_named(void)
{
	struct page *page = alloc_pages(GFP_KERNEL, 1);

	REQUIRE(page);
	page_report_boot();
	expect_bad(page, 0, "order is not that of the allocation");
	expect_bad(page, 2, "order is not that of the allocation");
	page->mapping = (void *)8;
	expect_bad(page, 1, "non-NULL mapping");
	page->mapping = NULL;
	page->_mapcount.counter = 0;
	expect_bad(page, 1, "nonzero mapcount");
	page->_mapcount.counter = -1;
	SetPageLocked(page);
	expect_bad(page, 1, "PAGE_FLAGS_CHECK_AT_FREE flag(s) set");
	ClearPageLocked(page);
	page_ref_inc(page + 1);
	expect_bad(page, 1, "frame inside a freed block is in use");
	page_ref_dec(page + 1);
	__free_pages(page, 1);
	CHECK(page_validate());
}

static void a_split_block_is_freed_page_by_page(void)
{
	unsigned long before = page_free_total();
	struct page *page = alloc_pages(GFP_KERNEL, 3);

	REQUIRE(page);
	split_page(page, 3);
	for (unsigned int i = 8; i-- > 0;) {
		CHECK_EQ(page_count(page + i), 1);
		__free_pages(page + i, 0);
	}
	CHECK_EQ(page_free_total(), before);
	CHECK(page_validate());
}

static void freeing_nothing_is_allowed_by_address(void)
{
	free_pages(0, 0);
	free_page(0);
}

KM_TESTS(boot_page_room,
	 T(a_held_page_keeps_only_itself),
	 T(a_held_compound_page_keeps_all),
	 T(many_rounds_leak_nothing),
	 T(a_tail_acts_for_its_head),
	 T(freeing_twice_is_reported_and_harmless),
	 T(each_kind_of_bad_page_is_named),
	 T(a_split_block_is_freed_page_by_page),
	 T(freeing_nothing_is_allowed_by_address));
