/* SPDX-License-Identifier: MIT */
/*
 * fast.c - kmalloc(), kmem_cache_alloc() and the two frees, for whom every instruction counts
 *
 * F1  Nothing is called on the usual way.  What is unusual leaves by a tail call to a cold half
 *     below, which then stands on the stack where the function itself stood: its caller is the
 *     user.
 * F2  So no function but a cold half needs a frame.  Without optimisation there are no tail calls,
 *     and a cold half looks one frame further up.
 * docs/fast-road.md holds the count of instructions, and a test holds this file to it.
 * Lock: none.  Contexts: linux/slab.h.
 */
#define KMALLOC_CHECKED 1 /* here kmalloc() is defined, not inlined */
#include "slab/slab_room.h"
#include "slab/take.h"

#ifndef __clang__
#pragma GCC optimize("omit-frame-pointer", "optimize-sibling-calls")
#endif

#ifdef __OPTIMIZE__
#define COLD_FRAME()	WATCH_FRAME()
#define COLD_CALLER()	WATCH_CALLER()
#else
#define COLD_FRAME()	(*(uintptr_t *)WATCH_FRAME())
#define COLD_CALLER()	(((uintptr_t *)COLD_FRAME())[1])
#endif
#define COLD_CALL(text, kind)	\
	(&(const struct slab_call) { (text), (kind), COLD_CALLER(), COLD_FRAME() })

static noinline void *kmalloc_cold(size_t size, gfp_t gfp)
{
	return kmalloc_call(size, gfp, COLD_CALL("kmalloc", KM_FAMILY_KMALLOC));
}

void *kmalloc(size_t size, gfp_t gfp)
{
	struct kmem_cache *cache;

	if (unlikely(size - 1 >= KMALLOC_MAX_CACHE_SIZE || (gfp & KMALLOC_NOT_NORMAL_BITS)))
		return kmalloc_cold(size, gfp);
	cache = kmalloc_caches[KMALLOC_NORMAL][kmalloc_size_class[(size - 1) / 8]];
	if (unlikely(cache->traits & CACHE_COLD))
		return kmalloc_cold(size, gfp);
	return cache_take(cache, gfp);
}

static noinline void *kmem_cache_alloc_cold(struct kmem_cache *cache, gfp_t gfp)
{
	return cache_alloc_call(cache, cache->object_size, gfp,
				COLD_CALL("kmem_cache_alloc", KM_FAMILY_CACHE));
}

void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t gfp)
{
	if (unlikely(cache->traits & CACHE_COLD))
		return kmem_cache_alloc_cold(cache, gfp);
	return cache_take(cache, gfp);
}

/* kmalloc() whose size the caller's compiler knew: @size is looked at only on the cold road. */
static noinline void *kmalloc_cache_cold(struct kmem_cache *cache, gfp_t gfp, size_t size)
{
	if (slab_guards)
		return kmalloc_call(size, gfp, COLD_CALL("kmalloc", KM_FAMILY_KMALLOC));
	return cache_alloc_call(cache, size, gfp, COLD_CALL("kmalloc", KM_FAMILY_KMALLOC));
}

void *__kmalloc_cache_noprof(struct kmem_cache *cache, gfp_t gfp, size_t size)
{
	if (unlikely(cache->traits & CACHE_COLD))
		return kmalloc_cache_cold(cache, gfp, size);
	return cache_take(cache, gfp);
}

static noinline void kmem_cache_free_cold(struct kmem_cache *cache, void *object)
{
	cache_free_call(cache, object, COLD_CALL("kmem_cache_free", KM_FAMILY_CACHE));
}

void kmem_cache_free(struct kmem_cache *cache, void *object)
{
	if (unlikely(cache->traits & CACHE_COLD))
		kmem_cache_free_cold(cache, object);
	else
		cache_give(cache, object);
}

static noinline void kfree_cold(const void *object)
{
	kfree_call(object, COLD_CALL("kfree", KM_FAMILY_KMALLOC));
}

void kfree(const void *object)
{
	struct kmem_cache *cache;
	struct page *page;

	if (unlikely(!frame_flat_of(object, &page) || page->owner != PAGE_OWNER_SLAB)) {
		kfree_cold(object);
		return;
	}
	cache = page->slab_cache;
	if (unlikely(cache->traits & CACHE_COLD))
		kfree_cold(object);
	else
		cache_give(cache, (void *)object);
}
