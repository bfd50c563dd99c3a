/* SPDX-License-Identifier: MIT */
/* nodes_test.c - reclaim on a machine with two nodes */
#include "reclaim/reclaim_test.h"

static int boot_two_nodes(void)
{
	for (const struct boot_option *option = page_options; option->name; option++) {
		if (!strcmp(option->name, "numa"))
			CHECK_EQ(option->set("fake=2"), 0);
	}
	return boot_reclaim_room();
}

static struct { unsigned int counts[2], scans[2]; bool in_kswapd[2]; char comm[2][16]; } seen;

static unsigned long see_count(struct shrinker *shrinker, struct shrink_control *sc)
{
	seen.counts[sc->nid]++;
	seen.in_kswapd[sc->nid] |= current->flags & PF_KSWAPD;
	__builtin_memcpy(seen.comm[sc->nid], current->comm, 16);
	return 1 << 20;
}

static unsigned long see_scan(struct shrinker *shrinker, struct shrink_control *sc)
{
	seen.scans[sc->nid]++;
	return SHRINK_STOP;
}

static struct shrinker *see_begin(unsigned int flags)
{
	struct shrinker *shrinker = shrinker_alloc(flags, "see");

	__builtin_memset(&seen, 0, sizeof(seen));
	shrinker->count_objects = see_count;
	shrinker->scan_objects = see_scan;
	shrinker_register(shrinker);
	return shrinker;
}

static void see_end(struct shrinker *shrinker)
{
	shrinker_free(shrinker);
	rcu_barrier();
}

/* All of node @nid that an ordinary request could have. */
static void node_fill_up(struct hoard *user, int nid)
{
	struct page *page;

	INIT_LIST_HEAD(&user->pages);
	user->count = 0;
	for (;;) {
		page = alloc_pages_node(nid, __GFP_THISNODE | __GFP_NOWARN, 0);
		if (!page) {
			page_drain_all();
			page = alloc_pages_node(nid, __GFP_THISNODE | __GFP_NOWARN, 0);
		}
		if (!page)
			return;
		CHECK_EQ(page_to_nid(page), nid);
		hoard_add(user, page);
	}
}

static void there_are_two_nodes(void)
{
	CHECK_EQ(page_nodes(), 2);
	CHECK(page_node_managed(0) && page_node_managed(1));
}

static void what_is_put_off_is_kept_by_node(void)
{
	struct shrinker *aware = see_begin(SHRINKER_NUMA_AWARE);
	struct shrink_sum sum = { 0 };

	shrink_node(GFP_KERNEL, 1, 12, &sum);
	CHECK_EQ(atomic_long_read(&aware->nr_deferred[0]), 0);
	CHECK_EQ(atomic_long_read(&aware->nr_deferred[1]), 512);
	see_end(aware);
	aware = see_begin(0);
	shrink_node(GFP_KERNEL, 1, 12, &sum);
	CHECK_EQ(atomic_long_read(&aware->nr_deferred[0]), 512);
	CHECK_EQ(seen.scans[1], 1);		/* told of the node all the same */
	see_end(aware);
}

static void only_the_kswapd_of_the_short_node_works(void)
{
	struct shrinker *shrinker;
	struct hoard user;

	background_settle();
	node_fill_up(&user, 1);
	shrinker = see_begin(SHRINKER_NUMA_AWARE);
	CHECK(!alloc_pages_node(1, __GFP_THISNODE | GFP_NOWAIT, 0));
	background_settle();
	CHECK(seen.counts[1] > 0);
	CHECK(seen.in_kswapd[1]);
	CHECK(!strcmp(seen.comm[1], "kswapd1"));
	CHECK_EQ(seen.counts[0], 0);
	see_end(shrinker);
	hoard_free(&user);
}

static void direct_reclaim_asks_for_the_nodes_of_the_request(void)
{
	struct shrinker *shrinker;
	struct hoard user;

	background_settle();
	node_fill_up(&user, 0);
	shrinker = see_begin(SHRINKER_NUMA_AWARE);
	CHECK(!alloc_pages_node(0, (GFP_KERNEL | __GFP_THISNODE | __GFP_NORETRY | __GFP_NOWARN) &
				   ~__GFP_KSWAPD_RECLAIM, 0));
	CHECK(seen.counts[0] > 0);
	CHECK_EQ(seen.counts[1], 0);
	CHECK(!seen.in_kswapd[0]);
	see_end(shrinker);
	hoard_free(&user);
}

KM_TESTS(boot_two_nodes,
	 T(there_are_two_nodes),
	 T(what_is_put_off_is_kept_by_node),
	 T(only_the_kswapd_of_the_short_node_works),
	 T(direct_reclaim_asks_for_the_nodes_of_the_request));
