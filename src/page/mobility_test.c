/* SPDX-License-Identifier: MIT */
/* mobility_test.c - pageblocks: who gets which, who breaks into whose, what is kept for whom */
#include <linux/preempt.h>
#include <linux/sched/mm.h>
#include "page/isolate.h"
#include "page/reclaim_ops.h"
#include "page/topology_test.h"

static unsigned long blocks_of(const struct page_zone *zone, unsigned int type)
{
	struct page_zone_stats stats;

	for (unsigned int i = 0; i < page_zones(); i++) {
		page_zone_read(i, &stats);
		if (stats.type == zone->type && stats.node == zone->node)
			return stats.blocks_of_type[type];
	}
	return 0;
}

static unsigned long free_of(const struct page_zone *zone, unsigned int type)
{
	unsigned long frames = 0;

	for (unsigned int order = 0; order < NR_PAGE_ORDERS; order++)
		frames += zone->free_blocks[order].of_type[type] << order;
	return frames;
}

static unsigned int type_of(const struct page *page)
{
	return get_pageblock_migratetype(page);
}

static void gfp_chooses_the_pageblock(void)
{
	static const struct { gfp_t gfp; unsigned int type; } cases[] = {
		{ GFP_KERNEL, MIGRATE_UNMOVABLE }, { GFP_ATOMIC, MIGRATE_UNMOVABLE },
		{ GFP_HIGHUSER_MOVABLE, MIGRATE_MOVABLE }, { GFP_HIGHUSER, MIGRATE_UNMOVABLE },
		{ GFP_KERNEL | __GFP_RECLAIMABLE, MIGRATE_RECLAIMABLE },
		{ GFP_KERNEL | __GFP_MOVABLE, MIGRATE_MOVABLE },
		{ GFP_NOFS | __GFP_RECLAIMABLE, MIGRATE_RECLAIMABLE },
	};
	struct page *pages[ARRAY_SIZE(cases)][5];

	boot_again();
	for (unsigned int order = 0; order < 5; order++) {
		for (unsigned int i = 0; i < ARRAY_SIZE(cases); i++) {
			pages[i][order] = alloc_pages(cases[i].gfp, order);
			REQUIRE(pages[i][order]);
			CHECK_EQ(type_of(pages[i][order]), cases[i].type);
		}
	}
	CHECK_EQ(blocks_of(zone_named(ZONE_NORMAL), MIGRATE_HIGHATOMIC), 0);
	for (unsigned int order = 0; order < 5; order++) {
		for (unsigned int i = 0; i < ARRAY_SIZE(cases); i++)
			__free_pages(pages[i][order], order);
	}
	CHECK(page_validate());
}

static void a_pin_scope_makes_pages_unmovable(void)
{
	unsigned int saved;
	struct page *page;

	boot_again();
	page = alloc_pages(GFP_HIGHUSER_MOVABLE, 0);
	__free_pages(page, 0);
	saved = memalloc_pin_save();
	page = alloc_pages(GFP_HIGHUSER_MOVABLE, 0);
	memalloc_pin_restore(saved);
	REQUIRE(page);
	CHECK_EQ(type_of(page), MIGRATE_UNMOVABLE);
	__free_pages(page, 0);
}

static void all_is_movable_at_first_and_whole_blocks_change_hands(void)
{
	struct page_zone *zone = zone_named(ZONE_NORMAL);
	unsigned long movable, won;
	struct page *page;

	boot_again();
	movable = blocks_of(zone, MIGRATE_MOVABLE);
	CHECK_EQ(blocks_of(zone, MIGRATE_UNMOVABLE), 0);
	CHECK_EQ(free_of(zone, MIGRATE_MOVABLE), zone->free);
	page = alloc_pages(GFP_KERNEL, 0);
	REQUIRE(page);
	/* The largest block of the movable ones: one or two pageblocks. */
	won = blocks_of(zone, MIGRATE_UNMOVABLE);
	CHECK(won == 1 || won == 2);
	CHECK_EQ(blocks_of(zone, MIGRATE_MOVABLE), movable - won);
	CHECK_EQ(free_of(zone, MIGRATE_UNMOVABLE) + pcp_pages(zone) + 1,
		 won * pageblock_nr_pages);
	__free_pages(page, 0);
	CHECK(page_validate());
}

