/* SPDX-License-Identifier: MIT */
/*
 * take.h - the fast road: one object from, or to, this CPU's list
 *
 * Inlined into kmem_cache_alloc(), kmalloc() and kfree(), so that each is one call from its user
 * and the usual end of the road.  What is unusual leaves by a tail call.
 */
#ifndef SLAB_TAKE_H
#define SLAB_TAKE_H

#include <linux/compiler.h>
#include <linux/string.h>
#include "slab/slab.h"

/* Off the cold roads a node is its object: CACHE_FAR_LINK is cold. */
static __always_inline void *cache_take(struct kmem_cache *cache, gfp_t gfp)
{
	void *object;

	if (unlikely(cache->traits & CACHE_COLD))
		return cache_take_slow(cache, gfp);
	object = pcpu_take(cache->cpu);
	if (unlikely(!object))
		return cache_take_slow(cache, gfp);
	if (unlikely(gfp & __GFP_ZERO))
		return memset(object, 0, cache->object_size);
	return object;
}

/* The same off the fast road: it is known who calls, how many bytes and which node he wishes. */
static inline void *cache_take_for(struct kmem_cache *cache, size_t bytes, gfp_t gfp,
				   const struct slab_call *call)
{
	if (unlikely(cache->traits & CACHE_FAIL) && failslab_refuses(cache, gfp))
		return NULL;
	if (unlikely(cache->traits & CACHE_SINGLE))
		return single_take(cache, bytes, gfp, call);
	if (unlikely(call->node_wish))
		return cache_take_node(cache, gfp, call->node_wish - 1);
	return cache_take(cache, gfp);
}

static __always_inline void cache_give(struct kmem_cache *cache, void *object)
{
	if (unlikely(cache->traits & CACHE_COLD))
		cache_give_slow(cache, object);
	else if (unlikely(pcpu_give(cache->cpu, object)))
		cache_drain(cache);
}

static inline void cache_give_for(struct kmem_cache *cache, void *object,
				  const struct slab_call *call)
{
	if (unlikely(cache->traits & CACHE_SINGLE))
		single_give(cache, object, call);
	else
		cache_give(cache, object);
}

#endif
