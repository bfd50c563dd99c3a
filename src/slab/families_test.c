/* SPDX-License-Identifier: MIT */
/* families_test.c - which caches kmalloc() takes from: families by gfp, sets of buckets */
#define KMALLOC_CHECKED 1
#include <kmalloc/machine.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "slab/slab.h"
#include "test.h"

static const char *home(const void *object)
{
	struct slab_place place;

	return slab_find(object, &place) && place.cache ? slab_cache_name(place.cache) : "none";
}

static void gfp_picks_the_family(void)
{
	static const struct { gfp_t gfp; const char *name; } rows[] = {
		{ GFP_KERNEL, "kmalloc-64" },
		{ GFP_KERNEL | __GFP_RECLAIMABLE, "kmalloc-rcl-64" },
		{ GFP_KERNEL_ACCOUNT, "kmalloc-cg-64" },
		{ GFP_KERNEL | GFP_DMA, "dma-kmalloc-64" },
		/* DMA before RECLAIMABLE before ACCOUNT */
		{ GFP_KERNEL_ACCOUNT | __GFP_RECLAIMABLE, "kmalloc-rcl-64" },
		{ GFP_KERNEL_ACCOUNT | GFP_DMA, "dma-kmalloc-64" },
		{ GFP_KERNEL | GFP_DMA | __GFP_RECLAIMABLE, "dma-kmalloc-64" },
		{ GFP_KERNEL_ACCOUNT | GFP_DMA | __GFP_RECLAIMABLE, "dma-kmalloc-64" },
		{ GFP_ATOMIC | __GFP_ACCOUNT | __GFP_ZERO, "kmalloc-cg-64" },
	};

	for (unsigned int i = 0; i < ARRAY_SIZE(rows); i++) {
		void *object = kmalloc(50, rows[i].gfp);

		REQUIRE(object);
		CHECK(!strcmp(home(object), rows[i].name));
		kfree(object);
	}
}

static void each_class_has_its_name_in_each_family(void)
{
	static const char *const sizes[] = { "8", "16", "32", "64", "96", "128", "192", "256",
					     "512", "1k", "2k", "4k", "8k" };
	static const char *const families[] = { "kmalloc-", "kmalloc-rcl-", "kmalloc-cg-",
						"dma-kmalloc-" };
	static const slab_flags_t flags[] = { 0, SLAB_RECLAIM_ACCOUNT, SLAB_ACCOUNT,
					      SLAB_CACHE_DMA };
	char name[40];

	for (unsigned int f = 0; f < ARRAY_SIZE(families); f++) {
		for (unsigned int s = 0; s < ARRAY_SIZE(sizes); s++) {
			struct kmem_cache *cache;

			sprintf(name, "%s%s", families[f], sizes[s]);
			cache = cache_find(name);
			REQUIRE(cache);
			CHECK_EQ(cache->flags & SLAB_MERGE_SAME, flags[f]);
			CHECK(cache->flags & SLAB_KMALLOC);
		}
	}
}

static void caches_for_dma_lie_low(void)
{
	void *object = kmalloc(100, GFP_KERNEL | GFP_DMA);

	REQUIRE(object);
	CHECK(frame_pfn(frame_of(object)) < (16ul << 20 >> PAGE_SHIFT));
	kfree(object);
}

