/* SPDX-License-Identifier: MIT */
/* contig_test.c - runs of frames: a certain one, any one, and what stands in the way */
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/string.h>
#include "page/page_test.h"

/* A block of 2^10 free frames, by its first number. */
static unsigned long free_run(void)
{
	struct page *block = alloc_pages(GFP_KERNEL, MAX_PAGE_ORDER);
	unsigned long pfn = page_to_pfn(block);

	__free_pages(block, MAX_PAGE_ORDER);
	drain_all_pages(NULL);
	return pfn;
}

static void a_range_is_had_as_single_pages(void)
{
	unsigned long before = page_free_total(), pfn = free_run();
	static const struct { unsigned int from, to; } ranges[] = {
		{ 0, 1 }, { 3, 7 }, { 1, 1024 }, { 500, 777 }, { 0, 1024 }, { 512, 513 },
	};

	for (unsigned int i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
		unsigned long start = pfn + ranges[i].from, end = pfn + ranges[i].to;

		CHECK_EQ(alloc_contig_range(start, end, MIGRATE_MOVABLE, GFP_KERNEL), 0);
		CHECK_EQ(page_free_total(), before - (end - start));
		for (unsigned long at = start; at < end; at++) {
			CHECK_EQ(page_count(pfn_to_page(at)), 1);
			CHECK(!PageCompound(pfn_to_page(at)));
		}
		CHECK(page_validate());
		/* What is out is busy, and nothing of a range that holds it is taken. */
		CHECK_EQ(alloc_contig_range(pfn, pfn + 1024, MIGRATE_MOVABLE, GFP_KERNEL), -EBUSY);
		CHECK_EQ(page_free_total(), before - (end - start));
		free_contig_range(start, end - start);
		CHECK_EQ(page_free_total(), before);
	}
	drain_all_pages(NULL);
	CHECK(page_validate());
	CHECK_EQ(free_run(), pfn);
}

static void what_cannot_be_obeyed_is_refused(void)
{
	unsigned long before = page_free_total(), pfn = free_run();

	CHECK_EQ(alloc_contig_range(pfn, pfn, MIGRATE_MOVABLE, GFP_KERNEL), -EINVAL);
	CHECK_EQ(alloc_contig_range(pfn + 2, pfn, MIGRATE_MOVABLE, GFP_KERNEL), -EINVAL);
	CHECK_EQ(alloc_contig_range(0, 0, MIGRATE_MOVABLE, GFP_KERNEL), -EINVAL);
	CHECK_EQ(alloc_contig_range(pfn, pfn + 4, MIGRATE_ISOLATE, GFP_KERNEL), -EINVAL);
	CHECK_EQ(alloc_contig_range(pfn, pfn + 4, MIGRATE_MOVABLE, GFP_KERNEL | __GFP_NOFAIL),
		 -EINVAL);
	CHECK_EQ(alloc_contig_range(pfn, pfn + 3, MIGRATE_MOVABLE, GFP_KERNEL | __GFP_COMP),
		 -EINVAL);
	CHECK_EQ(alloc_contig_range(pfn + 1, pfn + 5, MIGRATE_MOVABLE, GFP_KERNEL | __GFP_COMP),
		 -EINVAL);
	/* A hole: beyond the last frame number there can be. */
	CHECK_EQ(alloc_contig_range(1ul << 34, (1ul << 34) + 4, MIGRATE_MOVABLE, GFP_KERNEL),
		 -EINVAL);
	CHECK(!alloc_contig_pages(0, GFP_KERNEL, NUMA_NO_NODE, NULL));
	CHECK(!alloc_contig_pages(1ul << 40, GFP_KERNEL, NUMA_NO_NODE, NULL));
	CHECK(!alloc_contig_pages(4, GFP_KERNEL, 7, NULL));
	CHECK_EQ(page_free_total(), before);
}

static bool is_zero(const struct page *page, unsigned long pages)
{
	const unsigned long *word = page_address(page);

	for (unsigned long i = 0; i < pages * PAGE_SIZE / sizeof(*word); i++) {
		if (word[i])
			return false;
	}
	return true;
}

static void any_run_of_a_length(void)
{
	unsigned long before = page_free_total();
	static const unsigned long lengths[] = { 1, 2, 5, 64, 100, 1024, 1500, 2048, 3000 };

	for (unsigned int i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		unsigned long pages = lengths[i], pfn;
		struct page *page = alloc_contig_pages(pages, GFP_KERNEL | __GFP_ZERO,
						       NUMA_NO_NODE, NULL);

		REQUIRE(page);
		pfn = page_to_pfn(page);
		if (!(pages & (pages - 1)))
			CHECK_EQ(pfn & (pages - 1), 0);
		CHECK(is_zero(page, pages));
		memset(page_address(page), 0x77, pages * PAGE_SIZE);
		CHECK_EQ(page_free_total(), before - pages);
		free_contig_range(pfn, pages);
		CHECK_EQ(page_free_total(), before);
	}
	drain_all_pages(NULL);
	CHECK(page_validate());
}

static void a_folio_of_a_range(void)
{
	unsigned long before = page_free_total(), pfn = free_run();

	CHECK_EQ(alloc_contig_range(pfn + 64, pfn + 128, MIGRATE_MOVABLE, GFP_KERNEL | __GFP_COMP),
		 0);
	CHECK_EQ(compound_order(pfn_to_page(pfn + 64)), 6);
	CHECK(compound_head(pfn_to_page(pfn + 100)) == pfn_to_page(pfn + 64));
	CHECK_EQ(page_count(pfn_to_page(pfn + 100)), 1);
	free_contig_range(pfn + 64, 64);
	CHECK_EQ(page_free_total(), before);
	CHECK(page_validate());
}

/* Every second page of memory is out: no two frames are to be had, one is. */
static void nobody_s_page_is_moved(void)
{
	struct hoard hoard, kept;
	struct page *page, *next;

	hoard_fill(&hoard, GFP_KERNEL | __GFP_NORETRY, ~0ul);
	INIT_LIST_HEAD(&kept.pages);
	kept.count = 0;
	list_for_each_entry_safe(page, next, &hoard.pages, lru) {
		list_del(&page->lru);
		if (page_to_pfn(page) & 1)
			hoard_add(&kept, page);
		else
			__free_page(page);
	}
	/* Below the marks some pairs were never taken; a run of this length was not left. */
	CHECK(!alloc_contig_pages(2048, GFP_KERNEL, NUMA_NO_NODE, NULL));
	page = alloc_contig_pages(1, GFP_KERNEL, NUMA_NO_NODE, NULL);
	CHECK(page);
	if (page)
		free_contig_range(page_to_pfn(page), 1);
	hoard_free(&kept);
	drain_all_pages(NULL);
	CHECK(page_validate());
}

KM_TESTS(boot_page_room,
	 T(a_range_is_had_as_single_pages),
	 T(what_cannot_be_obeyed_is_refused),
	 T(any_run_of_a_length),
	 T(a_folio_of_a_range),
	 T(nobody_s_page_is_moved));
