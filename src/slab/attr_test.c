/* SPDX-License-Identifier: MIT */
/* attr_test.c - the texts of /sys/kernel/slab, and what can be written there */
#define KMALLOC_CHECKED 1
#include <kmalloc/machine.h>
#include <linux/errno.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "slab/slab.h"
#include "test.h"

static char text[200];

static bool reads(const char *name, const char *attr, const char *wanted)
{
	int bytes = slab_attr_read(name, attr, text, sizeof(text));

	if (bytes == (int)strlen(wanted) && !strcmp(text, wanted))
		return true;
	km_test_note("%s/%s is \"%s\", not \"%s\"", name, attr, bytes < 0 ? "?" : text, wanted);
	return false;
}

static void nop_ctor(void *object)
{
}

static void plain_values_are_shown(void)
{
	struct kmem_cache_args args = { .align = 64, .usersize = 12 };
	struct kmem_cache *cache = kmem_cache_create("shown", 500, &args,
						     SLAB_HWCACHE_ALIGN | SLAB_RECLAIM_ACCOUNT);

	REQUIRE(cache);
	CHECK(reads("shown", "slab_size", "512\n"));
	CHECK(reads("shown", "object_size", "500\n"));
	CHECK(reads("shown", "align", "64\n"));
	CHECK(reads("shown", "min_partial", "5\n"));
	CHECK(reads("shown", "cpu_partial", "52\n"));
	CHECK(reads("shown", "usersize", "12\n"));
	CHECK(reads("shown", "hwcache_align", "1\n"));
	CHECK(reads("shown", "reclaim_account", "1\n"));
	CHECK(reads("shown", "cache_dma", "0\n"));
	CHECK(reads("shown", "destroy_by_rcu", "0\n"));
	CHECK(reads("shown", "red_zone", "0\n"));
	CHECK(reads("shown", "aliases", "0\n"));
	CHECK(reads("shown", "ctor", ""));
	CHECK(reads("shown", "shrink", ""));
	CHECK(reads("shown", "remote_node_defrag_ratio", "100\n"));
	CHECK(reads("dma-kmalloc-8k", "cache_dma", "1\n"));
	kmem_cache_destroy(cache);
	cache = kmem_cache_create("built", 8, 0, SLAB_TYPESAFE_BY_RCU, nop_ctor);
	CHECK(slab_attr_read("built", "ctor", text, sizeof(text)) > 2);
	CHECK(reads("built", "destroy_by_rcu", "1\n"));
	kmem_cache_destroy(cache);
	CHECK_EQ(slab_attr_read("built", "ctor", text, sizeof(text)), -ENOENT);
	CHECK_EQ(slab_attr_read("kmalloc-8", "no_such", text, sizeof(text)), -ENOENT);
}

static void counts_follow_the_objects(void)
{
	struct kmem_cache *cache = kmem_cache_create("counted", 1000, NULL, SLAB_NO_MERGE);
	unsigned int fill = slab_layout_objects(&cache->layout, cache->layout.order);
	static void *objects[512];
	unsigned long count = 2 * fill + 1;
	char wanted[60];

	REQUIRE(count < 512 && fill > 2);
	CHECK(reads("counted", "objects", "0\n"));
	CHECK(reads("counted", "slabs", "0\n"));
	for (unsigned int i = 0; i < count; i++)
		objects[i] = kmem_cache_alloc(cache, GFP_KERNEL);
	kmem_cache_shrink(cache);
	sprintf(wanted, "%lu N0=%lu\n", count, count);
	CHECK(reads("counted", "objects", wanted));
	sprintf(wanted, "%u N0=%u\n", 3 * fill, 3 * fill);
	CHECK(reads("counted", "total_objects", wanted));
	CHECK(reads("counted", "slabs", "3 N0=3\n"));
	CHECK(reads("counted", "partial", "1 N0=1\n"));
	CHECK(reads("counted", "objects_partial", "1 N0=1\n"));
	CHECK(reads("counted", "slabs_cpu_partial", "0(0)\n"));
	CHECK(reads("counted", "cpu_slabs", "0\n"));
	kmem_cache_free(cache, objects[--count]);
	slab_attr_read("counted", "slabs_cpu_partial", text, sizeof(text));
	CHECK(!strncmp(text, "1(1) C", 6));
	while (count)
		kmem_cache_free(cache, objects[--count]);
	CHECK_EQ(slab_attr_write("counted", "shrink", "1\n"), 0);
	CHECK(reads("counted", "total_objects", "0\n"));
	kmem_cache_destroy(cache);
}