/* Fill the zone with movable pages, then free what @keep says not to keep. */
static void fill_movable(struct hoard *hoard, bool (*keep)(unsigned long pfn))
{
	struct page *page, *next;

	hoard_fill(hoard, GFP_HIGHUSER_MOVABLE | __GFP_MEMALLOC, ~0UL);
	list_for_each_entry_safe(page, next, &hoard->pages, lru) {
		if (keep(page_to_pfn(page)))
			continue;
		list_del(&page->lru);
		hoard->count--;
		__free_pages(page, 0);
	}
	page_drain_all();
}

static bool keep_three_quarters(unsigned long pfn)
{
	return pfn % 4 != 0;
}

static bool keep_a_quarter(unsigned long pfn)
{
	return pfn % 4 == 0;
}

static void a_pageblock_is_won_over_when_half_of_it_is_free(void)
{
	static const struct { bool (*keep)(unsigned long pfn); bool is_won; } cases[] = {
		{ keep_three_quarters, false }, { keep_a_quarter, true },
	};

	for (unsigned int i = 0; i < ARRAY_SIZE(cases); i++) {
		struct page_zone *zone = zone_named(ZONE_NORMAL);
		struct hoard hoard;
		struct page *page;

		boot_again();
		fill_movable(&hoard, cases[i].keep);
		CHECK_EQ(blocks_of(zone, MIGRATE_UNMOVABLE), 0);
		page = alloc_pages(GFP_KERNEL, 0);
		REQUIRE(page);
		/* The first may still be borrowed, from a pageblock that a hole makes small. */
		CHECK(cases[i].is_won || type_of(page) == MIGRATE_MOVABLE);
		CHECK_EQ(blocks_of(zone, MIGRATE_UNMOVABLE) != 0, cases[i].is_won);
		CHECK(page_validate());
		__free_pages(page, 0);
		hoard_free(&hoard);
		page_drain_all();
		CHECK(page_validate());
	}
}

static void the_first_other_type_is_reclaimable(void)
{
	struct page_zone *zone = zone_named(ZONE_DMA);
	struct page *kernel, *reclaimable[2048], *movable;
	struct hoard hoard;
	unsigned int taken = 0;

	boot_again();
	/* DMA small enough to own: reclaimable blocks of it, the rest full of movable pages. */
	page_drain_all();
	while (taken < 4 && (reclaimable[taken] = alloc_pages(GFP_KERNEL | GFP_DMA |
					 __GFP_RECLAIMABLE | __GFP_MEMALLOC, 8)))
		taken++;
	INIT_LIST_HEAD(&hoard.pages);
	hoard.count = 0;
	while (free_of(zone, MIGRATE_MOVABLE) > 4 &&
	       (movable = alloc_pages(GFP_KERNEL | GFP_DMA | __GFP_MOVABLE | __GFP_MEMALLOC, 2)))
		list_add(&movable->lru, &hoard.pages);
	CHECK(free_of(zone, MIGRATE_MOVABLE) >= 4);
	while (taken)
		__free_pages(reclaimable[--taken], 8);
	page_drain_all();
	CHECK(free_of(zone, MIGRATE_RECLAIMABLE) >= 512);
	kernel = alloc_pages(GFP_ATOMIC | GFP_DMA | __GFP_MEMALLOC, 0);
	REQUIRE(kernel);
	/* What was reclaimable became unmovable; movable pages were left alone. */
	CHECK_EQ(type_of(kernel), MIGRATE_UNMOVABLE);
	CHECK(free_of(zone, MIGRATE_MOVABLE) >= 4);
	__free_pages(kernel, 0);
	list_for_each_entry_safe(movable, kernel, &hoard.pages, lru)
		__free_pages(movable, 2);
	page_drain_all();
	CHECK(page_validate());
	CHECK_EQ(page_free_total(), page_managed_total());
}

