/* SPDX-License-Identifier: MIT */
/* folio_test.c - references, flags and bytes of folios and of pages by list and by array */
#include <linux/gfp.h>
#include <linux/highmem.h>
#include <linux/list.h>
#include <linux/mm.h>
#include "page/page_test.h"

static void a_folio_lives_as_long_as_its_last_reference(void)
{
	unsigned long before = page_free_total();
	struct folio *folio = folio_alloc(GFP_KERNEL, 3);

	REQUIRE(folio);
	CHECK(folio_test_large(folio));
	CHECK_EQ(folio_order(folio), 3);
	CHECK_EQ(folio_nr_pages(folio), 8);
	CHECK_EQ(folio_size(folio), 8 * PAGE_SIZE);
	CHECK_EQ(folio_shift(folio), PAGE_SHIFT + 3);
	CHECK(page_folio(folio_page(folio, 5)) == folio);
	CHECK_EQ(folio_page_idx(folio, folio_page(folio, 5)), 5);
	CHECK_EQ(folio_ref_count(folio), 1);
	get_page(folio_page(folio, 7));
	folio_get(folio);
	folio_ref_add(folio, 2);
	CHECK_EQ(folio_ref_count(folio), 5);
	CHECK_EQ(page_count(folio_page(folio, 3)), 5);
	folio_put_refs(folio, 4);
	CHECK_EQ(folio_ref_count(folio), 1);
	CHECK(!folio_ref_freeze(folio, 2));
	CHECK(folio_ref_freeze(folio, 1));
	CHECK(!folio_try_get(folio));
	folio_ref_unfreeze(folio, 1);
	folio_put_refs(folio, 1);
	CHECK_EQ(page_free_total(), before);
}

static void flags_are_those_of_the_first_page(void)
{
	struct folio *folio = folio_alloc(GFP_KERNEL, 0);

	REQUIRE(folio);
	CHECK(!folio_test_large(folio));
	folio_set_uptodate(folio);
	CHECK(PageUptodate(folio_page(folio, 0)));
	CHECK(!folio_test_set_dirty(folio));
	CHECK(folio_test_set_dirty(folio));
	CHECK(folio_test_clear_dirty(folio));
	CHECK(!folio_test_dirty(folio));
	__folio_set_locked(folio);
	CHECK(PageLocked(folio_page(folio, 0)));
	__folio_clear_locked(folio);
	folio_put(folio);
}

static void pages_go_by_list_and_by_array(void)
{
	unsigned long before = page_free_total();
	struct page *array[6], *extra;
	LIST_HEAD(list);

	for (unsigned int i = 0; i < 6; i++) {
		array[i] = alloc_pages(GFP_KERNEL | __GFP_COMP, i == 4 ? 2 : 0);
		REQUIRE(array[i]);
	}
	array[4] += 3;	/* a tail: its head goes */
	release_pages(array, 6);
	CHECK_EQ(page_free_total(), before);
	CHECK_EQ(alloc_pages_bulk_list(GFP_KERNEL, 5, &list), 5);
	extra = list_first_entry(&list, struct page, lru);
	get_page(extra);
	put_pages_list(&list);
	CHECK(list_empty(&list));
	CHECK_EQ(page_free_total(), before - 1);
	put_page(extra);
	CHECK_EQ(page_free_total(), before);
}

static bool bytes_are(const struct page *page, size_t from, size_t to, unsigned char value)
{
	const unsigned char *bytes = page_address(page);

	while (from < to) {
		if (bytes[from++] != value)
			return false;
	}
	return true;
}

static void bytes_of_a_page_by_offset(void)
{
	struct page *page = alloc_page(GFP_KERNEL), *other = alloc_page(GFP_KERNEL);
	char text[] = "abcdefgh";

	REQUIRE(page && other);
	memset_page(page, 0, 0x5a, PAGE_SIZE);
	zero_user_segments(page, 10, 20, 4000, PAGE_SIZE);
	CHECK(bytes_are(page, 0, 10, 0x5a) && bytes_are(page, 10, 20, 0));
	CHECK(bytes_are(page, 20, 4000, 0x5a) && bytes_are(page, 4000, PAGE_SIZE, 0));
	zero_user(page, 100, 5);
	CHECK(bytes_are(page, 99, 100, 0x5a) && bytes_are(page, 100, 105, 0) &&
	      bytes_are(page, 105, 106, 0x5a));
	memcpy_to_folio((struct folio *)page, 30, text, 8);
	memcpy_page(other, 50, page, 30, 8);
	memset(text, 0, sizeof(text));
	memcpy_from_folio(text, (struct folio *)other, 50, 8);
	CHECK(!memcmp(text, "abcdefgh", 9));
	CHECK(kmap_local_page(page) == page_address(page));
	CHECK(kmap_to_page(kmap_local_pfn(page_to_pfn(page))) == page);
	__free_page(page);
	__free_page(other);
}

KM_TESTS(boot_page_room,
	 T(a_folio_lives_as_long_as_its_last_reference),
	 T(flags_are_those_of_the_first_page),
	 T(pages_go_by_list_and_by_array),
	 T(bytes_of_a_page_by_offset));
