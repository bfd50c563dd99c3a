/* SPDX-License-Identifier: MIT */
/* load.c - the kernel side of the views' test: things of which it is known how many there are */
#include <linux/gfp.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include "load.h"

#define OBJECTS	1000

static struct kmem_cache *cache;
static void *objects[OBJECTS], *areas[3];

int load_make(void)
{
	cache = kmem_cache_create("view_load", 200, 0, SLAB_NO_MERGE | SLAB_RECLAIM_ACCOUNT, NULL);
	if (!cache)
		return -1;
	for (unsigned int i = 0; i < OBJECTS; i++)
		objects[i] = kmem_cache_alloc(cache, GFP_KERNEL);
	for (unsigned int i = 0; i < OBJECTS; i += 4) {
		kmem_cache_free(cache, objects[i]);
		objects[i] = NULL;
	}
	for (unsigned int i = 0; i < 3; i++)
		areas[i] = vmalloc((i + 1) * 10000);
	return areas[2] ? 0 : -1;
}

void load_end(void)
{
	for (unsigned int i = 0; i < 3; i++)
		vfree(areas[i]);
	for (unsigned int i = 0; i < OBJECTS; i++)
		if (objects[i])
			kmem_cache_free(cache, objects[i]);
	kmem_cache_destroy(cache);
}