static void buckets_are_apart_from_kmalloc(void)
{
	kmem_buckets *set = kmem_buckets_create("msg_msg", SLAB_ACCOUNT, 16, 40, NULL);
	static const struct { size_t size; const char *name; } rows[] = {
		{ 1, "msg_msg-8" }, { 64, "msg_msg-64" }, { 65, "msg_msg-96" },
		{ 130, "msg_msg-192" }, { 1000, "msg_msg-1k" }, { 8192, "msg_msg-8k" },
		{ 8193, "none" },
	};
	struct kmem_cache *cache;
	void *object;

	REQUIRE(set);
	for (unsigned int i = 0; i < ARRAY_SIZE(rows); i++) {
		object = kmem_buckets_alloc(set, rows[i].size, GFP_KERNEL);
		REQUIRE(object);
		CHECK(!strcmp(home(object), rows[i].name));
		CHECK(ksize(object) >= rows[i].size);
		kfree(object);
	}
	CHECK(kmem_buckets_alloc(set, 0, GFP_KERNEL) == ZERO_SIZE_PTR);
	/* The set decides, whatever family the gfp names. */
	object = kmem_buckets_alloc_track_caller(set, 64, GFP_KERNEL | __GFP_RECLAIMABLE);
	CHECK(!strcmp(home(object), "msg_msg-64"));
	kfree(object);
	object = kmem_buckets_alloc(NULL, 64, GFP_KERNEL_ACCOUNT);
	CHECK(!strcmp(home(object), "kmalloc-cg-64"));
	kfree(object);
	cache = cache_find("msg_msg-32");
	CHECK(cache->useroffset == 16 && cache->usersize == 16 && cache->flags & SLAB_ACCOUNT);
	cache = cache_find("msg_msg-16");
	CHECK(cache->useroffset == 0 && cache->usersize == 0);
	cache = cache_find("msg_msg-2k");
	CHECK(cache->useroffset == 16 && cache->usersize == 40);
}

static void bad_buckets_are_refused(void)
{
	char name[80];

	memset(name, 'n', sizeof(name) - 1);
	name[79] = 0;
	CHECK(!kmem_buckets_create(name, 0, 0, 0, NULL));
	CHECK(!kmem_buckets_create("bad_flags", 1u << 31, 0, 0, NULL));
	CHECK(!kmem_buckets_create(NULL, 0, 0, 0, NULL));
}

static unsigned long settled_pages(void)
{
	kmem_cache_shrink(cache_of_caches);
	kmem_cache_shrink(cache_find("kmem_buckets"));
	page_drain_all();
	return page_free_total();
}

/* So that a set needs pages for its caches half way. */
static unsigned int fill_cache_of_caches(struct kmem_cache **fillers, unsigned int most)
{
	unsigned int count = 0;

	kmem_cache_shrink(cache_of_caches);
	while (slab_cache_objects_out(cache_of_caches) < nodes_sum(cache_of_caches).objects &&
	       count < most)
		fillers[count++] = kmem_cache_create("filler", 8, NULL, SLAB_NO_MERGE);
	for (unsigned int room = 0; room < 3 && count; room++)
		kmem_cache_destroy(fillers[--count]);
	return count;
}

static void buckets_survive_each_failure(void)
{
	static struct kmem_cache *fillers[300];
	unsigned int count = fill_cache_of_caches(fillers, 300);
	unsigned long before = settled_pages(), n, failed = 1, failures = 0;

	for (n = 0; failed; n++) {
		kmem_buckets *set;

		REQUIRE(n < 200);
		page_fail_after(n, 1000000);
		set = kmem_buckets_create("unlucky", 0, 0, 0, NULL);
		failed = page_fail_stop();
		CHECK(set || failed);
		if (!set) {
			CHECK(!cache_find("unlucky-8"));
			CHECK_EQ(settled_pages(), before);
			failures++;
		}
	}
	CHECK(failures);
	while (count)
		kmem_cache_destroy(fillers[--count]);
	CHECK(cache_find("unlucky-8") && cache_find("unlucky-8k"));
}

/* Objects left in a set's caches are counted like kmalloc()'s, the caches are not. */
static void shutdown_ends_the_sets(void)
{
	kmem_buckets *set = kmem_buckets_create("last", 0, 0, 0, NULL);

	REQUIRE(set && kmem_buckets_alloc(set, 100, GFP_KERNEL));
	CHECK_EQ(km_machine_shutdown(), 1);
	REQUIRE(!km_machine_boot(NULL));
	CHECK(!cache_find("last-128"));
}

static int setup(void)
{
	return km_machine_boot(NULL);
}

KM_TESTS(setup, T(gfp_picks_the_family), T(each_class_has_its_name_in_each_family),
	 T(caches_for_dma_lie_low), T(buckets_survive_each_failure),
	 T(buckets_are_apart_from_kmalloc), T(bad_buckets_are_refused), T(shutdown_ends_the_sets));
