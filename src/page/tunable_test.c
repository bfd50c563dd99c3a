/* SPDX-License-Identifier: MIT */
/* tunable_test.c - Linux's numbers: marks, reserves, per-CPU lists; and changing them */
#include "page/pcp.h"
#include "page/topology_test.h"

/* All tests end with what they began with. */
static void defaults(void)
{
	for (const struct boot_option *option = tunable_options; option->name; option++)
		CHECK_EQ(option->set(NULL), 0);
}

static void min_free_kbytes_divides_by_size(void)
{
	const struct page_zone *zone;
	unsigned long managed = page_managed_total();

	CHECK_EQ(page_tune("min_free_kbytes", "4096"), 0);
	CHECK_EQ(min_free_kbytes, 4096);
	for_each_page_zone(zone) {
		unsigned long min = 1024 * zone->managed / managed;

		if (!zone_is_populated(zone))
			continue;
		CHECK_EQ(zone->mark[MARK_MIN], min);
		CHECK_EQ(zone->mark[MARK_LOW], min + min / 4);
		CHECK_EQ(zone->mark[MARK_HIGH], min + min / 4 * 2);
		CHECK_EQ(zone->mark[MARK_PROMO], min + min / 4 * 3);
		CHECK_EQ(low_wmark_pages(&zone->seen), zone->mark[MARK_LOW]);
	}
	defaults();
	CHECK_EQ(min_free_kbytes, watermark_min_free_kbytes(managed * 4));
}

static void scale_factor_widens_the_steps(void)
{
	const struct page_zone *zone = zone_named(ZONE_NORMAL);
	unsigned long min = zone->mark[MARK_MIN];

	CHECK_EQ(page_tune("watermark_scale_factor", "3000"), 0);
	CHECK_EQ(zone->mark[MARK_MIN], min);
	CHECK_EQ(zone->mark[MARK_LOW], min + zone->managed * 3 / 10);
	CHECK_EQ(zone->mark[MARK_HIGH], min + 2 * (zone->managed * 3 / 10));
	defaults();
	CHECK_EQ(zone->mark[MARK_LOW], min + (min / 4 > zone->managed / 1000 ? min / 4 :
					      zone->managed / 1000));
}

static void reserves_follow_the_ratio(void)
{
	const struct page_zone *dma = zone_named(ZONE_DMA), *dma32 = zone_named(ZONE_DMA32);
	unsigned long normal = zone_named(ZONE_NORMAL)->managed;

	CHECK_EQ(page_tune("lowmem_reserve_ratio", "32\t8 1"), 0);
	CHECK_EQ(dma->reserve[ZONE_DMA32], dma32->managed / 32);
	CHECK_EQ(dma->reserve[ZONE_NORMAL], (dma32->managed + normal) / 32);
	CHECK_EQ(dma32->reserve[ZONE_NORMAL], normal / 8);
	CHECK_EQ(page_tune("lowmem_reserve_ratio", "0,0,0,0"), 0);
	CHECK_EQ(dma->reserve[ZONE_NORMAL], 0);
	CHECK_EQ(dma->seen.lowmem_reserve[ZONE_NORMAL], 0);
	defaults();
	CHECK_EQ(dma->reserve[ZONE_NORMAL], (dma32->managed + normal) / 256);
}

static void lists_follow_the_low_mark_or_the_fraction(void)
{
	const struct page_zone *zone = zone_named(ZONE_NORMAL);
	unsigned int cpus = km_port_cpus();
	unsigned long low = zone->mark[MARK_LOW] / cpus, least = 4 * zone->pcp_batch;
	struct page_pcp_stats stats;

	CHECK_EQ(zone->pcp_high, low > least ? low : least);
	CHECK_EQ(page_tune("percpu_pagelist_high_fraction", "8"), 0);
	CHECK_EQ(zone->pcp_high, zone->managed / 8 / cpus);
	CHECK_EQ(pcp_heads(zone, MIGRATE_MOVABLE, 0)[cpus - 1].high, zone->pcp_high);
	page_pcp_read(page_zones() - 1, 0, &stats);
	CHECK_EQ(stats.high, zone->pcp_high);
	CHECK_EQ(stats.batch, zone->pcp_batch);
	defaults();
	CHECK_EQ(zone->pcp_high, low > least ? low : least);
}

