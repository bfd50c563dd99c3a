/* SPDX-License-Identifier: MIT */
/* zone_test.c - where memory comes from */
#include "page/page_test.h"

static void a_zone_keeps_below_its_limit(void)
{
	static const struct { gfp_t gfp; u64 end; } cases[] = {
		{ GFP_KERNEL | GFP_DMA, 16 << 20 }, { GFP_ATOMIC | GFP_DMA, 16 << 20 },
		{ GFP_KERNEL | GFP_DMA32, 4ull << 30 }, { GFP_ATOMIC | GFP_DMA32, 4ull << 30 },
	};

	for (unsigned int i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		for (unsigned int order = 0; order <= 5; order++) {
			struct page *page = alloc_pages(cases[i].gfp, order);
			u64 end = page ? page_to_phys(page) + (PAGE_SIZE << order) : 0;

			CHECK(page);
			CHECK(end <= cases[i].end);
			if (page)
				__free_pages(page, order);
		}
	}
}

static void fallback_only_goes_down(void)
{
	struct hoard hoard;
	struct page *page;
	unsigned int above = 0;
	bool seen[MAX_NR_ZONES] = { false };

	page_drain_all();
	hoard_fill(&hoard, GFP_KERNEL, ~0UL);
	/* The list holds the last one first, so zones must not descend. */
	list_for_each_entry(page, &hoard.pages, lru) {
		seen[page_zonenum(page)] = true;
		if (page_zonenum(page) < above && above == ZONE_NORMAL &&
		    zone_named(ZONE_NORMAL)->mark[MARK_LOW] < zone_named(ZONE_NORMAL)->free)
			km_test_fail(__FILE__, __LINE__,
				     "a lower zone was used while NORMAL had more");
		above = page_zonenum(page);
	}
	CHECK(seen[ZONE_NORMAL] && seen[ZONE_DMA32]);
	CHECK_EQ(above, ZONE_NORMAL);	/* the very first page */
	hoard_free(&hoard);
}

static void dma_is_not_touched_while_normal_has_memory(void)
{
	const struct page_zone *normal = zone_named(ZONE_NORMAL);
	unsigned long dma, dma32, most;
	struct hoard hoard;

	page_drain_all();
	dma = zone_named(ZONE_DMA)->free;
	dma32 = zone_named(ZONE_DMA32)->free;
	most = normal->free - normal->mark[MARK_LOW] - normal->pcp_batch;
	hoard_fill(&hoard, GFP_KERNEL, most);
	CHECK_EQ(hoard.count, most);
	CHECK_EQ(zone_named(ZONE_DMA)->free, dma);
	CHECK_EQ(zone_named(ZONE_DMA32)->free, dma32);
	hoard_free(&hoard);
}

static void the_lower_zones_keep_a_reserve_from_those_above(void)
{
	const struct page_zone *dma = zone_named(ZONE_DMA), *dma32 = zone_named(ZONE_DMA32);
	struct hoard kernel, low;

	page_drain_all();
	CHECK_EQ(dma->reserve[ZONE_DMA], 0);
	CHECK_EQ(dma->reserve[ZONE_DMA32], dma32->managed / 256);
	CHECK_EQ(dma->reserve[ZONE_NORMAL],
		 (dma32->managed + zone_named(ZONE_NORMAL)->managed) / 256);
	CHECK_EQ(dma32->reserve[ZONE_NORMAL], zone_named(ZONE_NORMAL)->managed / 256);
	hoard_fill(&kernel, GFP_KERNEL, ~0UL);
	CHECK_EQ(dma->free + pcp_pages(dma), dma->mark[MARK_MIN] + dma->reserve[ZONE_NORMAL]);
	hoard_fill(&low, GFP_KERNEL | GFP_DMA, ~0UL);
	CHECK_EQ(low.count, dma->reserve[ZONE_NORMAL]);
	hoard_free(&low);
	hoard_free(&kernel);
}

static void contradicting_zone_bits_mean_dma_as_in_linux(void)
{
	struct page *page = alloc_pages(GFP_KERNEL | __GFP_DMA | __GFP_DMA32, 0);

	REQUIRE(page);
	CHECK_EQ(page_zonenum(page), ZONE_DMA);
	__free_pages(page, 0);
	CHECK_EQ(gfp_zone(GFP_KERNEL), ZONE_NORMAL);
	CHECK_EQ(gfp_zone(GFP_HIGHUSER), ZONE_NORMAL);
	CHECK_EQ(gfp_zone(GFP_HIGHUSER_MOVABLE), ZONE_MOVABLE);
	CHECK_EQ(gfp_zone(GFP_KERNEL | GFP_DMA), ZONE_DMA);
}

static void sums_agree(void)
{
	unsigned long present = 0, managed = 0;

	for (unsigned int i = 0; i < page_zones(); i++) {
		struct page_zone_stats stats;

		page_zone_read(i, &stats);
		CHECK(stats.managed <= stats.present && stats.present <= stats.spanned);
		CHECK(stats.min < stats.low && stats.low < stats.high);
		present += stats.present;
		managed += stats.managed;
	}
	CHECK_EQ(managed, totalram_pages());
	CHECK_EQ(managed, page_free_total());
	CHECK_EQ(page_zones(), 3);
	CHECK(present >= managed);
}

KM_TESTS(boot_page_room,
	 T(sums_agree),
	 T(a_zone_keeps_below_its_limit),
	 T(fallback_only_goes_down),
	 T(dma_is_not_touched_while_normal_has_memory),
	 T(the_lower_zones_keep_a_reserve_from_those_above),
	 T(contradicting_zone_bits_mean_dma_as_in_linux));
