/* SPDX-License-Identifier: MIT */
/* watermark_test.c - who is turned away first, and where */
#include "page/page_test.h"

static void min_free_kbytes_follows_the_square_root(void)
{
	static const struct { unsigned long kbytes, want; } cases[] = {
		{ 0, 128 }, { 1023, 128 }, { 1024, 128 }, { 1296, 144 }, { 64 << 10, 1024 },
		{ 1 << 20, 4096 }, { 16 << 20, 16384 }, { 1UL << 40, 262144 }, { 63 << 10, 1015 },
	};

	for (unsigned int i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		CHECK_EQ(watermark_min_free_kbytes(cases[i].kbytes), cases[i].want);
}

static void marks_ascend_by_equal_steps(void)
{
	unsigned long sum = 0;

	for (unsigned int id = 0; id < MAX_NR_ZONES; id++) {
		const struct page_zone *zone = node_zone(0, id);
		unsigned long step = zone->mark[MARK_LOW] - zone->mark[MARK_MIN];

		sum += zone->mark[MARK_MIN];
		if (!zone_is_populated(zone))
			continue;
		CHECK(step >= zone->mark[MARK_MIN] / 4);
		CHECK_EQ(zone->mark[MARK_HIGH] - zone->mark[MARK_LOW], step);
		CHECK_EQ(zone->mark[MARK_PROMO] - zone->mark[MARK_HIGH], step);
	}
	/* Each zone's share is rounded down. */
	CHECK(sum <= min_free_kbytes >> 2 && sum + MAX_NR_ZONES >= min_free_kbytes >> 2);
}

static void the_limit_depends_on_urgency(void)
{
	struct page_zone zone = { .mark = { 1000, 1250, 1500, 1750 } };
	static const struct { gfp_t gfp; enum zone_mark mark; unsigned long want; } cases[] = {
		{ GFP_KERNEL, MARK_LOW, 1250 }, { GFP_KERNEL, MARK_MIN, 1000 },
		{ GFP_ATOMIC, MARK_LOW, 1250 }, { GFP_ATOMIC, MARK_MIN, 375 },
		{ GFP_KERNEL | __GFP_HIGH, MARK_MIN, 500 }, { GFP_NOWAIT, MARK_MIN, 1000 },
		{ GFP_ATOMIC | __GFP_NOMEMALLOC, MARK_MIN, 500 }, { 0, MARK_MIN, 1000 },
	};

	for (unsigned int i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct page_ask ask;

		page_ask_make(&ask, cases[i].gfp, 0);
		CHECK_EQ(watermark_limit(&zone, cases[i].mark, &ask), cases[i].want);
	}
	zone.reserve[ZONE_NORMAL] = 77;
	{
		struct page_ask ask;

		page_ask_make(&ask, GFP_KERNEL, 0);
		CHECK_EQ(watermark_limit(&zone, MARK_MIN, &ask), 1077);
	}
}

static void a_block_must_exist_besides_the_count(void)
{
	struct page_zone zone = { .free = 100 };

	zone.free_blocks[1].count = 50;
	CHECK(watermark_is_ok(&zone, 0, 99));
	CHECK(!watermark_is_ok(&zone, 0, 100));
	CHECK(watermark_is_ok(&zone, 1, 98));
	CHECK(!watermark_is_ok(&zone, 1, 99));
	CHECK(!watermark_is_ok(&zone, 2, 10));
	zone.free_blocks[5].count = 1;
	CHECK(watermark_is_ok(&zone, 2, 10));
}

static unsigned long zone_total(const struct page_zone *zone)
{
	return zone->free + pcp_pages(zone);
}

static void kernel_fails_before_atomic_and_atomic_before_memalloc(void)
{
	const struct page_zone *zone = zone_named(ZONE_NORMAL);
	unsigned long before = free_after_drain();
	struct hoard kernel, atomic, all;

	hoard_fill(&kernel, GFP_KERNEL, ~0UL);
	CHECK(kernel.count > 0);
	CHECK_EQ(zone_total(zone), zone->mark[MARK_MIN]);
	hoard_fill(&atomic, GFP_ATOMIC, ~0UL);
	CHECK(atomic.count > 0);
	CHECK_EQ(zone_total(zone), zone->mark[MARK_MIN] - zone->mark[MARK_MIN] / 2 -
		 (zone->mark[MARK_MIN] - zone->mark[MARK_MIN] / 2) / 4);
	CHECK(!alloc_pages(GFP_KERNEL | __GFP_NOWARN, 0));
	CHECK(!alloc_pages(GFP_ATOMIC | __GFP_NOWARN | __GFP_NOMEMALLOC, 0));
	hoard_fill(&all, GFP_ATOMIC | __GFP_MEMALLOC, ~0UL);
	CHECK(all.count > 0);
	CHECK_EQ(page_free_total(), 0);
	hoard_free(&all);
	hoard_free(&atomic);
	hoard_free(&kernel);
	CHECK_EQ(free_after_drain(), before);
	CHECK(page_validate());
}

static void the_failure_report_is_the_kernels(void)
{
	struct hoard kernel;
	struct page *page;

	hoard_fill(&kernel, GFP_KERNEL, ~0UL);
	km_test_console_clear();
	page_report_boot();
	page = alloc_pages(GFP_KERNEL | __GFP_COMP, 4);
	CHECK(!page);
	CHECK(text_has(km_test_console(), ": page allocation failure: order:4, mode:0x40cc0"
		       "(GFP_KERNEL|__GFP_COMP), nodemask=(null),cpuset=/,mems_allowed=0\n"));
	CHECK(text_has(km_test_console(), "Mem-Info:\n"));
	CHECK(text_has(km_test_console(), "lowmem_reserve[]:"));
	km_test_console_clear();
	CHECK(!alloc_pages(GFP_KERNEL, 4));
	CHECK(!text_has(km_test_console(), "page allocation failure"));
	hoard_free(&kernel);
}

KM_TESTS(boot_page_room,
	 T(min_free_kbytes_follows_the_square_root),
	 T(marks_ascend_by_equal_steps),
	 T(the_limit_depends_on_urgency),
	 T(a_block_must_exist_besides_the_count),
	 T(kernel_fails_before_atomic_and_atomic_before_memalloc),
	 T(the_failure_report_is_the_kernels));
