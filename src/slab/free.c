/* SPDX-License-Identifier: MIT */
/*
 * free.c - where a freed pointer goes: kfree() and what stands behind every other free
 *
 * The owner of the frame decides.  F1: a pointer that is neither in a slab nor the start of a large
 * object is reported and left alone, in every build.
 * Lock: none.  Any context but NMI; never sleeps.
 */
#include <linux/bug.h>
#include <linux/printk.h>
#include "slab/debug.h"
#include "slab/take.h"

/* The caller broke a rule and no rule stopped it: say so once and go on. */
static void free_of_stranger(const void *object, const struct slab_call *call)
{
	watch_enter();
	WARN_ONCE(1, "%s: object pointer: 0x%px was not allocated\n", call->what, object);
	watch_leave();
}

static bool is_object_start(const struct kmem_cache *cache, const void *object)
{
	const struct page *slab = frame_head(frame_of(object));

	return slab_object_of(cache, slab, object) == object;
}

/**
 * cache_free_call() - free @object of @cache; wrong pointers and wrong caches are survived
 */
void cache_free_call(struct kmem_cache *cache, void *object, const struct slab_call *call)
{
	struct page *page = frame_of(object);
	struct kmem_cache *home;

	if (unlikely(cache->traits & CACHE_WATCHED) && slab_ask_free(object, cache, call) != KM_GO)
		return;
	if (!page || page->owner != PAGE_OWNER_SLAB) {
		free_of_stranger(object, call);
		return;
	}
	home = page->slab_cache;
	if (home != cache) {
		watch_enter();
		WARN(1, "%s: Wrong slab cache. %s but object is from %s\n", call->what, cache->name,
		     home->name);
		report_tracks(home, object);
		watch_leave();
	}
	if ((home->traits & (CACHE_WATCHED | CACHE_SINGLE)) == CACHE_WATCHED &&
	    !is_object_start(home, object)) {
		free_of_stranger(object, call);
		return;
	}
	cache_give_for(home, object, call);
}

/**
 * kfree_call() - kfree() in the name of @call
 */
void kfree_call(const void *object, const struct slab_call *call)
{
	struct page *page;

	if (ZERO_OR_NULL_PTR(object)) {
		slab_tell(KM_POINT_FREE_ZERO, object, 0, 0, NULL, call);
		return;
	}
	page = frame_of(object);
	if (page && page->owner == PAGE_OWNER_SLAB) {
		cache_free_call(page->slab_cache, (void *)object, call);
		return;
	}
	if (slab_watched && slab_ask_free(object, NULL, call) != KM_GO)
		return;
	if (page && page->owner == PAGE_OWNER_LARGE && large_start(page) == object)
		large_free(page);
	else
		free_of_stranger(object, call);
}

void kfree_sensitive(const void *object)
{
	size_t bytes = __ksize(object);

	if (bytes)
		memzero_explicit((void *)object, bytes);
	kfree_call(object, KMALLOC_CALL("kfree_sensitive"));
}

/**
 * slab_release() - a rule that took an object on FREE_ASK gives it back; no event
 */
void slab_release(enum km_family family, struct kmem_cache *cache, void *object)
{
	struct page *page = frame_of(object);

	if (page && page->owner == PAGE_OWNER_SLAB)
		cache_give(page->slab_cache, object);
	else if (page && page->owner == PAGE_OWNER_LARGE)
		large_free(page);
}
