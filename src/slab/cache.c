/* SPDX-License-Identifier: MIT */
/*
 * cache.c - a cache itself: filled, made and unmade
 *
 * Owns: struct kmem_cache.  Not: the list and the names (names.c), what users may ask for
 *       (create.c), and how a cache ends (destroy.c).
 * K1  A cache is listed from the end of cache_make() to the start of cache_unmake().
 * K3  A cache's own memory comes from cache_of_caches or from pages, never through the door.
 * Lock: none here.  cache_make() may sleep.
 */
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/log2.h>
#include <linux/string.h>
#include "slab/take.h"

unsigned long slab_deferred;

/* How many free objects a CPU may keep, by size: Linux's numbers for per-CPU partial slabs. */
static u32 cache_high(u32 size)
{
	if (size >= PAGE_SIZE)
		return 6;
	if (size >= 1024)
		return 24;
	return size >= 256 ? 52 : 120;
}

static gfp_t cache_page_gfp(slab_flags_t flags)
{
	gfp_t gfp = __GFP_COMP;

	if (flags & SLAB_CACHE_DMA)
		gfp |= GFP_DMA;
	if (flags & SLAB_CACHE_DMA32)
		gfp |= GFP_DMA32;
	if (flags & SLAB_RECLAIM_ACCOUNT)
		gfp |= __GFP_RECLAIMABLE;
	return gfp;
}

/* Linux turns a wrong region off instead of failing. */
static void cache_usercopy(struct kmem_cache *cache, u32 size, const struct kmem_cache_args *args)
{
	if (WARN_ON(!args->usersize && args->useroffset))
		return;
	if (WARN_ON(size < args->usersize || size - args->usersize < args->useroffset))
		return;
	cache->useroffset = args->useroffset;
	cache->usersize = args->usersize;
}

/**
 * cache_start() - fill a cache whose layout is set; it gets its name and its place on the list from
 * the caller
 */
void cache_start(struct kmem_cache *cache, unsigned int size, const struct kmem_cache_args *args,
		 slab_flags_t flags, u32 traits)
{
	unsigned int cpu, cpus = km_port_cpus(), nid, half_log = ilog2(cache->layout.slot) / 2;
	bool keeps_bytes = args->ctor || (flags & SLAB_TYPESAFE_BY_RCU);
	/* Poison says more than zeros: it is seen when somebody writes. */
	bool is_wiped = !keeps_bytes && !(flags & SLAB_POISON);

	if (page_init_on_alloc && is_wiped)
		traits |= CACHE_ZERO_ALLOC;
	if (page_init_on_free && is_wiped)
		traits |= CACHE_ZERO_FREE;
	if (cache->layout.link)
		traits |= CACHE_FAR_LINK;
	if (flags & SLAB_DEBUG_FLAGS)
		traits |= CACHE_DEBUG;
	if (failslab_is_on() && !(traits & CACHE_INTERNAL))
		traits |= CACHE_FAIL;
	if (slab_hardened && !(traits & CACHE_INTERNAL)) {
		traits |= CACHE_HARD;
		cache->secret = get_random_u64();
	}
	cache->traits = traits;
	cache->link = cache->layout.link;
	cache->object_size = size;
	cache->flags = flags;
	cache->ctor = args->ctor;
	cache->page_gfp = cache_page_gfp(flags);
	cache->min_partial = half_log < 5 ? 5 : half_log > 10 ? 10 : half_log;
	cache->batch = cache_high(size) / 2;
	cache_usercopy(cache, size, args);
	cache->remote_ratio = SLAB_REMOTE_RATIO;
	cache->nodes = (struct slab_node *)&cache->cpu[cpus];
	for (cpu = 0; cpu < cpus; cpu++)
		cache->cpu[cpu] = (struct pcpu_head) { .high = cache_high(size) };
	for (nid = 0; nid < nr_node_ids; nid++)
		node_start(&cache->nodes[nid]);
}

/**
 * cache_make() - a new cache on the list; no checks of the request, no events
 * Return: the cache, or ERR_PTR.
 */
struct kmem_cache *cache_make(const char *name, unsigned int size,
			      const struct kmem_cache_args *args, slab_flags_t flags, u32 traits)
{
	struct slab_layout layout;
	struct kmem_cache *cache;
	const char *copy;
	int err;

	if (!(traits & CACHE_INTERNAL)) {
		flags = debug_flags(flags, name);
		/* Tests of the allocator do on purpose what rules are there to find. */
		if (slab_watched && !(flags & SLAB_NO_USER_FLAGS))
			traits |= CACHE_WATCHED;
	}
	err = slab_layout_make(&layout, size, args, flags, traits & CACHE_WATCHED);
	if (!err && debug_spares(&layout, size, &flags))
		err = slab_layout_make(&layout, size, args, flags, traits & CACHE_WATCHED);
	if (err)
		return ERR_PTR(err);
	cache = cache_take(cache_of_caches, GFP_KERNEL | __GFP_ZERO);
	if (!cache)
		return ERR_PTR(-ENOMEM);
	cache->layout = layout;
	copy = name_copy(name, cache->name_room, &cache->name_page);
	if (IS_ERR(copy)) {
		cache_give(cache_of_caches, cache);
		return ERR_CAST(copy);
	}
	cache->name = copy;
	cache_start(cache, size, args, flags, traits);
	cache_list(cache);
	return cache;
}

void cache_unmake(struct kmem_cache *cache)
{
	cache_unlist(cache);
	if (cache->name_page)
		page_give(cache->name_page, 0);
	cache->name = NULL;
	/* While rules listen the memory is kept: a late use is told, not hidden by a new cache. */
	if (!slab_watched)
		cache_give(cache_of_caches, cache);
}
