/* SPDX-License-Identifier: MIT */
/* node_test.c - several nodes: where memory comes from, who turns to whom, who is counted where */
#include <linux/preempt.h>
#include "page/topology_test.h"

static const char *const topologies[] = { "off", "fake=2", "fake=3", "fake=4", "fake=8" };

static void nodes_share_all_memory(void)
{
	unsigned long all = totalram_pages();

	for (unsigned int i = 0; i < ARRAY_SIZE(topologies); i++) {
		unsigned long sum = 0, least = ~0UL, most = 0, end = 0;
		unsigned int node, seen = 0;

		boot_nodes(topologies[i]);
		for_each_online_node(node) {
			struct pglist_data *data = NODE_DATA(node);
			unsigned long present = data->node_present_pages;

			CHECK_EQ(data->node_id, node);
			CHECK(data->node_start_pfn >= end);
			CHECK(!node || data->node_start_pfn % MAX_ORDER_NR_PAGES == 0);
			end = data->node_start_pfn + data->node_spanned_pages;
			sum += present;
			least = present < least ? present : least;
			most = present > most ? present : most;
			seen++;
		}
		CHECK_EQ(seen, i ? (unsigned int)topologies[i][5] - '0' : 1);
		CHECK_EQ(seen, nr_node_ids);
		CHECK_EQ(seen, num_online_nodes());
		CHECK(!node_online(seen) && node_online(seen - 1));
		/* Whole blocks, so shares differ by a block at either end. */
		CHECK(most - least <= 2 * MAX_ORDER_NR_PAGES);
		CHECK(sum >= all);
		CHECK_EQ(totalram_pages(), all);
	}
}

static void every_frame_says_its_node(void)
{
	boot_nodes("fake=4");
	for (unsigned int node = 0; node < 4; node++) {
		for (unsigned int order = 0; order <= 5; order++) {
			struct page *page = alloc_pages_node(node, GFP_KERNEL | __GFP_THISNODE,
							     order);
			unsigned long end;

			REQUIRE(page);
			CHECK_EQ(page_to_nid(page), node);
			CHECK_EQ(zone_to_nid(page_zone(page)), node);
			CHECK_EQ(zone_idx(page_zone(page)), page_zonenum(page));
			CHECK_EQ(node_of_pfn(page_to_pfn(page), &end), node);
			CHECK(page_to_pfn(page) + (1UL << order) <= end);
			CHECK(page_pgdat(page) == NODE_DATA(node));
			__free_pages(page, order);
		}
	}
}

static void a_list_goes_by_distance_then_round(void)
{
	static const u8 far[4][4] = {
		{ 10, 40, 20, 30 }, { 40, 10, 30, 20 }, { 20, 30, 10, 40 }, { 30, 20, 40, 10 },
	};
	static const u8 want_even[4][4] = {
		{ 0, 1, 2, 3 }, { 1, 2, 3, 0 }, { 2, 3, 0, 1 }, { 3, 0, 1, 2 },
	};
	static const u8 want_far[4][4] = {
		{ 0, 2, 3, 1 }, { 1, 3, 2, 0 }, { 2, 0, 1, 3 }, { 3, 1, 0, 2 },
	};

	boot_nodes("fake=4");
	for (unsigned int round = 0; round < 2; round++) {
		for (unsigned int node = 0; node < 4; node++) {
			const struct zone_list *list = &node_list[node];
			unsigned int at = 0;

			for (unsigned int i = 0; i < list->count; i++) {
				const struct page_zone *zone = &zone_table[list->zone[i]];
				const struct page_zone *last =
					i ? &zone_table[list->zone[i - 1]] : zone;

				if (zone->node != last->node)
					at++;
				else
					CHECK(!i || zone->type < last->type);
				CHECK_EQ(zone->node, (round ? want_far : want_even)[node][at]);
			}
			CHECK_EQ(at, 3);
		}
		for (unsigned int from = 0; from < 4; from++)
			memcpy(node_apart[from], far[from], 4);
		node_boot_lists();
		CHECK_EQ(node_distance(0, 1), 40);
	}
}

