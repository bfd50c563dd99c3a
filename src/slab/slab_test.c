/* SPDX-License-Identifier: MIT */
/* slab_test.c - a random life of many objects; nothing is handed out twice, nothing is lost */
#define KMALLOC_CHECKED 1
#include <kmalloc/machine.h>
#include <linux/preempt.h>
#include "slab/trace.h"

static struct trace trace;

static void random_trace_agrees_with_the_model(void)
{
	REQUIRE(trace_open(&trace));
	for (int part = 0; part < 20; part++) {
		trace_run(&trace, 2000);
		CHECK(slab_validate());
	}
	trace_close(&trace);
	CHECK(slab_validate());
	CHECK(page_validate());
}

static void live_objects_never_overlap(void)
{
	static u8 *objects[3000];
	static size_t sizes[3000];

	for (int i = 0; i < 3000; i++) {
		sizes[i] = 1 + km_test_random_below(600);
		objects[i] = kmalloc(sizes[i], GFP_KERNEL);
		REQUIRE(objects[i]);
		memset(objects[i], i, ksize(objects[i]));
	}
	for (int i = 0; i < 3000; i++)
		for (size_t k = 0; k < ksize(objects[i]); k++)
			if (objects[i][k] != (u8)i) {
				CHECK_EQ(objects[i][k], (u8)i);
				return;
			}
	for (int i = 0; i < 3000; i++)
		kfree(objects[i]);
	CHECK(slab_validate());
}

static void places_are_found_for_every_byte(void)
{
	struct kmem_cache *cache = kmem_cache_create("places", 40, NULL, 0);
	char *object = kmem_cache_alloc(cache, GFP_KERNEL);
	struct slab_place place;

	REQUIRE(object);
	for (int i = 0; i < 40; i++) {
		CHECK(slab_find(object + i, &place));
		CHECK(place.cache == cache && place.object == object && place.offset == i);
	}
	CHECK(!slab_find(&place, &place));
	CHECK(!slab_find(NULL, &place));
	CHECK(!slab_find((void *)-1L, &place));
	kmem_cache_free(cache, object);
	kmem_cache_destroy(cache);
}

static void the_rest_of_a_slab_belongs_to_its_last_object(void)
{
	struct kmem_cache *cache = kmem_cache_create("rest", 700, NULL, 0);
	char *object = kmem_cache_alloc(cache, GFP_KERNEL), *end;
	struct slab_place place;
	struct page *slab;

	REQUIRE(object);
	slab = frame_head(frame_of(object));
	end = (char *)frame_address(slab) + (PAGE_SIZE << slab->order);
	REQUIRE(slab->objects * cache->layout.slot < (PAGE_SIZE << slab->order));
	CHECK(slab_find(end - 1, &place));
	CHECK_EQ((char *)place.object - (char *)frame_address(slab),
		 (slab->objects - 1) * cache->layout.slot);
	kmem_cache_free(cache, object);
	kmem_cache_destroy(cache);
}

/* Else empty slabs would never be left alone, and so never be given back. */
static void slabs_in_use_are_filled_before_empty_ones(void)
{
	struct kmem_cache *cache = kmem_cache_create("filled", 1000, NULL, 0);
	static void *objects[256];
	struct page *used, *slab;

	for (unsigned int i = 0; i < 256; i++)
		objects[i] = kmem_cache_alloc(cache, GFP_KERNEL);
	used = frame_head(frame_of(objects[0]));
	for (unsigned int i = 1; i < 256; i++)
		kmem_cache_free(cache, objects[i]);
	cache_flush_all(cache);
	REQUIRE(cache->nodes->empty_count && cache->nodes->partial_count == 1);
	objects[1] = kmem_cache_alloc(cache, GFP_KERNEL);
	slab = frame_head(frame_of(objects[1]));
	CHECK(slab == used || used->inuse == used->objects);
	kmem_cache_free(cache, objects[1]);
	kmem_cache_free(cache, objects[0]);
	kmem_cache_destroy(cache);
}

static void a_full_list_gives_a_batch_back(void)
{
	struct kmem_cache *cache = kmem_cache_create("batches", 100, NULL, 0);
	unsigned int worst = 0, least = ~0u, count;
	static void *objects[600];

	for (unsigned int i = 0; i < 600; i++)
		objects[i] = kmem_cache_alloc(cache, GFP_KERNEL);
	preempt_disable();
	for (unsigned int i = 0; i < 600; i++) {
		kmem_cache_free(cache, objects[i]);
		count = cache->cpu[km_port_cpu()].count;
		if (count < worst && count < least)
			least = count;
		if (count > worst)
			worst = count;
	}
	preempt_enable();
	CHECK(least <= worst + 1 - cache->batch);
	kmem_cache_destroy(cache);
}

static void damage_is_found(void)
{
	struct kmem_cache *cache = kmem_cache_create("damage", 64, NULL, 0);
	void **object = kmem_cache_alloc(cache, GFP_KERNEL), *kept;

	REQUIRE(object);
	kmem_cache_free(cache, object);
	CHECK(slab_validate());
	kept = *object;
	*object = &trace;
	CHECK(!slab_validate());
	*object = kept;
	CHECK(slab_validate());
	kmem_cache_destroy(cache);
}

static int setup(void)
{
	return km_machine_boot(NULL);
}

KM_TESTS(setup, T(random_trace_agrees_with_the_model), T(live_objects_never_overlap),
	 T(places_are_found_for_every_byte),
	 T(the_rest_of_a_slab_belongs_to_its_last_object),
	 T(slabs_in_use_are_filled_before_empty_ones), T(a_full_list_gives_a_batch_back),
	 T(damage_is_found));
