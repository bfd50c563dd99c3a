/* SPDX-License-Identifier: MIT */
/*
 * debug.c - what SLUB debugging writes into a slab and its objects
 *
 * Owns: fill patterns.  Where they lie: debug.h, layout.c; who looks at them: check.c.
 * Lock: the node's, held by the caller, unless nobody else knows the slab.  Nothing sleeps.
 */
#include <linux/mm.h>
#include <linux/poison.h>
#include <linux/printk.h>
#include <linux/string.h>
#include "slab/debug.h"

void debug_slab_new(struct kmem_cache *cache, struct page *slab)
{
	if (cache->flags & SLAB_POISON)
		memset(frame_address(slab), POISON_INUSE, PAGE_SIZE << slab->order);
}

/**
 * debug_object_fill() - red zones, and poison if the object may be written while free
 * @red: SLUB_RED_INACTIVE: free; SLUB_RED_ACTIVE: out, and then what lies behind the bytes asked
 *       for is red zone too
 */
void debug_object_fill(struct kmem_cache *cache, void *object, u8 red)
{
	bool has_red = cache->flags & SLAB_RED_ZONE;
	u32 bytes = cache->object_size;
	u8 *at = object;

	if (has_red && red == SLUB_RED_ACTIVE)
		bytes = object_asked(cache, object);
	if (has_red)
		memset(at - cache->layout.red_left, red, cache->layout.red_left);
	if (cache_is_poisoned(cache) && bytes) {
		memset(at, POISON_FREE, bytes - 1);
		at[bytes - 1] = POISON_END;
	}
	if (has_red)
		memset(at + bytes, red, cache->layout.inuse - bytes);
}

void debug_object_new(struct kmem_cache *cache, void *object)
{
	debug_object_fill(cache, object, SLUB_RED_INACTIVE);
	if (cache->layout.track)
		memset(object_track(cache, object, TRACK_ALLOC), 0, TRACKS * sizeof(struct track));
	if (cache->layout.asked)
		*(u32 *)((char *)object + cache->layout.asked) = cache->object_size;
}

static struct kmem_cache *cache_that_keeps_asked(const void *object)
{
	const struct page *page = frame_of(object);
	struct kmem_cache *cache = page && page->owner == PAGE_OWNER_SLAB ? page->slab_cache : NULL;

	return cache && cache->layout.asked ? cache : NULL;
}

bool debug_object_resize(void *object, u32 bytes, gfp_t gfp)
{
	struct kmem_cache *cache = cache_that_keeps_asked(object);
	struct slab_node *home;
	unsigned long irq;
	u32 used;

	if (!cache)
		return false;
	home = &cache->nodes[page_to_nid(frame_of(object))];
	irq = km_spin_lock(&home->lock);
	used = object_asked(cache, object);
	if ((gfp & __GFP_ZERO) && used < bytes)
		memset((char *)object + used, 0, bytes - used);
	*(u32 *)((char *)object + cache->layout.asked) = bytes;
	if (cache->flags & SLAB_RED_ZONE)
		memset((char *)object + bytes, SLUB_RED_ACTIVE, cache->object_size - bytes);
	else if (gfp & __GFP_ZERO)
		memset((char *)object + bytes, 0, cache->object_size - bytes);
	km_spin_unlock(&home->lock, irq);
	return true;
}

size_t debug_object_used(const void *object, size_t usable)
{
	const struct kmem_cache *cache = cache_that_keeps_asked(object);

	return cache ? object_asked(cache, object) : usable;
}

/* SLAB_TRACE: a line, and a stack, for each object taken and freed. */
void debug_object_trace(struct kmem_cache *cache, const struct page *slab, const void *object,
			bool is_alloc)
{
	if (!(cache->flags & SLAB_TRACE))
		return;
	pr_info("TRACE %s %s 0x%px inuse=%d fp=0x%px\n", cache->name, is_alloc ? "alloc" : "free",
		object, slab->inuse,
		slab->freelist ? node_object(cache, slab->freelist) : NULL);
	if (!is_alloc)
		report_section(KERN_INFO, "Object ", object, cache->object_size);
	dump_stack();
}