static void among_blocks_of_one_size_reclaimable_goes_first(void)
{
	struct page_zone *zone = zone_named(ZONE_NORMAL);
	unsigned long movable;
	struct page *page;

	boot_again();
	page = alloc_pages(GFP_KERNEL | __GFP_RECLAIMABLE, MAX_PAGE_ORDER);
	REQUIRE(page);
	CHECK_EQ(type_of(page), MIGRATE_RECLAIMABLE);
	CHECK_EQ(page[pageblock_nr_pages].mobility, MIGRATE_RECLAIMABLE);
	__free_pages(page, MAX_PAGE_ORDER);
	movable = blocks_of(zone, MIGRATE_MOVABLE);
	CHECK_EQ(blocks_of(zone, MIGRATE_RECLAIMABLE), 2);
	page = alloc_pages(GFP_KERNEL, 0);
	REQUIRE(page);
	CHECK_EQ(type_of(page), MIGRATE_UNMOVABLE);
	CHECK_EQ(blocks_of(zone, MIGRATE_RECLAIMABLE), 0);
	CHECK_EQ(blocks_of(zone, MIGRATE_MOVABLE), movable);
	__free_pages(page, 0);
}

static void a_small_zone_keeps_one_pageblock_that_others_do_not_see(void)
{
	struct page_zone *zone = zone_named(ZONE_NORMAL);
	struct page *pages[3];
	struct page_ask ask;

	boot_again();
	for (unsigned int i = 0; i < 3; i++) {
		pages[i] = alloc_pages(GFP_KERNEL, pageblock_order);
		REQUIRE(pages[i]);
		highatomic_reserve(zone, pages[i]);
	}
	CHECK_EQ(zone->reserved_highatomic, pageblock_nr_pages);
	CHECK_EQ(zone->free_highatomic, 0);
	for (unsigned int i = 0; i < 3; i++)
		__free_pages(pages[i], pageblock_order);
	CHECK_EQ(zone->free_highatomic, pageblock_nr_pages);
	page_ask_make(&ask, GFP_KERNEL, 0);
	CHECK(watermark_allows(zone, &ask, zone->free - pageblock_nr_pages - 1));
	CHECK(!watermark_allows(zone, &ask, zone->free - pageblock_nr_pages));
	CHECK(!watermark_is_ok(zone, 0, zone->free - pageblock_nr_pages));
	page_ask_make(&ask, GFP_ATOMIC, 0);
	CHECK(watermark_allows(zone, &ask, zone->free - 1));
	CHECK(page_validate());
	CHECK(highatomic_release(&ask, true));
	CHECK_EQ(zone->free_highatomic, 0);
	CHECK(page_validate());
}

static void a_movable_request_borrows_small_blocks(void)
{
	struct page_zone *zone = zone_named(ZONE_NORMAL);
	struct hoard hoard;
	struct page *page, *next;

	boot_again();
	hoard_fill(&hoard, GFP_KERNEL | __GFP_MEMALLOC, ~0UL);
	CHECK_EQ(blocks_of(zone, MIGRATE_MOVABLE), 0);
	list_for_each_entry_safe(page, next, &hoard.pages, lru) {
		if (page_to_pfn(page) % 8 == 0)
			continue;
		list_del(&page->lru);
		__free_pages(page, 0);
	}
	page_drain_all();
	page = alloc_pages(GFP_HIGHUSER_MOVABLE | __GFP_MEMALLOC, 0);
	REQUIRE(page);
	CHECK_EQ(type_of(page), MIGRATE_UNMOVABLE);
	CHECK_EQ(blocks_of(zone, MIGRATE_MOVABLE), 0);
	__free_pages(page, 0);
	hoard_free(&hoard);
	page_drain_all();
	CHECK(page_validate());
}

static struct page_zone *hard_pressed(struct hoard *hoard)
{
	struct page *page, *next;
	unsigned long kept = 0;

	boot_again();
	hoard_fill(hoard, GFP_KERNEL, ~0UL);
	/* Two pageblocks' worth of order-2 blocks below the low mark. */
	list_for_each_entry_safe(page, next, &hoard->pages, lru) {
		if (page_zonenum(page) != ZONE_NORMAL || kept++ >= 40)
			continue;
		list_del(&page->lru);
		hoard->count--;
		__free_pages(page, 0);
	}
	page_drain_all();
	return zone_named(ZONE_NORMAL);
}

