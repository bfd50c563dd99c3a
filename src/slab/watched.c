/* SPDX-License-Identifier: MIT */
/*
 * watched.c - the cold twins: what allocation does when rules listen
 *
 * Order of events: ALLOC_ASK; unless refused the object is taken, with PRESSURE before pages fail
 * for good (slab.c, large.c); then ALLOC_DONE or ALLOC_FAIL.  A free asks with FREE_ASK first and
 * obeys.
 * T1  The twin takes and gives by the same inline functions as the fast road.
 * T2  Constructors run inside the call, at watch_depth > 0, after SLAB_NEW.
 * T3  ALLOC_ASK from a cache that was destroyed names it as the object, and no cache.
 * Lock: none.  May sleep as the allocation itself may.
 */
#include "slab/slab_room.h"
#include "slab/take.h"

static struct km_event
slab_event(enum km_point point, struct kmem_cache *cache, const struct slab_call *call)
{
	return (struct km_event) {
		.point = point, .family = call->family, .what = call->what, .cache = cache,
		.caller = call->caller, .frame = call->frame,
	};
}

void slab_tell(enum km_point point, const void *object, size_t bytes, size_t usable,
	       struct kmem_cache *cache, const struct slab_call *call)
{
	struct km_event event = slab_event(point, cache, call);

	if (!watch_wants(point))
		return;
	event.object = object;
	event.bytes = bytes;
	event.usable = usable;
	watch_tell(&event);
}

void slab_tell_pressure(struct kmem_cache *cache)
{
	struct km_event event = { .point = KM_POINT_PRESSURE, .what = "slab", .cache = cache };

	watch_tell_inner(&event);
}

void slab_tell_slab(enum km_point point, struct kmem_cache *cache, const struct page *slab)
{
	struct km_event event = {
		.point = point, .family = KM_FAMILY_CACHE, .what = cache->name, .cache = cache,
		.object = frame_address(slab), .bytes = PAGE_SIZE << slab->order,
	};

	if (slab_watched && !(cache->traits & CACHE_INTERNAL))
		watch_tell_inner(&event);
}

/**
 * slab_ask_free() - may @object be freed?  KM_GO if nobody objects.
 */
enum km_verdict
slab_ask_free(const void *object, struct kmem_cache *cache, const struct slab_call *call)
{
	struct km_event event = slab_event(KM_POINT_FREE_ASK, cache, call);
	enum km_verdict verdict;

	km_port_point();
	event.object = object;
	verdict = watch_tell(&event);
	/* Taken: to the checked code it is gone now. */
	km_port_seam();
	return verdict;
}

/**
 * slab_ask_lost() - the caller does not find @object where it should be: do rules know why?
 * KM_GO if none has told of it.
 */
enum km_verdict slab_ask_lost(const void *object, const struct slab_call *call)
{
	struct km_event event = slab_event(KM_POINT_FREE_ASK, NULL, call);

	event.object = object;
	event.is_lost = true;
	return watch_tell(&event);
}

static void tell_outcome(struct km_event *event, void *object, size_t usable)
{
	event->point = object ? KM_POINT_ALLOC_DONE : KM_POINT_ALLOC_FAIL;
	event->object = object;
	event->usable = usable;
	watch_tell(event);
}

void *
cache_alloc_watched(struct kmem_cache *cache, size_t bytes, gfp_t gfp, const struct slab_call *call)
{
	struct km_event event = slab_event(KM_POINT_ALLOC_ASK, cache, call);
	void *object;

	km_port_seam();
	event.bytes = bytes;
	event.gfp = gfp;
	/* T3 */
	if (call->family == KM_FAMILY_CACHE && !cache_is_listed(cache)) {
		event.object = cache;
		event.cache = NULL;
	}
	if (watch_tell(&event) == KM_REFUSE)
		return NULL;
	watch_enter();
	object = cache_take_for(cache, bytes, gfp, call);
	watch_leave();
	tell_outcome(&event, object, cache->object_size);
	return object;
}

void *large_alloc_watched(size_t size, gfp_t gfp, const struct slab_call *call)
{
	struct km_event event = slab_event(KM_POINT_ALLOC_ASK, NULL, call);
	void *object;

	km_port_seam();
	event.bytes = size;
	event.gfp = gfp;
	if (watch_tell(&event) == KM_REFUSE)
		return NULL;
	watch_enter();
	object = large_alloc(size, gfp, call);
	watch_leave();
	tell_outcome(&event, object, slab_guards ? ALIGN(size, sizeof(long))
					       : kmalloc_size_roundup(size));
	return object;
}