static void what_linux_refuses_is_refused(void)
{
	static const struct { const char *name, *value; int error; } cases[] = {
		{ "min_free_kbytes", "x", -EINVAL }, { "min_free_kbytes", "", -EINVAL },
		{ "min_free_kbytes", "0", -EINVAL }, { "min_free_kbytes", "1 2", -EINVAL },
		{ "watermark_scale_factor", "0", -EINVAL },
		{ "watermark_scale_factor", "3001", -EINVAL },
		{ "watermark_boost_factor", "-1", -EINVAL },
		{ "lowmem_reserve_ratio", "1 2 3 4 5", -EINVAL },
		{ "lowmem_reserve_ratio", "", -EINVAL },
		{ "percpu_pagelist_high_fraction", "7", -EINVAL },
		{ "percpu_pagelist_high_fraction", "8", 0 },
		{ "watermark_boost_factor", "0", 0 },
		{ "sysctl.vm.min_free_kbytes", "512", 0 },
		{ "swappiness", "60", -ENOENT },
	};

	for (unsigned int i = 0; i < ARRAY_SIZE(cases); i++)
		CHECK_EQ(page_tune(cases[i].name, cases[i].value), cases[i].error);
	CHECK_EQ(min_free_kbytes, 512);
	CHECK_EQ(watermark_boost_factor, 0);
	defaults();
}

static void nodes_share_and_have_their_own_marks(void)
{
	unsigned long sum = 0;
	const struct page_zone *zone;

	boot_nodes("fake=4");
	for_each_page_zone(zone) {
		unsigned int cpus = node_cpus(zone->node) ? node_cpus(zone->node) : km_port_cpus();
		unsigned long high = zone->mark[MARK_LOW] / cpus;

		sum += zone->mark[MARK_MIN];
		if (!zone_is_populated(zone))
			continue;
		CHECK_EQ(zone->pcp_high, high > 4 * zone->pcp_batch ? high : 4 * zone->pcp_batch);
		/* Reserves count the node's own memory only. */
		for (unsigned int type = zone->type + 1; type < MAX_NR_ZONES; type++)
			CHECK(zone->reserve[type] <= totalram_pages() / 32 / 4 + 1024 / 32);
	}
	CHECK(sum <= min_free_kbytes / 4 && sum + ZONES >= min_free_kbytes / 4);
	boot_nodes("off");
}

/* -- counters --------------------------------------------------------------------------------- */
static void every_page_is_counted_once(void)
{
	unsigned long before[NR_VM_EVENT_ITEMS], after[NR_VM_EVENT_ITEMS];
	struct page *pages[64];
	unsigned long hits;

	boot_again();
	all_vm_events(before);
	hits = global_numa_event_state(NUMA_HIT);
	for (unsigned int round = 0; round < 3; round++) {
		for (unsigned int i = 0; i < 64; i++)
			pages[i] = alloc_pages(GFP_KERNEL, i % 6);
		for (unsigned int i = 0; i < 64; i++)
			__free_pages(pages[i], i % 6);
		page_drain_all();
	}
	all_vm_events(after);
	/* 64 blocks of orders 0 to 5: ten of each, and four more of 0 to 3. */
	CHECK_EQ(after[PGALLOC_NORMAL] - before[PGALLOC_NORMAL], 3 * (10 * 63 + 15));
	CHECK_EQ(after[PGFREE] - before[PGFREE], 3 * (10 * 63 + 15));
	CHECK_EQ(global_numa_event_state(NUMA_HIT) - hits, 3 * 64);
	CHECK_EQ(global_numa_event_state(NUMA_HIT), global_numa_event_state(NUMA_LOCAL));
	CHECK_EQ(global_numa_event_state(NUMA_MISS), 0);
	CHECK_EQ(global_zone_page_state(NR_FREE_PAGES), nr_free_pages());
}