static void urgent_requests_of_several_pages_keep_a_pageblock(void)
{
	struct hoard hoard, rest;
	struct page_zone *zone = hard_pressed(&hoard);
	struct page *page, *single;
	struct page_ask ask;
	unsigned long most = 0;

	CHECK_EQ(zone->reserved_highatomic, 0);
	page = alloc_pages(GFP_ATOMIC, 1);
	REQUIRE(page);
	CHECK_EQ(page_zonenum(page), ZONE_NORMAL);
	CHECK_EQ(type_of(page), MIGRATE_HIGHATOMIC);
	CHECK(zone->reserved_highatomic > 0);
	CHECK(zone->reserved_highatomic <= pageblock_nr_pages);
	CHECK_EQ(blocks_of(zone, MIGRATE_HIGHATOMIC), 1);
	CHECK(page_validate());
	/* The zone's limit is one pageblock: no second one. */
	for (unsigned int i = 0; i < 8; i++) {
		struct page *more = alloc_pages(GFP_ATOMIC | __GFP_NOWARN, 1);

		if (more)
			__free_pages(more, 1);
		most = most > zone->reserved_highatomic ? most : zone->reserved_highatomic;
	}
	CHECK(most <= pageblock_nr_pages);
	/* Who may wait does not see what is free in it. */
	page_drain_all();
	hoard_fill(&rest, GFP_KERNEL | __GFP_NORETRY, ~0UL);
	__free_pages(page, 1);
	page_drain_all();
	single = alloc_pages(GFP_ATOMIC | __GFP_NOWARN, 1);
	CHECK(single);
	if (single)
		__free_pages(single, 1);
	hoard_free(&rest);
	hoard_free(&hoard);
	page_drain_all();
	page_ask_make(&ask, GFP_KERNEL, 0);
	if (zone->reserved_highatomic) {
		CHECK(!highatomic_release(&ask, false));
		CHECK(highatomic_release(&ask, true));
	}
	CHECK(!highatomic_release(&ask, true));
	CHECK_EQ(zone->reserved_highatomic, 0);
	CHECK_EQ(zone->free_highatomic, 0);
	CHECK(page_validate());
	CHECK_EQ(page_free_total(), page_managed_total());
}

static void others_keep_nothing(void)
{
	static const gfp_t gfps[] = { GFP_NOWAIT, GFP_KERNEL | __GFP_HIGH,
				      GFP_ATOMIC | __GFP_NOMEMALLOC };

	for (unsigned int i = 0; i < ARRAY_SIZE(gfps); i++) {
		struct hoard hoard;
		struct page_zone *zone = hard_pressed(&hoard);
		struct page *page = alloc_pages(gfps[i] | __GFP_NOWARN, 1);

		CHECK_EQ(zone->reserved_highatomic, 0);
		if (page)
			__free_pages(page, 1);
		hoard_free(&hoard);
	}
}

