/* SPDX-License-Identifier: MIT */
/*
 * track.c - who took and who freed each object of a cache with SLAB_STORE_USER
 *
 * Owns: struct track in the objects, the texts alloc_traces and free_traces that sum them up.
 * Lock: the node's, held while a track is written.  Stacks are walked before it is taken.
 */
#include <linux/jiffies.h>
#include <linux/sched.h>
#include "slab/debug.h"

u32 track_stack(const struct kmem_cache *cache, const struct slab_call *call)
{
	uintptr_t pcs[DEPOT_DEPTH];

	if (!cache->layout.track || !call)
		return 0;
	return depot_save(pcs, km_port_backtrace(call->frame, pcs, DEPOT_DEPTH));
}

/* Without a @call (a rule gives an object back late) what is known already stays. */
void track_set(const struct kmem_cache *cache, void *object, enum track_id id,
	       const struct slab_call *call, u32 stack)
{
	if (!cache->layout.track || !call)
		return;
	*object_track(cache, object, id) = (struct track) {
		.addr = call->caller, .stack = stack, .cpu = km_port_cpu(), .pid = current->pid,
		.when = jiffies,
	};
}
