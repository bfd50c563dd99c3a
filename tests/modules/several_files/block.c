/* SPDX-License-Identifier: MIT */
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <linux/export.h>
#include "core.h"

static struct kmem_cache *cache;

int block_cache_init(void)
{
	cache = KMEM_CACHE(block, SLAB_HWCACHE_ALIGN);
	return cache ? 0 : -ENOMEM;
}

void block_cache_exit(void)
{
	kmem_cache_destroy(cache);
}

struct block *block_new(u32 nr)
{
	struct block *b = kmem_cache_zalloc(cache, GFP_NOIO);

	if (!b)
		return NULL;
	b->nr = nr;
	b->data = vmalloc(PAGE_SIZE + nr);
	if (!b->data) {
		kmem_cache_free(cache, b);
		return NULL;
	}
	memset(b->data, nr, PAGE_SIZE + nr);
	return b;
}
EXPORT_SYMBOL_GPL(block_new);

void block_free(struct block *b)
{
	vfree(b->data);
	kmem_cache_free(cache, b);
}
