/* SPDX-License-Identifier: MIT */
/* quarantine_test.c - freed objects stay away for a while, and come back when memory is short */
#include "rules/rules_test.h"
#include "rules/shadow.h"
#include "slab/slab_room.h"

static void a_freed_object_is_not_handed_out_again_soon(void)
{
	void *object = kmalloc(48, GFP_KERNEL);

	kfree(object);
	for (unsigned int i = 0; i < 1000; i++) {
		void *other = kmalloc(48, GFP_KERNEL);

		CHECK(other != object);
		kfree(other);
	}
}

static void typesafe_caches_are_left_alone(void)
{
	struct kmem_cache *cache = kmem_cache_create("typesafe", 48, 0, SLAB_TYPESAFE_BY_RCU, NULL);
	void *object = kmem_cache_alloc(cache, GFP_KERNEL);
	unsigned long out = slab_cache_objects_out(cache);
	uint8_t code;

	told_clear();
	kmem_cache_free(cache, object);
	CHECK_EQ(slab_cache_objects_out(cache), out - 1);
	/* A reader that found it a moment ago may still look. */
	CHECK(!shadow_bad_byte((uintptr_t)object, 48, &code));
	kmem_cache_free(cache, object);
	CHECK_TOLD("double-free", "");
	kmem_cache_destroy(cache);
}

static void what_is_kept_has_a_limit(void)
{
	unsigned long before = nr_free_pages(), least = before;

	for (unsigned int i = 0; i < 20000; i++) {
		kfree(kmalloc(8000, GFP_KERNEL));
		if (nr_free_pages() < least)
			least = nr_free_pages();
	}
	CHECK(before - least < totalram_pages() / 6);
}

static void pressure_brings_all_back(void)
{
	struct kmem_cache *cache = kmem_cache_create("pressed", 512, 0, 0, NULL);
	struct km_event event = { .point = KM_POINT_PRESSURE };
	void *objects[64];

	for (unsigned int i = 0; i < 64; i++)
		objects[i] = kmem_cache_alloc(cache, GFP_KERNEL);
	for (unsigned int i = 0; i < 64; i++)
		kmem_cache_free(cache, objects[i]);
	CHECK_EQ(slab_cache_objects_out(cache), 64);
	quarantine_rule.see(&event);
	CHECK_EQ(slab_cache_objects_out(cache), 0);
	kmem_cache_destroy(cache);
}

static void memory_can_be_used_up_and_comes_back(void)
{
	static void *objects[8192];
	unsigned int count = 0;

	for (unsigned int i = 0; i < 3000; i++)
		kfree(kmalloc(4000, GFP_KERNEL));
	while (count < 8192 &&
	       (objects[count] = kmalloc(16384, GFP_KERNEL | __GFP_NORETRY | __GFP_NOWARN)))
		count++;
	/* Nearly all of RAM was to be had, although part of it was kept before. */
	CHECK(count == 8192 || count > totalram_pages() / 4 * 8 / 10);
	while (count)
		kfree(objects[--count]);
}

KM_TESTS(rules_setup,
	T(a_freed_object_is_not_handed_out_again_soon),
	T(typesafe_caches_are_left_alone),
	T(what_is_kept_has_a_limit),
	T(pressure_brings_all_back),
	T(memory_can_be_used_up_and_comes_back));
