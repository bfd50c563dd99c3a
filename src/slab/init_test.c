/* SPDX-License-Identifier: MIT */
/* init_test.c - init_on_alloc and init_on_free: who is wiped and who must keep his bytes */
#define KMALLOC_CHECKED 1
#include <kmalloc/machine.h>
#include <linux/rcupdate.h>
#include <linux/string.h>
#include "slab/slab.h"
#include "test.h"

static bool is_zero(const u8 *at, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		if (at[i])
			return false;
	return true;
}

static void every_size_comes_zeroed(void)
{
	for (size_t size = 1; size < 40000; size += size < 256 ? 1 : size / 9) {
		for (int round = 0; round < 3; round++) {
			u8 *object = kmalloc(size, GFP_KERNEL);

			REQUIRE(object);
			CHECK(is_zero(object, size));
			memset(object, 0xff, size);
			kfree(object);
		}
	}
}

static void freed_objects_are_wiped(void)
{
	struct kmem_cache *cache = kmem_cache_create("wiped", 256, NULL, 0);
	u8 *object = kmem_cache_alloc(cache, GFP_KERNEL);

	REQUIRE(object);
	memset(object, 0xff, 256);
	kmem_cache_free(cache, object);
	CHECK(is_zero(object + 8, 248));
	kmem_cache_destroy(cache);
}

static void ctor(void *object)
{
	memset(object, 0x41, 64);
}

static void constructed_and_typesafe_objects_keep_their_bytes(void)
{
	struct kmem_cache *made = kmem_cache_create("made", 64, 0, 0, ctor);
	struct kmem_cache *safe = kmem_cache_create("safe", 64, 0, SLAB_TYPESAFE_BY_RCU, NULL);
	u8 *a = kmem_cache_alloc(made, GFP_KERNEL), *b = kmem_cache_alloc(safe, GFP_KERNEL);

	REQUIRE(a && b);
	CHECK_EQ(a[63], 0x41);
	memset(b, 0x42, 64);
	rcu_read_lock();
	kmem_cache_free(made, a);
	kmem_cache_free(safe, b);
	CHECK(a[0] == 0x41 && a[63] == 0x41);
	CHECK(b[0] == 0x42 && b[63] == 0x42);
	rcu_read_unlock();
	b = kmem_cache_alloc(safe, GFP_KERNEL);
	CHECK_EQ(b[5], 0x42);
	kmem_cache_free(safe, b);
	b = kmem_cache_zalloc(safe, GFP_KERNEL);
	CHECK(is_zero(b, 64));
	kmem_cache_free(safe, b);
	kmem_cache_destroy(made);
	kmem_cache_destroy(safe);
}

static int setup(void)
{
	static const struct km_config config = { .init_on_alloc = true, .init_on_free = true };

	return km_machine_boot(&config);
}

KM_TESTS(setup, T(every_size_comes_zeroed), T(freed_objects_are_wiped),
	 T(constructed_and_typesafe_objects_keep_their_bytes));