static void misses_are_counted_on_both_sides(void)
{
	struct page *page, *pages[10];
	struct hoard hoard;

	boot_nodes("fake=2");
	CHECK_EQ(global_numa_event_state(NUMA_HIT), 0);
	for (unsigned int i = 0; i < 10; i++)
		pages[i] = alloc_pages_node(1, GFP_KERNEL, i % 4);
	CHECK_EQ(sum_zone_numa_event_state(1, NUMA_HIT), 10);
	CHECK_EQ(sum_zone_numa_event_state(0, NUMA_HIT), 0);
	CHECK_EQ(sum_zone_numa_event_state(1, NUMA_LOCAL) +
		 sum_zone_numa_event_state(1, NUMA_OTHER), 10);
	for (unsigned int i = 0; i < 10; i++)
		__free_pages(pages[i], i % 4);
	INIT_LIST_HEAD(&hoard.pages);
	hoard.count = 0;
	while ((page = alloc_pages_node(1, GFP_KERNEL | __GFP_THISNODE | __GFP_NOWARN, 0)))
		hoard_add(&hoard, page);
	CHECK_EQ(sum_zone_numa_event_state(0, NUMA_MISS), 0);
	page = alloc_pages_node(1, GFP_KERNEL, 0);
	REQUIRE(page);
	CHECK_EQ(page_to_nid(page), 0);
	CHECK_EQ(sum_zone_numa_event_state(0, NUMA_MISS), 1);
	CHECK_EQ(sum_zone_numa_event_state(1, NUMA_FOREIGN), 1);
	CHECK_EQ(sum_zone_numa_event_state(1, NUMA_HIT), 10 + hoard.count);
	__free_pages(page, 0);
	hoard_free(&hoard);
	boot_nodes("off");
}

static void items_add_up(void)
{
	struct page *page = alloc_pages(GFP_KERNEL, 0);

	REQUIRE(page);
	mod_node_page_state(page_pgdat(page), NR_SLAB_UNRECLAIMABLE_B, 3 * PAGE_SIZE);
	mod_node_page_state(page_pgdat(page), NR_SLAB_UNRECLAIMABLE_B, -(long)PAGE_SIZE);
	CHECK_EQ(global_node_page_state_pages(NR_SLAB_UNRECLAIMABLE_B), 2);
	CHECK_EQ(node_page_state_pages(NODE_DATA(0), NR_SLAB_UNRECLAIMABLE_B), 2);
	mod_node_page_state(page_pgdat(page), NR_SLAB_UNRECLAIMABLE_B, -2 * (long)PAGE_SIZE);
	inc_node_page_state(page, NR_FILE_DIRTY);
	CHECK_EQ(global_node_page_state(NR_FILE_DIRTY), 1);
	dec_node_page_state(page, NR_FILE_DIRTY);
	inc_zone_page_state(page, NR_MLOCK);
	CHECK_EQ(zone_page_state(page_zone(page), NR_MLOCK), 1);
	dec_zone_page_state(page, NR_MLOCK);
	CHECK_EQ(global_zone_page_state(NR_MLOCK), 0);
	count_vm_events(SLABS_SCANNED, 5);
	{
		unsigned long events[NR_VM_EVENT_ITEMS];

		all_vm_events(events);
		CHECK_EQ(events[SLABS_SCANNED], 5);
	}
	__free_pages(page, 0);
}

KM_TESTS(boot_page_room,
	 T(min_free_kbytes_divides_by_size),
	 T(scale_factor_widens_the_steps),
	 T(reserves_follow_the_ratio),
	 T(lists_follow_the_low_mark_or_the_fraction),
	 T(what_linux_refuses_is_refused),
	 T(nodes_share_and_have_their_own_marks),
	 T(every_page_is_counted_once),
	 T(misses_are_counted_on_both_sides),
	 T(items_add_up));
