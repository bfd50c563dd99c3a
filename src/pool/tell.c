/* SPDX-License-Identifier: MIT */
/* tell.c - events of the pool room's calls; see tell.h */
#include "pool/tell.h"

#include <linux/sched.h>
#include "pool/pool_room.h"

bool pool_watched;

void pool_boot(bool watched)
{
	pool_watched = watched;
}

bool pool_ask(const struct slab_call *call, size_t bytes, gfp_t gfp, bool never_fails)
{
	struct km_event event = {
		.point = KM_POINT_ALLOC_ASK, .family = call->family, .what = call->what,
		.bytes = bytes, .gfp = gfp, .caller = call->caller, .frame = call->frame,
		.never_fails = never_fails,
	};

	km_port_point();
	if (watch_tell(&event) != KM_GO && !never_fails)
		return false;
	/* After the rules, for they say more about a call in a wrong context. */
	if (gfpflags_allow_blocking(gfp))
		km_might_sleep(call->what);
	return true;
}

void pool_may_sleep(const struct slab_call *call)
{
	const struct km_event event = {
		.point = KM_POINT_MIGHT_SLEEP, .family = call->family, .what = call->what,
		.caller = call->caller, .frame = call->frame,
	};

	watch_tell(&event);
}

void pool_tell(const struct slab_call *call, const void *object, size_t bytes, size_t usable,
	       struct kmem_cache *cache, gfp_t gfp)
{
	struct km_event event = {
		.point = object ? KM_POINT_ALLOC_DONE : KM_POINT_ALLOC_FAIL,
		.family = call->family, .what = call->what, .object = object, .bytes = bytes,
		.usable = usable, .cache = cache, .gfp = gfp, .caller = call->caller,
		.frame = call->frame,
	};

	watch_tell(&event);
}

bool pool_ask_free(const struct slab_call *call, const void *object)
{
	return slab_ask_free(object, NULL, call) == KM_GO;
}

void pool_tell_thing(const struct slab_call *call, enum km_point point, const void *object)
{
	struct km_event event = {
		.point = point, .family = call->family, .what = call->what, .object = object,
		.caller = call->caller, .frame = call->frame,
	};

	watch_tell(&event);
}

void *pool_own_alloc(size_t bytes, gfp_t gfp, int node)
{
	void *object;

	watch_enter();
	object = kmalloc_node(bytes, gfp, node);
	watch_leave();
	return object;
}

void pool_own_free(const void *object)
{
	watch_enter();
	kfree(object);
	watch_leave();
}
