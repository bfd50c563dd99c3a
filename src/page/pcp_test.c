/* SPDX-License-Identifier: MIT */
/* pcp_test.c - this CPU's lists: last in first out, bounded, countable */
#include <linux/preempt.h>
#include "page/page_test.h"

static void the_page_freed_last_comes_first(void)
{
	for (unsigned int order = 0; order < PCP_ORDERS; order++) {
		struct page *page, *again;

		preempt_disable();
		page = alloc_pages(GFP_ATOMIC, order);
		__free_pages(page, order);
		CHECK_EQ(page->owner, PAGE_OWNER_PCP);
		again = alloc_pages(GFP_ATOMIC, order);
		CHECK(again == page);
		__free_pages(again, order);
		preempt_enable();
	}
}

static void a_list_over_its_high_mark_spills_a_batch(void)
{
	struct page_zone *zone = zone_named(ZONE_NORMAL);
	struct pcpu_head *head;
	struct hoard hoard;
	unsigned int worst = 0, least = ~0u;
	struct page *page, *next;

	page_drain_all();
	hoard_fill(&hoard, GFP_ATOMIC, 4 * zone->pcp_high);
	preempt_disable();
	head = &pcp_heads(zone, MIGRATE_UNMOVABLE, 0)[km_port_cpu()];
	list_for_each_entry_safe(page, next, &hoard.pages, lru) {
		__free_pages(page, 0);
		if (head->count < worst && head->count < least)
			least = head->count;
		if (head->count > worst)
			worst = head->count;
	}
	preempt_enable();
	CHECK(worst <= head->high);
	CHECK(worst >= head->high - zone->pcp_batch);
	/* One page at a time would take the lock of the zone for each page. */
	CHECK(least == ~0u || least == head->high + 1 - zone->pcp_batch);
	CHECK(page_validate());
}

static void draining_leaves_nothing(void)
{
	unsigned long before = page_free_total();
	struct page *pages[8];

	for (unsigned int i = 0; i < 8; i++)
		pages[i] = alloc_pages(GFP_KERNEL, i % PCP_ORDERS);
	for (unsigned int i = 0; i < 8; i++)
		__free_pages(pages[i], i % PCP_ORDERS);
	CHECK_EQ(page_free_total(), before);
	page_drain_all();
	CHECK_EQ(nr_free_pages(), before);
	for (unsigned int id = 0; id < MAX_NR_ZONES; id++)
		CHECK_EQ(pcp_pages(node_zone(0, id)), 0);
}

static void a_refill_takes_a_batch(void)
{
	struct page_zone *zone = zone_named(ZONE_NORMAL);
	struct page *page;

	page_drain_all();
	preempt_disable();
	page = alloc_pages(GFP_ATOMIC, 0);
	CHECK_EQ(pcp_heads(zone, MIGRATE_UNMOVABLE, 0)[km_port_cpu()].count, zone->pcp_batch - 1);
	__free_pages(page, 0);
	preempt_enable();
}

static void a_refill_stops_at_the_limit(void)
{
	struct page_zone *zone = zone_named(ZONE_NORMAL);
	unsigned int batch = zone->pcp_batch;
	struct pcpu_head *head;
	struct page_ask ask;
	struct page *page;

	page_ask_make(&ask, GFP_ATOMIC, 0);
	page_drain_all();
	preempt_disable();
	head = &pcp_heads(zone, MIGRATE_UNMOVABLE, 0)[km_port_cpu()];
	zone->pcp_batch = 16;
	for (unsigned int spare = 1; spare <= 20; spare++) {
		unsigned int want = spare < 16 ? spare : 16;

		page = pcp_refill(zone, &ask, zone->free - spare);
		REQUIRE(page);
		/* One to the caller; nothing beyond what the limit spares. */
		CHECK_EQ(head->count, want - 1);
		pcp_give(page, 0);
		pcp_spill(zone, MIGRATE_UNMOVABLE, 0, ~0u);
	}
	zone->pcp_batch = batch;
	preempt_enable();
	CHECK(page_validate());
}

KM_TESTS(boot_page_room,
	 T(the_page_freed_last_comes_first),
	 T(a_list_over_its_high_mark_spills_a_batch),
	 T(draining_leaves_nothing),
	 T(a_refill_takes_a_batch),
	 T(a_refill_stops_at_the_limit));
