/* SPDX-License-Identifier: MIT */
/*
 * single.c - objects of debug and hardened caches go straight to and from their slabs
 *
 * Each is looked at on its way, by check.c, in one hold of the node's lock: who validates a cache
 * meanwhile sees an object either free or out, never between.
 * G1  CPU lists of a CACHE_SINGLE cache are always empty.
 * G2  A slab whose free list cannot be trusted is marked as all in use, so that nobody takes from
 *     it; its objects are given back to it one by one.
 * Lock: the node's, taken here; reports are printed under it. Sleeps only for new pages, without
 *       it.
 */
#include <linux/mm.h>
#include <linux/poison.h>
#include <linux/string.h>
#include <linux/topology.h>
#include "slab/debug.h"

/* G2 */
static void slab_retire_locked(struct kmem_cache *cache, struct page *slab)
{
	slab->freelist = NULL;
	slab_count_locked(cache, slab, slab->objects);
}

/* The next free object must be one, or the list ends here: its rest is lost to the cache. */
static void slab_step_locked(struct kmem_cache *cache, struct page *slab, void *node)
{
	void *next = link_read(cache, node);

	if (next && !check_node(cache, slab, next)) {
		report_object(cache, slab, node_object(cache, node), "Freechain corrupt");
		link_write(cache, node, NULL);
		report_fix(cache, "Isolate corrupted freechain");
		slab_retire_locked(cache, slab);
		return;
	}
	slab->freelist = next;
	slab_count_locked(cache, slab, slab->inuse + 1);
}

static void *single_find_locked(struct kmem_cache *cache, struct slab_node *node)
{
	struct page *slab;

	while ((slab = node_first_locked(node))) {
		void *first = slab->freelist;

		if (first && check_take(cache, slab, node_object(cache, first))) {
			slab_step_locked(cache, slab, first);
			return node_object(cache, first);
		}
		report_fix(cache, "Marking all objects used");
		slab_retire_locked(cache, slab);
	}
	return NULL;
}

/* What is asked of single_take(), and the stack of who asks. */
struct single_call {
	size_t bytes;
	const struct slab_call *who;
	u32 stack;
	int nid;
	bool is_strict;		/* of no other node */
};

static void *
single_find_on(struct kmem_cache *cache, const struct single_call *call, struct slab_node *node)
{
	unsigned long irq = km_spin_lock(&node->lock);
	void *object = single_find_locked(cache, node);

	if (object && cache->traits & CACHE_DEBUG) {
		track_set(cache, object, TRACK_ALLOC, call->who, call->stack);
		debug_object_trace(cache, frame_head(frame_of(object)), object, true);
		if (cache->layout.asked)
			*(u32 *)((char *)object + cache->layout.asked) = call->bytes;
		debug_object_fill(cache, object, SLUB_RED_ACTIVE);
	}
	km_spin_unlock(&node->lock, irq);
	return object;
}

static void *
single_find(struct kmem_cache *cache, const struct single_call *call, bool is_near)
{
	void *object = single_find_on(cache, call, &cache->nodes[call->nid]);
	unsigned int step, count = is_near ? 1 : nr_node_ids;

	for (step = 1; step < count && !object; step++)
		object = single_find_on(cache, call, &cache->nodes[(call->nid + step) % count]);
	return object;
}

/* What is wiped must not be a red zone behind what was asked for. */
static size_t object_wiped(const struct kmem_cache *cache, const void *object)
{
	return cache->flags & SLAB_RED_ZONE ? object_asked(cache, object) : cache->object_size;
}

void *single_take(struct kmem_cache *cache, size_t bytes, gfp_t gfp, const struct slab_call *who)
{
	int wish = who && who->node_wish ? who->node_wish - 1 : NUMA_NO_NODE;
	struct single_call call = {
		.bytes = bytes, .who = who, .stack = track_stack(cache, who),
		.nid = wish >= 0 && wish < (int)nr_node_ids ? wish : numa_mem_id(),
		.is_strict = wish != NUMA_NO_NODE && (gfp & __GFP_THISNODE),
	};
	void *object = single_find(cache, &call, true);

	while (!object) {
		struct page *slab = slab_make(cache, gfp, wish);

		if (slab)
			node_put_new(cache, slab);
		/* Without new pages another CPU's freed object, or another node's, will do. */
		object = single_find(cache, &call, call.is_strict);
		if (!slab)
			break;
	}
	if (!object)
		return NULL;
	if ((gfp & __GFP_ZERO) || (cache->traits & CACHE_ZERO_ALLOC))
		memset(object, 0, object_wiped(cache, object));
	else if ((cache->traits & CACHE_ZERO_FREE) && cache->link < cache->object_size)
		*(void **)object_node(cache, object) = NULL;
	return object;
}

void single_give(struct kmem_cache *cache, void *object, const struct slab_call *call)
{
	struct page *slab = frame_head(frame_of(object));
	void *node = object_node(cache, object);
	u32 stack = track_stack(cache, call);
	struct slab_node *home = &cache->nodes[page_to_nid(slab)];
	bool is_sound, is_empty = false;
	unsigned long irq;

	irq = km_spin_lock(&home->lock);
	is_sound = check_give(cache, slab, object);
	if (is_sound) {
		if (cache->traits & CACHE_ZERO_FREE)
			memset(object, 0, object_wiped(cache, object));
		if (cache->traits & CACHE_DEBUG) {
			track_set(cache, object, TRACK_FREE, call, stack);
			debug_object_trace(cache, slab, object, false);
			debug_object_fill(cache, object, SLUB_RED_INACTIVE);
		}
		link_write(cache, node, slab->freelist);
		slab->freelist = node;
		slab_count_locked(cache, slab, slab->inuse - 1);
		is_empty = !slab->inuse;
	} else {
		report_fix(cache, "Object at 0x%px not freed", object);
	}
	km_spin_unlock(&home->lock, irq);
	if (is_empty)
		node_trim(cache, cache->min_partial);
}
