/* SPDX-License-Identifier: MIT */
/*
 * cpu.c - each CPU's list of free objects, and the functions that live on it
 *
 * Owns: cache->cpu[].  Moves objects between a CPU's list and slabs in batches; knows nothing of
 *       slabs itself.
 * C1  Objects on a CPU's list are out of their slab's list (S1, S2).
 * C2  Only the six verbs touch a list while its cache is in use; cache_flush_all() is for a cache
 *     nobody uses.
 * Lock: none here.  Any context; refilling may sleep if the gfp may block.
 */
#include <linux/mm.h>
#include "slab/take.h"

/* What a fresh object owes its user beyond its address. */
static void *object_prepare(struct kmem_cache *cache, void *object, gfp_t gfp)
{
	if (unlikely(gfp & __GFP_ZERO) || (cache->traits & CACHE_ZERO_ALLOC))
		memset(object, 0, cache->object_size);
	else if ((cache->traits & CACHE_ZERO_FREE) && cache->link < cache->object_size)
		*(void **)object_node(cache, object) = NULL;
	return object;
}

static void *cache_refill(struct kmem_cache *cache, gfp_t gfp)
{
	void *chain = node_take_near(cache, cache->batch, false), *first;

	if (!chain) {
		struct page *slab = slab_make(cache, gfp, NUMA_NO_NODE);

		/*
		 * Another CPU may have given objects back meanwhile: they are as good as new pages.
		 */
		chain = slab ? node_add(cache, slab, cache->batch) :
			       node_take_near(cache, 1, true);
		if (!chain)
			return NULL;
	}
	first = chain;
	chain = *(void **)first;
	while (chain) {
		void *next = *(void **)chain;

		if (pcpu_give(cache->cpu, chain))
			cache_drain(cache);
		chain = next;
	}
	return first;
}

void *cache_take_slow(struct kmem_cache *cache, gfp_t gfp)
{
	void *node;

	if (unlikely(cache->traits & CACHE_SINGLE))
		return single_take(cache, cache->object_size, gfp, NULL);
	node = pcpu_take(cache->cpu);
	if (!node) {
		node = cache_refill(cache, gfp);
		if (!node)
			return NULL;
	}
	return object_prepare(cache, node_object(cache, node), gfp);
}

/* A free object at home on @nid: this CPU's, a slab's, or one of a new slab. */
static void *node_refill(struct kmem_cache *cache, gfp_t gfp, int nid)
{
	void *node = pcpu_take(cache->cpu);
	struct page *slab;

	if (node && page_to_nid(frame_of(node)) == nid)
		return node;
	if (node && pcpu_give(cache->cpu, node))
		cache_drain(cache);
	node = node_take(cache, nid, 1);
	if (node)
		return node;
	/* Who would also take another node's memory makes no effort for this one's. */
	if (!(gfp & __GFP_THISNODE))
		gfp = (gfp & ~(__GFP_DIRECT_RECLAIM | __GFP_NOFAIL)) | __GFP_THISNODE |
		      __GFP_NOWARN;
	slab = slab_make(cache, gfp, nid);
	return slab ? node_add(cache, slab, 1) : node_take(cache, nid, 1);
}

/**
 * cache_take_node() - an object of node @nid or, without __GFP_THISNODE, of any when it has none
 */
void *cache_take_node(struct kmem_cache *cache, gfp_t gfp, int nid)
{
	void *node = NULL;

	if (nid < (int)nr_node_ids && node_online(nid))
		node = node_refill(cache, gfp, nid);
	if (node)
		return object_prepare(cache, node_object(cache, node), gfp);
	return gfp & __GFP_THISNODE ? NULL : cache_take(cache, gfp);
}

void cache_give_slow(struct kmem_cache *cache, void *object)
{
	if (unlikely(cache->traits & CACHE_SINGLE)) {
		single_give(cache, object, NULL);
		return;
	}
	if (cache->traits & CACHE_ZERO_FREE)
		memset(object, 0, cache->object_size);
	if (pcpu_give(cache->cpu, object_node(cache, object)))
		cache_drain(cache);
}

/**
 * cache_drain() - this CPU's list is over its mark: half of it goes back to the slabs
 */
void cache_drain(struct kmem_cache *cache)
{
	void *chain = NULL;
	u32 count;

	for (count = 0; count < cache->batch; count++) {
		void *node = pcpu_take(cache->cpu);

		if (!node)
			break;
		*(void **)node = chain;
		chain = node;
	}
	node_give(cache, chain);
}

/**
 * cache_flush_all() - empty every CPU's list of a cache that nobody uses any more
 */
void cache_flush_all(struct kmem_cache *cache)
{
	unsigned int cpu, cpus = km_port_cpus();

	for (cpu = 0; cpu < cpus; cpu++) {
		struct pcpu_head *head = &cache->cpu[cpu];
		void *chain = head->first;

		head->first = NULL;
		head->count = 0;
		node_give(cache, chain);
	}
}

/* An allocation with a name for its caller: the door, then the road. */
void *
cache_alloc_call(struct kmem_cache *cache, size_t bytes, gfp_t gfp, const struct slab_call *call)
{
	if (unlikely(cache->traits & CACHE_WATCHED))
		return cache_alloc_watched(cache, bytes, gfp, call);
	return cache_take_for(cache, bytes, gfp, call);
}

void *kmem_cache_zalloc(struct kmem_cache *cache, gfp_t gfp)
{
	return cache_alloc_call(cache, cache->object_size, gfp | __GFP_ZERO,
				SLAB_CALL("kmem_cache_zalloc", KM_FAMILY_CACHE));
}

void *kmem_cache_alloc_node(struct kmem_cache *cache, gfp_t gfp, int node)
{
	return cache_alloc_call(cache, cache->object_size, gfp,
				SLAB_NODE_CALL("kmem_cache_alloc_node", KM_FAMILY_CACHE, node));
}

void *kmem_cache_alloc_lru(struct kmem_cache *cache, struct list_lru *lru, gfp_t gfp)
{
	return cache_alloc_call(cache, cache->object_size, gfp,
				SLAB_CALL("kmem_cache_alloc_lru", KM_FAMILY_CACHE));
}
