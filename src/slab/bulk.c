/* SPDX-License-Identifier: MIT */
/*
 * bulk.c - many objects in one call
 *
 * B1  kmem_cache_alloc_bulk() gives all or none.
 * Lock: none here.  Interrupts must be enabled in the caller.
 */
#include "slab/take.h"

static void bulk_undo(struct kmem_cache *cache, size_t count, void **objects)
{
	while (count)
		cache_give(cache, objects[--count]);
}

/* Inside of the call: a constructor that runs for a new slab touches what is nobody's yet. */
static void *take_watched(struct kmem_cache *cache, gfp_t gfp, const struct slab_call *call)
{
	void *object;

	watch_enter();
	object = cache_take_for(cache, cache->object_size, gfp, call);
	watch_leave();
	return object;
}

int kmem_cache_alloc_bulk(struct kmem_cache *cache, gfp_t gfp, size_t count, void **ret_objects)
{
	const struct slab_call *call = SLAB_CALL("kmem_cache_alloc_bulk", KM_FAMILY_CACHE);
	bool is_watched = cache->traits & CACHE_WATCHED;
	struct km_event ask = {
		.point = KM_POINT_ALLOC_ASK, .family = call->family, .what = call->what,
		.bytes = cache->object_size, .gfp = gfp, .cache = cache,
		.caller = call->caller, .frame = call->frame,
	};
	size_t i;

	if (!count || (is_watched && watch_tell(&ask) == KM_REFUSE))
		return 0;
	for (i = 0; i < count; i++) {
		ret_objects[i] = is_watched ? take_watched(cache, gfp, call)
					    : cache_take_for(cache, cache->object_size, gfp, call);
		if (ret_objects[i])
			continue;
		bulk_undo(cache, i, ret_objects);
		ask.point = KM_POINT_ALLOC_FAIL;
		if (is_watched)
			watch_tell(&ask);
		return 0;
	}
	ask.point = KM_POINT_ALLOC_DONE;
	ask.usable = cache->object_size;
	for (i = 0; is_watched && i < count; i++) {
		ask.object = ret_objects[i];
		watch_tell(&ask);
	}
	return count;
}

void kmem_cache_free_bulk(struct kmem_cache *cache, size_t count, void **objects)
{
	/* Without a cache the objects come from wherever kfree() may take them. */
	const struct slab_call *call = SLAB_CALL("kmem_cache_free_bulk", cache ?
						 KM_FAMILY_CACHE : KM_FAMILY_KMALLOC);
	size_t i;

	for (i = 0; i < count; i++) {
		if (!cache)
			kfree_call(objects[i], call);
		else if (cache->traits & CACHE_COLD)
			cache_free_call(cache, objects[i], call);
		else
			cache_give(cache, objects[i]);
	}
}

void kfree_bulk(size_t count, void **objects)
{
	const struct slab_call *call = KMALLOC_CALL("kfree_bulk");
	size_t i;

	for (i = 0; i < count; i++)
		kfree_call(objects[i], call);
}
