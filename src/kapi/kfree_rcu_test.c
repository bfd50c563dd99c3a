/* SPDX-License-Identifier: MIT */
/* kfree_rcu_test.c - readers keep what they see; barrier and destroy wait for what is on its way */
#include <kmalloc/machine.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include "slab/slab.h"
#include "test.h"

struct node {
	u64 value;
	u8 pad[100];
	struct rcu_head rcu;
};

static void readers_keep_what_they_see(void)
{
	struct kmem_cache *cache = KMEM_CACHE(node, 0);
	struct node *node = kmem_cache_alloc(cache, GFP_KERNEL);

	REQUIRE(node);
	node->value = 77;
	rcu_read_lock();
	kfree_rcu(node, rcu);
	CHECK_EQ(slab_cache_objects_out(cache), 1);
	CHECK_EQ(node->value, 77);
	rcu_read_unlock();
	rcu_barrier();
	CHECK_EQ(slab_cache_objects_out(cache), 0);
	kmem_cache_destroy(cache);
}

static void destroy_waits_for_what_is_on_its_way(void)
{
	struct kmem_cache *cache = KMEM_CACHE(node, 0);

	for (int i = 0; i < 500; i++) {
		struct node *node = kmem_cache_alloc(cache, GFP_KERNEL);

		REQUIRE(node);
		kfree_rcu(node, rcu);
	}
	km_test_console_clear();
	kmem_cache_destroy(cache);
	CHECK(!strstr(km_test_console(), "remaining"));
	CHECK(!cache_is_listed(cache));
}

struct big {
	u8 pad[4000];
	struct rcu_head rcu;
	u8 rest[20000];
};

static void every_kind_of_memory_is_freed(void)
{
	unsigned long large = large_count();
	struct node *small = kmalloc(sizeof(*small), GFP_KERNEL), *none = NULL;
	struct big *middle = kmalloc(sizeof(*middle), GFP_KERNEL);
	struct big *area = vmalloc(sizeof(*area));

	REQUIRE(small && middle && area);
	kfree_rcu(small, rcu);
	kfree_rcu(middle, rcu);
	kvfree_rcu(area, rcu);
	kfree_rcu(none, rcu);
	kvfree_rcu_barrier();
	CHECK_EQ(large_count(), large);
	CHECK(!find_vm_area(area));
	CHECK_EQ(slab_deferred, 0);
}

static void without_a_head_a_record_waits(void)
{
	struct kmem_cache *cache = KMEM_CACHE(node, 0);
	struct big *area = vmalloc(sizeof(*area)), *none = NULL;

	for (int i = 0; i < 300; i++) {
		struct node *node = kmem_cache_alloc(cache, GFP_KERNEL);

		REQUIRE(node);
		kfree_rcu_mightsleep(node);
	}
	kvfree_rcu_mightsleep(area);
	kvfree_rcu_mightsleep(none);
	kvfree_rcu_barrier();
	CHECK_EQ(slab_cache_objects_out(cache), 0);
	CHECK(!find_vm_area(area));
	CHECK_EQ(slab_deferred, 0);
	kmem_cache_destroy(cache);
}

/* Whether a record is to be had or not, each object is freed once. */
static void without_memory_for_a_record_the_call_waits(void)
{
	struct kmem_cache *cache = kmem_cache_create("unlucky", 40, NULL, SLAB_NO_MERGE);
	static void *objects[1000];

	for (int i = 0; i < 1000; i++)
		REQUIRE((objects[i] = kmem_cache_alloc(cache, GFP_KERNEL)));
	page_fail_after(0, ~0ul);
	for (int i = 0; i < 1000; i++)
		kfree_rcu_mightsleep(objects[i]);
	page_fail_stop();
	kvfree_rcu_barrier();
	CHECK_EQ(slab_cache_objects_out(cache), 0);
	CHECK_EQ(slab_deferred, 0);
	CHECK(slab_validate());
	kmem_cache_destroy(cache);
}

static int setup(void)
{
	return km_machine_boot(NULL);
}

KM_TESTS(setup, T(readers_keep_what_they_see), T(destroy_waits_for_what_is_on_its_way),
	 T(every_kind_of_memory_is_freed), T(without_a_head_a_record_waits),
	 T(without_memory_for_a_record_the_call_waits));
