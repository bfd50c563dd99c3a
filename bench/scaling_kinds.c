/* SPDX-License-Identifier: MIT */
/* scaling_kinds.c - the kernel side of scaling.c: what is made, unmade and looked up among many */
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/vmalloc.h>
#include "scaling.h"

static struct kmem_cache *cache;

static void *make_64(unsigned long number)
{
	return kmalloc(64, GFP_KERNEL);
}

static void *make_mixed(unsigned long number)
{
	return kmalloc(8 + number * 37 % 1000, GFP_KERNEL);
}

static void unmake_object(void *thing)
{
	kfree(thing);
}

static int open_cache(void)
{
	cache = kmem_cache_create("scaling", 120, 0, SLAB_NO_MERGE, NULL);
	return cache ? 0 : -1;
}

static void *make_of_cache(unsigned long number)
{
	return kmem_cache_alloc(cache, GFP_KERNEL);
}

static void unmake_of_cache(void *thing)
{
	kmem_cache_free(cache, thing);
}

static void *make_page(unsigned long number)
{
	return alloc_page(GFP_KERNEL);
}

static void unmake_page(void *thing)
{
	__free_page(thing);
}

static void *make_area(unsigned long number)
{
	return vmalloc(PAGE_SIZE);
}

static void unmake_area(void *thing)
{
	vfree(thing);
}

static void look_area(void *thing)
{
	if (find_vm_area(thing)->addr != thing)
		__builtin_trap();
}

static void look_page(void *thing)
{
	if (!vmalloc_to_page(thing))
		__builtin_trap();
}

static void *make_percpu(unsigned long number)
{
	return (__force void *)__alloc_percpu(16, 8);
}

static void unmake_percpu(void *thing)
{
	free_percpu((void __percpu *)thing);
}

static void *make_cache(unsigned long number)
{
	static unsigned long made;
	char name[32];

	scnprintf(name, sizeof(name), "scaling-%lu", made++);
	return kmem_cache_create(name, 64 + number % 64 * 8, 0, SLAB_NO_MERGE, NULL);
}

/* Like caches join: only the names are many. */
static void *make_alias(unsigned long number)
{
	static unsigned long made;
	char name[32];

	scnprintf(name, sizeof(name), "alias-%lu", made++);
	return kmem_cache_create(name, 64, 0, 0, NULL);
}

static void unmake_cache(void *thing)
{
	kmem_cache_destroy(thing);
}


const struct scaling_kind scaling_kinds[] = {
	{ "kmalloc-64", "kfree() and kmalloc(64)", NULL, make_64, unmake_object },
	{ "kmalloc-mixed", "the same, sizes 8 to 1007", NULL, make_mixed, unmake_object },
	{ "kmem_cache", "kmem_cache_free() and _alloc()", open_cache, make_of_cache,
	  unmake_of_cache },
	{ "page", "__free_page() and alloc_page()", NULL, make_page, unmake_page },
	{ "vmalloc", "vfree() and vmalloc() of a page", NULL, make_area, unmake_area },
	{ "find_vm_area", "find_vm_area()", NULL, make_area, unmake_area, look_area },
	{ "vmalloc_to_page", "vmalloc_to_page()", NULL, make_area, unmake_area, look_page },
	{ "percpu", "free_percpu() and __alloc_percpu(16)", NULL, make_percpu, unmake_percpu },
	{ "cache", "kmem_cache_destroy() and _create()", NULL, make_cache, unmake_cache },
	{ "alias", "the same, of caches that are merged", NULL, make_alias, unmake_cache },
	{ }
};