static void aliases_lead_to_their_cache(void)
{
	struct kmem_cache *cache = kmem_cache_create("one", 384, NULL, 0);

	CHECK(kmem_cache_create("two", 384, NULL, 0) == cache);
	CHECK(reads("one", "aliases", "1\n"));
	CHECK(reads("two", "aliases", "1\n"));
	kmem_cache_destroy(cache);
	CHECK(reads("one", "aliases", "0\n"));
	CHECK_EQ(slab_attr_read("two", "aliases", text, sizeof(text)), -ENOENT);
	kmem_cache_destroy(cache);
}

static void what_is_written_is_obeyed(void)
{
	struct kmem_cache *cache = kmem_cache_create("written", 256, NULL, SLAB_NO_MERGE);
	static void *objects[400];

	CHECK_EQ(slab_attr_write("written", "min_partial", "0\n"), 0);
	CHECK(reads("written", "min_partial", "0\n"));
	CHECK_EQ(slab_attr_write("written", "cpu_partial", "2\n"), 0);
	CHECK(reads("written", "cpu_partial", "2\n"));
	for (int i = 0; i < 400; i++)
		objects[i] = kmem_cache_alloc(cache, GFP_KERNEL);
	for (int i = 0; i < 400; i++)
		kmem_cache_free(cache, objects[i]);
	/* No slab is kept for later, and hardly an object. */
	CHECK(nodes_sum(cache).inuse <= 2 * km_port_cpus());
	CHECK(nodes_sum(cache).slabs <= 2 * km_port_cpus());
	CHECK_EQ(slab_attr_write("written", "cpu_partial", "0"), 0);
	for (int i = 0; i < 400; i++)
		objects[i] = kmem_cache_alloc(cache, GFP_KERNEL);
	for (int i = 0; i < 400; i++)
		kmem_cache_free(cache, objects[i]);
	CHECK_EQ(slab_cache_objects_out(cache), 0);
	CHECK_EQ(slab_attr_write("written", "cpu_partial", "many"), -EINVAL);
	CHECK_EQ(slab_attr_write("written", "shrink", "0"), -EINVAL);
	CHECK_EQ(slab_attr_write("written", "order", "1"), -EACCES);
	CHECK_EQ(slab_attr_write("written", "nothing", "1"), -ENOENT);
	CHECK_EQ(slab_attr_write("writ", "shrink", "1"), -ENOENT);
	CHECK_EQ(slab_attr_write("written", "remote_node_defrag_ratio", "101"), -ERANGE);
	CHECK_EQ(slab_attr_write("written", "remote_node_defrag_ratio", "50"), 0);
	CHECK(reads("written", "remote_node_defrag_ratio", "50\n"));
	CHECK(slab_validate());
	kmem_cache_destroy(cache);
}

static void validate_finds_damage(void)
{
	struct kmem_cache *plain = kmem_cache_create("plain", 64, NULL, SLAB_NO_MERGE);
	struct kmem_cache *cache = kmem_cache_create("valid", 64, NULL, SLAB_POISON);
	u8 *object = kmem_cache_alloc(cache, GFP_KERNEL);

	REQUIRE(object);
	kmem_cache_free(cache, object);
	km_test_console_clear();
	CHECK_EQ(slab_attr_write("valid", "validate", "1"), 0);
	CHECK(!*km_test_console());
	OPTIMIZER_HIDE_VAR(object);
	object[5]++;
	CHECK_EQ(slab_attr_write("valid", "validate", "1"), 0);
	CHECK(strstr(km_test_console(), "FIX valid: Restoring Poison "));
	CHECK_EQ(slab_attr_write("plain", "validate", "1"), -EINVAL);
	CHECK_EQ(slab_attr_write("valid", "validate", "0"), -EINVAL);
	kmem_cache_destroy(plain);
	kmem_cache_destroy(cache);
}

static void each_name_reads_for_each_cache(void)
{
	struct kmem_cache *cache;
	const char *name;

	for (cache = slab_cache_next(NULL); cache; cache = slab_cache_next(cache))
		for (unsigned int i = 0; (name = slab_attr_name(i)); i++)
			CHECK(slab_attr_read(slab_cache_name(cache), name, text, 20) >= 0);
	CHECK_EQ(slab_attr_read("kmalloc-1k", "object_size", text, 3), 2);
}

static int setup(void)
{
	return km_machine_boot(NULL);
}

KM_TESTS(setup, T(plain_values_are_shown), T(counts_follow_the_objects),
	 T(aliases_lead_to_their_cache), T(what_is_written_is_obeyed), T(validate_finds_damage),
	 T(each_name_reads_for_each_cache));
