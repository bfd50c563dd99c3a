/* SPDX-License-Identifier: MIT */
/* guard_test.c - with guard pages each object ends where a page without access begins */
#define KMALLOC_CHECKED 1
#include <kmalloc/machine.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "page/page_room.h"
#include "slab/slab_room.h"
#include "test.h"

static bool ends_a_page(const void *object, size_t bytes)
{
	return ((uintptr_t)object + ALIGN(bytes, 8)) % PAGE_SIZE == 0;
}

static bool has_fence(const void *object, size_t bytes)
{
	const char *behind = (char *)PAGE_ALIGN((uintptr_t)object + bytes);
	void *base;

	return slab_guarded(object, &base) && !km_test_readable(behind) &&
	       (char *)base + slab_guarded(object, &base) == behind;
}

static void every_size_ends_at_a_page(void)
{
	for (size_t bytes = 1; bytes < 20000; bytes += bytes < 200 ? 1 : 301) {
		char *object = kzalloc(bytes, GFP_KERNEL);

		CHECK(object && ends_a_page(object, bytes) && has_fence(object, bytes));
		CHECK(!memchr_inv(object, 0, bytes));
		CHECK(ksize(object) >= bytes && ksize(object) < bytes + 8);
		memset(object, 0xff, bytes);
		kfree(object);
	}
}

static void sizes_keep_their_alignment(void)
{
	for (size_t bytes = 8; bytes <= 8192; bytes *= 2) {
		void *object = kmalloc(bytes, GFP_KERNEL);

		CHECK_EQ((uintptr_t)object % (bytes < PAGE_SIZE ? bytes : PAGE_SIZE), 0);
		kfree(object);
	}
}

static void krealloc_moves_what_shrinks(void)
{
	char *object = kmalloc(100, GFP_KERNEL), *moved;

	memset(object, 7, 100);
	moved = krealloc(object, 50, GFP_KERNEL);
	CHECK(moved && ends_a_page(moved, 50) && moved[49] == 7);
	moved = krealloc(moved, 9000, GFP_KERNEL);
	CHECK(moved && ends_a_page(moved, 9000) && moved[49] == 7);
	kfree(moved);
}

static unsigned int made;

static void count_made(void *object)
{
	made++;
	*(u32 *)object = 77;
}

static void objects_of_caches_end_at_a_page(void)
{
	struct kmem_cache *plain = kmem_cache_create("plain", 40, 0, 0, NULL);
	struct kmem_cache *built = kmem_cache_create("built", 40, 0, 0, count_made);
	void *objects[20];

	for (unsigned int i = 0; i < 20; i++) {
		objects[i] = kmem_cache_alloc(plain, GFP_KERNEL);
		CHECK(objects[i] && ends_a_page(objects[i], 40) && has_fence(objects[i], 40));
		memset(objects[i], 0xff, 40);
	}
	CHECK_EQ(slab_cache_objects_out(plain), 20);
	for (unsigned int i = 0; i < 20; i++)
		kmem_cache_free(plain, objects[i]);
	objects[0] = kmem_cache_alloc(built, GFP_KERNEL);
	CHECK(made && *(u32 *)objects[0] == 77);
	/* A link word lies between it and the page. */
	CHECK(ends_a_page(objects[0], 48));
	kmem_cache_free(built, objects[0]);
	CHECK(slab_validate());
	kmem_cache_destroy(plain);
	kmem_cache_destroy(built);
}

static void all_pages_come_back(void)
{
	unsigned long before;
	void *object;

	kfree(kmalloc(100, GFP_KERNEL));
	page_drain_all();
	before = page_free_total();
	object = kmalloc(5000, GFP_KERNEL);
	CHECK_EQ(before - page_free_total(), 4);
	kfree(object);
	CHECK_EQ(page_free_total(), before);
	CHECK(page_validate());
}

static int setup(void)
{
	static const struct km_config config = { .guard_pages = true };

	return km_machine_boot(&config);
}

KM_TESTS(setup,
	T(every_size_ends_at_a_page),
	T(sizes_keep_their_alignment),
	T(krealloc_moves_what_shrinks),
	T(objects_of_caches_end_at_a_page),
	T(all_pages_come_back));
