/* SPDX-License-Identifier: MIT */
/* numa_test.c - objects of a node: preference, __GFP_THISNODE, and home again */
#define KMALLOC_CHECKED 1
#include <kmalloc/machine.h>
#include <linux/mm.h>
#include <linux/nodemask.h>
#include <linux/string.h>
#include <linux/topology.h>
#include <linux/vmalloc.h>
#include "slab/slab.h"
#include "test.h"

static int nid_of(const void *object)
{
	return page_to_nid(virt_to_page(object));
}

static void each_call_keeps_the_node(void)
{
	struct kmem_cache *cache = kmem_cache_create("each", 72, NULL, 0);

	REQUIRE(nr_node_ids == 4);
	for (int round = 0; round < 300; round++) {
		int nid = km_test_random_below(4);
		size_t size = 1 + km_test_random_below(20000);
		void *objects[] = {
			kmalloc_node(size, GFP_KERNEL, nid),
			kzalloc_node(size, GFP_ATOMIC, nid),
			kmalloc_array_node(3, size, GFP_KERNEL, nid),
			kcalloc_node(2, size, GFP_KERNEL, nid),
			kmalloc_node_track_caller(size, GFP_KERNEL | __GFP_THISNODE, nid),
			kmem_cache_alloc_node(cache, GFP_KERNEL, nid),
			kvmalloc_node(size, GFP_KERNEL, nid),
			kmalloc_node(size, GFP_KERNEL_ACCOUNT | __GFP_THISNODE, nid),
		};

		for (unsigned int i = 0; i < ARRAY_SIZE(objects); i++) {
			REQUIRE(objects[i]);
			if (!is_vmalloc_addr(objects[i]))
				CHECK_EQ(nid_of(objects[i]), nid);
			kvfree(objects[i]);
		}
	}
	CHECK(slab_validate());
	kmem_cache_destroy(cache);
}

static void any_node_will_do_without_a_wish(void)
{
	void *object = kmalloc_node(100, GFP_KERNEL, NUMA_NO_NODE);

	CHECK(object);
	kfree(object);
}

/* Every page of a node is handed out. */
static void node_use_up(int nid, struct list_head *pages)
{
	gfp_t gfp = GFP_NOWAIT | __GFP_THISNODE | __GFP_NOWARN | __GFP_MEMALLOC;
	struct page *page;

	INIT_LIST_HEAD(pages);
	while ((page = alloc_pages_node(nid, gfp, 0)))
		list_add(&page->lru, pages);
}

static void pages_back(struct list_head *pages)
{
	struct page *page, *next;

	list_for_each_entry_safe(page, next, pages, lru)
		__free_page(page);
}

static void a_full_node_is_passed_over_unless_it_must_be(void)
{
	struct kmem_cache *cache = kmem_cache_create("full", 512, NULL, SLAB_NO_MERGE);
	gfp_t only = GFP_NOWAIT | __GFP_THISNODE | __GFP_NOWARN;
	static void *objects[400];
	struct list_head pages;

	kmem_cache_shrink(kmalloc_caches[KMALLOC_NORMAL][kmalloc_index(4000)]);
	node_use_up(2, &pages);
	CHECK(!kmem_cache_alloc_node(cache, only, 2));
	CHECK(!kmalloc_node(4000, only, 2));
	CHECK(!kmalloc_node(20000, only, 2));
	for (int i = 0; i < 400; i++) {
		objects[i] = kmem_cache_alloc_node(cache, GFP_KERNEL, 2);
		REQUIRE(objects[i]);
		CHECK(nid_of(objects[i]) != 2);
	}
	/* A wish that cannot be kept does not take a slab for each object. */
	CHECK(nodes_sum(cache).objects <= 400 + 4 * cache->batch);
	pages_back(&pages);
	for (int i = 0; i < 400; i++)
		kmem_cache_free(cache, objects[i]);
	objects[0] = kmem_cache_alloc_node(cache, only, 2);
	CHECK(objects[0] && nid_of(objects[0]) == 2);
	kmem_cache_free(cache, objects[0]);
	kmem_cache_destroy(cache);
}

static void what_is_freed_goes_home(void)
{
	struct kmem_cache *cache = kmem_cache_create("home", 256, NULL, SLAB_NO_MERGE);
	static void *objects[4][100];

	for (int nid = 0; nid < 4; nid++)
		for (int i = 0; i < 100; i++)
			objects[nid][i] = kmem_cache_alloc_node(cache, GFP_KERNEL, nid);
	for (int nid = 0; nid < 4; nid++)
		CHECK(cache->nodes[nid].inuse >= 100);
	for (int i = 0; i < 100; i++)
		for (int nid = 0; nid < 4; nid++)
			kmem_cache_free(cache, objects[nid][i]);
	CHECK(slab_validate());
	CHECK_EQ(kmem_cache_shrink(cache), 0);
	for (int nid = 0; nid < 4; nid++)
		CHECK_EQ(cache->nodes[nid].objects, 0);
	kmem_cache_destroy(cache);
}

/* Free objects of other nodes are used before new pages, as often as the ratio says. */
static void other_nodes_are_used_by_the_ratio(void)
{
	struct kmem_cache *cache = kmem_cache_create("ratio", 1024, NULL, SLAB_NO_MERGE);
	int far = (numa_mem_id() + 1) % 4;
	void *held = kmem_cache_alloc_node(cache, GFP_KERNEL, far), *object;

	REQUIRE(held);
	CHECK_EQ(slab_attr_write("ratio", "remote_node_defrag_ratio", "0"), 0);
	object = kmem_cache_alloc(cache, GFP_KERNEL);
	CHECK(object && nodes_sum(cache).slabs == 2);
	kmem_cache_free(cache, object);
	kmem_cache_shrink(cache);
	CHECK_EQ(slab_attr_write("ratio", "remote_node_defrag_ratio", "100"), 0);
	cache->remote_turn = 0;
	object = kmem_cache_alloc(cache, GFP_KERNEL);
	CHECK(object && nodes_sum(cache).slabs == 1);
	kmem_cache_free(cache, object);
	kmem_cache_free(cache, held);
	kmem_cache_destroy(cache);
}

static void counts_are_told_by_node(void)
{
	struct kmem_cache *cache = kmem_cache_create("told", 2048, NULL, SLAB_NO_MERGE);
	void *one = kmem_cache_alloc_node(cache, GFP_KERNEL, 1);
	void *three = kmem_cache_alloc_node(cache, GFP_KERNEL, 3);
	char text[80];

	REQUIRE(one && three);
	slab_attr_read("told", "slabs", text, sizeof(text));
	CHECK(!strcmp(text, "2 N1=1 N3=1\n"));
	slab_attr_read("told", "objects", text, sizeof(text));
	CHECK(!strcmp(text, "2 N1=1 N3=1\n"));
	kmem_cache_free(cache, one);
	kmem_cache_free(cache, three);
	kmem_cache_destroy(cache);
}

static int setup(void)
{
	return km_machine_boot(&(struct km_config) { .command_line = "numa=fake=4" });
}

KM_TESTS(setup, T(each_call_keeps_the_node), T(any_node_will_do_without_a_wish),
	 T(a_full_node_is_passed_over_unless_it_must_be), T(what_is_freed_goes_home),
	 T(other_nodes_are_used_by_the_ratio), T(counts_are_told_by_node));