static void isolated_frames_are_handed_to_nobody(void)
{
	struct page_zone *zone = zone_named(ZONE_NORMAL);
	unsigned long first, end, bad, free, managed;
	struct page *inside;
	struct hoard hoard;

	boot_again();
	managed = zone->managed;
	inside = alloc_pages(GFP_KERNEL, 0);
	REQUIRE(inside);
	first = pageblock_start_pfn(page_to_pfn(inside));
	end = first + 2 * pageblock_nr_pages;
	CHECK_EQ(pageblock_isolate(first, first), -EINVAL);
	CHECK_EQ(pageblock_isolate(0, first), -EINVAL);
	free = page_free_total();
	REQUIRE(pageblock_isolate(first + 7, end - 9) == 0);
	CHECK_EQ(page_free_total(), free);
	CHECK_EQ(zone->isolated, 2 * pageblock_nr_pages - 1);
	CHECK_EQ(pageblock_isolate(first, end), -EBUSY);
	CHECK(page_validate());
	CHECK(!pageblock_is_free(first, end, &bad));
	CHECK_EQ(bad, page_to_pfn(inside));
	CHECK_EQ(pageblock_claim(first, end, PAGE_OWNER_PAGES), -EBUSY);
	hoard_fill(&hoard, GFP_ATOMIC | __GFP_MEMALLOC, ~0UL);
	{
		struct page *page;

		list_for_each_entry(page, &hoard.pages, lru)
			CHECK(page_to_pfn(page) < first || page_to_pfn(page) >= end);
	}
	hoard_free(&hoard);
	/* Freed there, it goes straight to the zone and stays. */
	__free_pages(inside, 0);
	CHECK_EQ(inside->owner, PAGE_OWNER_FREE);
	CHECK(pageblock_is_free(first, end, &bad));
	CHECK_EQ(zone->isolated, 2 * pageblock_nr_pages);
	CHECK_EQ(pageblock_claim(first + 100, first + 777, PAGE_OWNER_PAGES), 0);
	CHECK(page_validate());
	for (unsigned long pfn = first + 100; pfn < first + 777; pfn++)
		CHECK(page_count(pfn_to_page(pfn)) == 1 && pfn_to_page(pfn)->order == 0);
	pageblock_unisolate(first, end, MIGRATE_MOVABLE);
	CHECK_EQ(zone->isolated, 0);
	CHECK(page_validate());
	for (unsigned long pfn = first + 100; pfn < first + 777; pfn++)
		__free_pages(pfn_to_page(pfn), 0);
	page_drain_all();
	CHECK(page_validate());
	CHECK_EQ(page_free_total(), page_managed_total());
	CHECK_EQ(zone->managed, managed);
}

static void stealing_boosts_the_marks_if_somebody_mends_it(void)
{
	static const struct page_reclaim_ops nobody;
	struct page_zone *zone = zone_named(ZONE_NORMAL);
	unsigned long irq, limit, most;
	struct page_ask ask;

	boot_again();
	page_ask_make(&ask, GFP_KERNEL, 0);
	limit = watermark_limit(zone, MARK_LOW, &ask);
	irq = km_spin_lock(&zone->lock);
	watermark_boost_locked(zone);
	CHECK_EQ(zone->boost, 0);
	page_reclaim_ops = &nobody;
	for (unsigned int i = 0; i < 20; i++)
		watermark_boost_locked(zone);
	page_reclaim_ops = NULL;
	zone->wakes_boosted = false;
	km_spin_unlock(&zone->lock, irq);
	most = zone->mark[MARK_HIGH] * 15 / 10;
	most = most < pageblock_nr_pages ? pageblock_nr_pages : most;
	CHECK_EQ(zone->boost, most);
	CHECK_EQ(watermark_limit(zone, MARK_LOW, &ask), limit + most);
	CHECK_EQ(min_wmark_pages(&zone->seen), zone->mark[MARK_MIN] + most);
	/* An urgent single page does not care. */
	page_ask_make(&ask, GFP_ATOMIC, 0);
	CHECK(watermark_limit(zone, MARK_MIN, &ask) < zone->mark[MARK_MIN]);
	CHECK_EQ(page_node_boost(0), most);
	page_node_unboost(0);
	CHECK_EQ(zone->boost, 0);
}

KM_TESTS(boot_page_room,
	 T(gfp_chooses_the_pageblock),
	 T(a_pin_scope_makes_pages_unmovable),
	 T(all_is_movable_at_first_and_whole_blocks_change_hands),
	 T(a_pageblock_is_won_over_when_half_of_it_is_free),
	 T(the_first_other_type_is_reclaimable),
	 T(among_blocks_of_one_size_reclaimable_goes_first),
	 T(a_small_zone_keeps_one_pageblock_that_others_do_not_see),
	 T(a_movable_request_borrows_small_blocks),
	 T(urgent_requests_of_several_pages_keep_a_pageblock),
	 T(others_keep_nothing),
	 T(isolated_frames_are_handed_to_nobody),
	 T(stealing_boosts_the_marks_if_somebody_mends_it));