/* Nodes in the order in which a hoard reached them. */
static unsigned int order_of_nodes(const struct hoard *hoard, unsigned int *ret_nodes)
{
	unsigned int count = 0;
	struct page *page;

	list_for_each_entry_reverse(page, &hoard->pages, lru) {
		unsigned int node = page_to_nid(page), i;

		for (i = 0; i < count && ret_nodes[i] != node; i++)
			;
		if (i == count)
			ret_nodes[count++] = node;
	}
	return count;
}

static void hoard_node(struct hoard *hoard, unsigned int node, gfp_t gfp, nodemask_t *nodes)
{
	struct page *page;

	INIT_LIST_HEAD(&hoard->pages);
	hoard->count = 0;
	while ((page = __alloc_pages(gfp | __GFP_NOWARN, 0, node, nodes)))
		hoard_add(hoard, page);
}

static void a_full_node_turns_to_its_neighbours(void)
{
	unsigned int order[MAX_NUMNODES];
	struct hoard hoard;

	boot_nodes("fake=4");
	hoard_node(&hoard, 2, GFP_KERNEL, NULL);
	CHECK_EQ(order_of_nodes(&hoard, order), 4);
	for (unsigned int i = 0; i < 4; i++)
		CHECK_EQ(order[i], (2 + i) % 4);
	hoard_free(&hoard);
	CHECK(page_validate());
}

static void thisnode_and_masks_hold(void)
{
	nodemask_t odd = NODE_MASK_NONE, none = NODE_MASK_NONE;
	unsigned int order[MAX_NUMNODES];
	struct hoard hoard;
	unsigned long free;

	boot_nodes("fake=4");
	page_drain_all();
	free = node_free(0);
	hoard_node(&hoard, 1, GFP_KERNEL | __GFP_THISNODE, NULL);
	CHECK_EQ(order_of_nodes(&hoard, order), 1);
	CHECK_EQ(order[0], 1);
	CHECK_EQ(node_free(0), free);
	CHECK(!alloc_pages_node(1, GFP_KERNEL | __GFP_THISNODE | __GFP_NOWARN, 0));
	CHECK(!page_take_node(GFP_KERNEL | __GFP_THISNODE | __GFP_NOWARN, 0, PAGE_OWNER_PAGES, 1,
			      NULL));
	hoard_free(&hoard);

	node_set(1, odd);
	node_set(3, odd);
	hoard_node(&hoard, 0, GFP_KERNEL, &odd);
	CHECK_EQ(order_of_nodes(&hoard, order), 2);
	CHECK_EQ(order[0], 1);
	CHECK_EQ(order[1], 3);
	hoard_free(&hoard);
	CHECK(!__alloc_pages(GFP_KERNEL | __GFP_NOWARN, 0, 0, &none));
	CHECK(!__alloc_pages(GFP_KERNEL | __GFP_THISNODE | __GFP_NOWARN, 0, 0, &odd));
	CHECK(!__alloc_pages(GFP_KERNEL | __GFP_NOFAIL | __GFP_NOWARN, 0, 0, &none));
}

static void no_node_is_that_of_the_cpu(void)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(topologies); i++) {
		boot_nodes(topologies[i]);
		for (unsigned int round = 0; round < 20; round++) {
			struct page *page, *own, *plain;

			preempt_disable();
			page = alloc_pages_node(NUMA_NO_NODE, GFP_ATOMIC, round % 5);
			own = page_take_node(GFP_ATOMIC, 0, PAGE_OWNER_PAGES, NUMA_NO_NODE, NULL);
			plain = alloc_pages(GFP_ATOMIC, 0);
			REQUIRE(page && own && plain);
			CHECK_EQ(page_to_nid(page), numa_node_id());
			CHECK_EQ(page_to_nid(own), numa_node_id());
			CHECK_EQ(page_to_nid(plain), cpu_to_node(raw_smp_processor_id()));
			preempt_enable();
			__free_pages(page, round % 5);
			page_give(own, 0);
			__free_pages(plain, 0);
		}
	}
	for (int cpu = 0; cpu < (int)km_port_cpus(); cpu++)
		CHECK(cpumask_test_cpu(cpu, cpumask_of_node(cpu_to_node(cpu))));
}

