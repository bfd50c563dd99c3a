/* SPDX-License-Identifier: MIT */
/*
 * loops.c - the fast road, one pair of calls after another
 *
 * Nothing but the calls and the counter of the loop: what callgrind counts here is the price of a
 * pair.
 */
#include <kmalloc/machine.h>
#include <linux/gfp.h>
#include <linux/slab.h>
#include "loops.h"

static struct kmem_cache *cache;
static volatile size_t variable_size = 64;

/* The object must be there: the compiler may not drop the pair. */
#define USE(object)	__asm__ volatile("" : : "r"(object) : "memory")

static void constant_size(unsigned long pairs)
{
	while (pairs--) {
		void *object = kmalloc(64, GFP_KERNEL);

		USE(object);
		kfree(object);
	}
}

static void variable_sizes(unsigned long pairs)
{
	size_t size = variable_size;

	while (pairs--) {
		void *object;

		USE(size);
		object = kmalloc(size, GFP_KERNEL);
		USE(object);
		kfree(object);
	}
}

static void zeroed(unsigned long pairs)
{
	while (pairs--) {
		void *object = kzalloc(64, GFP_KERNEL);

		USE(object);
		kfree(object);
	}
}

static void from_cache(unsigned long pairs)
{
	while (pairs--) {
		void *object = kmem_cache_alloc(cache, GFP_KERNEL);

		USE(object);
		kmem_cache_free(cache, object);
	}
}

static void whole_page(unsigned long pairs)
{
	while (pairs--) {
		struct page *page = alloc_page(GFP_KERNEL);

		USE(page);
		__free_page(page);
	}
}

const struct bench_loop bench_loops[] = {
	{ "kmalloc-constant-64", constant_size },
	{ "kmalloc-variable-64", variable_sizes },
	{ "kzalloc-constant-64", zeroed },
	{ "kmem_cache-64", from_cache },
	{ "page", whole_page },
	{ NULL, NULL },
};

void bench_pairs(size_t bytes, unsigned long pairs)
{
	while (pairs--) {
		void *object = kmalloc(bytes, GFP_KERNEL);

		USE(object);
		kfree(object);
	}
}

void bench_bursts(size_t bytes, unsigned long pairs)
{
	void *objects[BENCH_BURST];
	unsigned long i;

	for (; pairs >= BENCH_BURST; pairs -= BENCH_BURST) {
		for (i = 0; i < BENCH_BURST; i++)
			objects[i] = kmalloc(bytes, GFP_KERNEL);
		for (i = 0; i < BENCH_BURST; i++)
			kfree(objects[i]);
	}
}

int bench_boot(void)
{
	int error = km_machine_boot(NULL);

	if (error)
		return error;
	cache = kmem_cache_create("bench", 64, NULL, 0);
	return cache ? 0 : -ENOMEM;
}
