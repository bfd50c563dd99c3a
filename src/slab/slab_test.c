/* SPDX-License-Identifier: MIT */
/* slab_test.c - a random life of many objects; nothing is handed out twice, nothing is lost */
#define KMALLOC_CHECKED 1
#include <kmalloc/machine.h>
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
	 T(places_are_found_for_every_byte), T(damage_is_found));
