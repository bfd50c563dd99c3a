/* SPDX-License-Identifier: MIT */
/*
 * kfree_rcu.c - free an object after a grace period
 *
 * Owns: a cache of records, and slab_deferred, the count of objects that wait.
 * D1  An object handed in is freed once, after every reader that could see it; rcu_barrier() waits
 *     for all of them.
 * D2  While rules watch, a record made here waits instead of the object's own rcu_head, so that the
 *     object keeps its bytes and the free is reported with the line that asked for it.  Without
 *     memory for a record D3 applies.
 * D3  Otherwise the object's rcu_head waits, and its address leads back to the object.
 * D4  An object without an rcu_head waits by a record; the call waits itself only when there is no
 *     memory for one, and while rules watch, so that a late use is seen at once.
 * Lock: none.  kfree_rcu() works in any context; the call without an rcu_head may sleep.
 */
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/rcupdate.h>
#include <linux/vmalloc.h>
#include "kapi/kapi.h"
#include "kapi/kvmalloc.h"
#include "slab/take.h"
#include "vmap/vmap_room.h"

struct defer_record {
	struct rcu_head head;
	const void *object;
	uintptr_t caller;
};

static struct kmem_cache *defer_records;

int kfree_rcu_boot(bool watched)
{
	struct kmem_cache_args args = { .align = __alignof__(struct defer_record) };
	struct kmem_cache *cache;

	defer_records = NULL;
	cache = cache_make("kfree_rcu", sizeof(struct defer_record), &args, 0, CACHE_INTERNAL);
	if (IS_ERR(cache))
		return PTR_ERR(cache);
	defer_records = cache;
	return 0;
}

void kfree_rcu_shutdown(void)
{
	kvfree_rcu_barrier();
	if (!defer_records)
		return;
	cache_close(defer_records);
	cache_flush_all(defer_records);
	node_trim(defer_records, 0);
	cache_unmake(defer_records);
	defer_records = NULL;
}

static void defer_end(const void *object, uintptr_t caller)
{
	struct slab_call call = { "kfree_rcu", KM_FAMILY_KVMALLOC, caller, 0 };

	kvfree_call(object, &call);
	__atomic_fetch_sub(&slab_deferred, 1, __ATOMIC_RELEASE);
}

static void record_is_due(struct rcu_head *head)
{
	struct defer_record *record = container_of(head, struct defer_record, head);
	struct defer_record copy = *record;

	cache_give(defer_records, record);
	defer_end(copy.object, copy.caller);
}

/* The rcu_head lies inside the object; its slot or area begins where the object does. */
static void object_is_due(struct rcu_head *head)
{
	struct slab_place place;
	struct vmap_place area;

	if (slab_find(head, &place))
		defer_end(place.object, (uintptr_t)object_is_due);
	else if (vmap_find(head, &area))
		defer_end(area.area, (uintptr_t)object_is_due);
	else
		defer_end(head, (uintptr_t)object_is_due);
}

static bool defer_by_record(const void *object, uintptr_t caller, gfp_t gfp)
{
	struct defer_record *record = cache_take(defer_records, gfp | __GFP_NOWARN);

	if (!record)
		return false;
	__atomic_fetch_add(&slab_deferred, 1, __ATOMIC_ACQUIRE);
	record->object = object;
	record->caller = caller;
	call_rcu(&record->head, record_is_due);
	return true;
}

void kvfree_call_rcu(struct rcu_head *head, void *object)
{
	const struct slab_call *call = KVMALLOC_CALL("kfree_rcu_mightsleep");

	if (!head) {
		/* D4 */
		if (!slab_watched &&
		    defer_by_record(object, call->caller, GFP_KERNEL | __GFP_NORETRY))
			return;
		synchronize_rcu();
		kvfree_call(object, call);
		return;
	}
	if (slab_watched && defer_by_record(object, call->caller, GFP_NOWAIT))
		return;
	__atomic_fetch_add(&slab_deferred, 1, __ATOMIC_ACQUIRE);
	call_rcu(head, object_is_due);
}

void kvfree_rcu_barrier(void)
{
	rcu_barrier();
}