static void a_node_that_is_not_there_is_refused(void)
{
	static const int wrong[] = { 2, 7, 8, 1000, -2 };

	boot_nodes("fake=2");
	for (unsigned int i = 0; i < ARRAY_SIZE(wrong); i++) {
		km_test_console_clear();
		CHECK(!alloc_pages_node(wrong[i], GFP_KERNEL, 0));
		CHECK(text_has(km_test_console(), "GFP_KERNEL allocation from offline node"));
		CHECK(!page_take_node(GFP_KERNEL, 0, PAGE_OWNER_PAGES, wrong[i], NULL));
		CHECK(!alloc_pages_exact_nid(wrong[i], 5000, GFP_KERNEL));
	}
	km_test_console_clear();
	CHECK(!alloc_pages_node(2, GFP_KERNEL | __GFP_NOWARN, 0));
	CHECK(!text_has(km_test_console(), "offline"));
}

/* What a shut-down machine would show: nothing is out, and blocks are whole again. */
static void read_blocks(unsigned long counts[ZONES][NR_PAGE_ORDERS])
{
	page_drain_all();
	for (unsigned int id = 0; id < ZONES; id++) {
		for (unsigned int order = 0; order < NR_PAGE_ORDERS; order++)
			counts[id][order] = zone_table[id].free_blocks[order].count;
	}
}

#define HELD	80

static void step(struct page **held, unsigned int *orders)
{
	static const gfp_t gfps[] = {
		GFP_KERNEL, GFP_ATOMIC, GFP_HIGHUSER_MOVABLE, GFP_KERNEL | __GFP_RECLAIMABLE,
		GFP_KERNEL | GFP_DMA, GFP_KERNEL | GFP_DMA32, GFP_KERNEL | __GFP_THISNODE,
		GFP_KERNEL | __GFP_COMP, GFP_NOWAIT,
	};
	unsigned int slot = km_test_random_below(HELD);
	gfp_t gfp = gfps[km_test_random_below(ARRAY_SIZE(gfps))];
	int node = (int)km_test_random_below(node_count + 1) - 1;

	if (held[slot]) {
		__free_pages(held[slot], orders[slot]);
		held[slot] = NULL;
		return;
	}
	orders[slot] = km_test_random_below(1 + km_test_random_below(NR_PAGE_ORDERS));
	held[slot] = alloc_pages_node(node, gfp | __GFP_NOWARN, orders[slot]);
	if (!held[slot])
		return;
	CHECK_EQ(held[slot]->order, orders[slot]);
	CHECK(page_zonenum(held[slot]) <= gfp_zone(gfp));
	if ((gfp & __GFP_THISNODE) && node >= 0)
		CHECK_EQ(page_to_nid(held[slot]), node);
}

static void random_traces_end_where_they_began(void)
{
	static unsigned long before[ZONES][NR_PAGE_ORDERS], after[ZONES][NR_PAGE_ORDERS];
	static struct page *held[HELD];
	static unsigned int orders[HELD];

	for (unsigned int i = 0; i < ARRAY_SIZE(topologies); i++) {
		unsigned long events[NR_VM_EVENT_ITEMS];

		boot_nodes(topologies[i]);
		read_blocks(before);
		for (unsigned int n = 0; n < 6000; n++) {
			step(held, orders);
			if (n % 1000 == 0)
				CHECK(page_validate());
		}
		for (unsigned int slot = 0; slot < HELD; slot++) {
			if (held[slot])
				__free_pages(held[slot], orders[slot]);
			held[slot] = NULL;
		}
		for (unsigned int zone = 0; zone < ZONES; zone++) {
			while (zone_table[zone].reserved_highatomic) {
				struct page_ask ask;

				page_ask_make(&ask, GFP_HIGHUSER_MOVABLE, 0);
				page_drain_all();
				CHECK(highatomic_release(&ask, true));
			}
		}
		read_blocks(after);
		CHECK(!memcmp(before, after, sizeof(before)));
		CHECK(page_validate());
		all_vm_events(events);
		CHECK(events[PGFREE] > 0);
		CHECK_EQ(events[PGFREE], events[PGALLOC_DMA] + events[PGALLOC_DMA32] +
			 events[PGALLOC_NORMAL] + events[PGALLOC_MOVABLE]);
	}
}

