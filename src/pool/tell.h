/* SPDX-License-Identifier: MIT */
/*
 * tell.h - what the calls of this room tell rules
 *
 * T1  One call of the user is one event: what the room allocates for it is done at watch_depth > 0.
 * T2  A function of the user (an allocator of a mempool, an algorithm) runs at depth 0: what it
 *     allocates is its own.
 */
#ifndef POOL_TELL_H
#define POOL_TELL_H

#include "slab/slab.h"

extern bool pool_watched;	/* set at boot */

/* Who called, in the words of slab.h. */
#define POOL_CALL(name, family)	SLAB_CALL(name, family)

/*
 * May the allocation go on?  @never_fails: the call has no way to say no, and is not made to fail.
 */
bool pool_ask(const struct slab_call *call, size_t bytes, gfp_t gfp, bool never_fails);
/* @call was entered, and may sleep. */
void pool_may_sleep(const struct slab_call *call);
/* It came out: @object NULL is a failure. */
void pool_tell(const struct slab_call *call, const void *object, size_t bytes, size_t usable,
	       struct kmem_cache *cache, gfp_t gfp);
/* May @object go? */
bool pool_ask_free(const struct slab_call *call, const void *object);
/* Something that is not memory came into being, or ended: a mapping. */
void pool_tell_thing(const struct slab_call *call, enum km_point point, const void *object);

/* kmalloc() and kfree() for the room itself: no event. */
void *pool_own_alloc(size_t bytes, gfp_t gfp, int node);
void pool_own_free(const void *object);

#endif