static void kernelcore_and_movablecore_make_a_movable_zone(void)
{
	static const struct {
		const char *kernelcore, *movablecore;
		unsigned int nodes;
	} cases[] = {
		{ "50%", NULL, 1 }, { NULL, "8M", 1 }, { NULL, "16M", 2 }, { "24M", NULL, 2 },
	};

	for (unsigned int i = 0; i < ARRAY_SIZE(cases); i++) {
		struct page *movable, *kernel;

		REQUIRE(!node_set_kernelcore(cases[i].kernelcore));
		REQUIRE(!node_set_movablecore(cases[i].movablecore));
		boot_nodes(cases[i].nodes == 1 ? "off" : "fake=2");
		for (unsigned int node = 0; node < cases[i].nodes; node++) {
			const struct page_zone *zone = node_zone(node, ZONE_MOVABLE);

			CHECK(zone->managed >= 4 << 8);
			CHECK(zone->mark[MARK_MIN] >= 32 && zone->mark[MARK_MIN] <= 128);
			movable = alloc_pages_node(node, GFP_HIGHUSER_MOVABLE | __GFP_THISNODE, 0);
			kernel = alloc_pages_node(node, GFP_KERNEL | __GFP_THISNODE, 0);
			REQUIRE(movable && kernel);
			CHECK_EQ(page_zonenum(movable), ZONE_MOVABLE);
			CHECK(page_zonenum(kernel) <= ZONE_NORMAL);
			__free_pages(movable, 0);
			__free_pages(kernel, 0);
		}
	}
	REQUIRE(!node_set_kernelcore(NULL) && !node_set_movablecore(NULL));
	boot_nodes("off");
	CHECK_EQ(node_zone(0, ZONE_MOVABLE)->present, 0);
}

static void options_are_obeyed_or_refused(void)
{
	static const char *const wrong[] = {
		"", "fake", "fake=", "fake=0", "fake=9", "fake=x", "fake=2x", "on", "fake=2U1",
		"fake=0M",
	};

	for (unsigned int i = 0; i < ARRAY_SIZE(wrong); i++)
		CHECK(node_set_fake(wrong[i]) < 0);
	CHECK(node_set_kernelcore("x") && node_set_kernelcore("101%") && node_set_movablecore(""));
	CHECK(!node_set_kernelcore(NULL) && !node_set_movablecore(NULL));
	boot_nodes("fake=16M");
	CHECK(node_count >= 2);
	/* The first node also has the hole between the zones' ranges for free. */
	CHECK(NODE_DATA(0)->node_present_pages >= (16 << 20) >> PAGE_SHIFT);
	CHECK(NODE_DATA(0)->node_present_pages <= (20 << 20) >> PAGE_SHIFT);
	boot_nodes("fake=2U");
	CHECK_EQ(node_count, 2);
	boot_nodes(NULL);
	CHECK_EQ(node_count, 1);
}

KM_TESTS(boot_page_room,
	 T(nodes_share_all_memory),
	 T(every_frame_says_its_node),
	 T(a_list_goes_by_distance_then_round),
	 T(a_full_node_turns_to_its_neighbours),
	 T(thisnode_and_masks_hold),
	 T(no_node_is_that_of_the_cpu),
	 T(a_node_that_is_not_there_is_refused),
	 T(random_traces_end_where_they_began),
	 T(kernelcore_and_movablecore_make_a_movable_zone),
	 T(options_are_obeyed_or_refused));
