/* SPDX-License-Identifier: MIT */
/*
 * kvmalloc.c - memory by size that need not be physically contiguous
 *
 * V1  kmalloc() is tried first; above a page silently and without effort, because vmalloc() stands
 *     behind it.
 * V2  For rules the whole is one allocation of the family KVMALLOC; what is inside is told to
 *     nobody.
 * Lock: none.  Sleeps if the gfp may block; a gfp that may not block gets the kmalloc() half only.
 */
#include <linux/bug.h>
#include <linux/gfp.h>
#include <linux/limits.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include "kapi/kvmalloc.h"

static void *kvmalloc_body(size_t size, gfp_t gfp, const struct slab_call *call,
			   enum km_verdict verdict)
{
	gfp_t first = gfp;
	void *object = NULL;

	if (size > PAGE_SIZE) {
		first |= __GFP_NOWARN;
		if (!(first & __GFP_RETRY_MAYFAIL))
			first |= __GFP_NORETRY;
		first &= ~__GFP_NOFAIL;
	}
	if (verdict != KM_FALL_BACK)
		object = kmalloc_call(size, first, call);
	if (object || size <= PAGE_SIZE || !gfpflags_allow_blocking(gfp))
		return object;
	if (size > INT_MAX) {
		WARN_ONCE(!(gfp & __GFP_NOWARN), "%s: %zu bytes are more than INT_MAX\n",
			  call->what, size);
		return NULL;
	}
	return __vmalloc_node(size, 1, gfp, call->node_wish - 1, (const void *)call->caller);
}

/**
 * kvmalloc_call() - kvmalloc() in the name of @call
 */
void *kvmalloc_call(size_t size, gfp_t gfp, const struct slab_call *call)
{
	struct km_event event = {
		.point = KM_POINT_ALLOC_ASK, .family = call->family, .what = call->what,
		.bytes = size, .gfp = gfp, .caller = call->caller, .frame = call->frame,
	};
	enum km_verdict verdict;
	void *object;

	if (!size) {
		slab_tell(KM_POINT_ALLOC_ZERO, NULL, 0, 0, NULL, call);
		return ZERO_SIZE_PTR;
	}
	verdict = watch_tell(&event);
	if (verdict == KM_REFUSE)
		return NULL;
	watch_enter();
	object = kvmalloc_body(size, gfp, call, verdict);
	watch_leave();
	event.point = object ? KM_POINT_ALLOC_DONE : KM_POINT_ALLOC_FAIL;
	event.object = object;
	event.usable = object && is_vmalloc_addr(object) ? PAGE_ALIGN(size) : __ksize(object);
	watch_tell(&event);
	return object;
}

/**
 * kvfree_call() - kvfree() in the name of @call
 */
void kvfree_call(const void *object, const struct slab_call *call)
{
	if (ZERO_OR_NULL_PTR(object)) {
		slab_tell(KM_POINT_FREE_ZERO, object, 0, 0, NULL, call);
		return;
	}
	if (!is_vmalloc_addr(object)) {
		kfree_call(object, call);
		return;
	}
	/* As vfree() itself: from an interrupt a worker does it. */
	if (!in_interrupt())
		km_might_sleep(call->what);
	if (slab_ask_free(object, NULL, call) != KM_GO)
		return;
	watch_enter();
	vfree(object);
	watch_leave();
}

void *kvmalloc(size_t size, gfp_t gfp)
{
	return kvmalloc_call(size, gfp, KVMALLOC_CALL("kvmalloc"));
}

void *kvzalloc(size_t size, gfp_t gfp)
{
	return kvmalloc_call(size, gfp | __GFP_ZERO, KVMALLOC_CALL("kvzalloc"));
}

void *kvmalloc_node(size_t size, gfp_t gfp, int node)
{
	return kvmalloc_call(size, gfp, KVMALLOC_NODE_CALL("kvmalloc_node", node));
}

void *kvzalloc_node(size_t size, gfp_t gfp, int node)
{
	return kvmalloc_call(size, gfp | __GFP_ZERO, KVMALLOC_NODE_CALL("kvzalloc_node", node));
}

static void *kvarray_call(size_t n, size_t size, gfp_t gfp, const struct slab_call *call)
{
	size_t bytes;

	return check_mul_overflow(n, size, &bytes) ? NULL : kvmalloc_call(bytes, gfp, call);
}

void *kvmalloc_array(size_t n, size_t size, gfp_t gfp)
{
	return kvarray_call(n, size, gfp, KVMALLOC_CALL("kvmalloc_array"));
}

void *kvcalloc(size_t n, size_t size, gfp_t gfp)
{
	return kvarray_call(n, size, gfp | __GFP_ZERO, KVMALLOC_CALL("kvcalloc"));
}

void *kvmalloc_array_node(size_t n, size_t size, gfp_t gfp, int node)
{
	return kvarray_call(n, size, gfp, KVMALLOC_NODE_CALL("kvmalloc_array_node", node));
}

void *kvcalloc_node(size_t n, size_t size, gfp_t gfp, int node)
{
	return kvarray_call(n, size, gfp | __GFP_ZERO, KVMALLOC_NODE_CALL("kvcalloc_node", node));
}

void *kmem_buckets_valloc(kmem_buckets *buckets, size_t size, gfp_t gfp)
{
	struct slab_call call = *KVMALLOC_CALL("kmem_buckets_valloc");

	call.buckets = buckets;
	return kvmalloc_call(size, gfp, &call);
}

void *kvmemdup(const void *from, size_t bytes, gfp_t gfp)
{
	void *copy = kvmalloc_call(bytes, gfp, KVMALLOC_CALL("kvmemdup"));

	if (copy && bytes)
		memcpy(copy, from, bytes);
	return copy;
}

/*
 * An area of vmalloc() that no longer fits moves; what fits a slab moves by krealloc() as long as
 * that can.
 */
void *kvrealloc(const void *object, size_t size, gfp_t gfp)
{
	const struct slab_call *call = KVMALLOC_CALL("kvrealloc");
	size_t usable;
	void *moved;

	if (!size) {
		slab_tell(KM_POINT_ALLOC_ZERO, NULL, 0, 0, NULL, call);
		kvfree_call(object, call);
		return ZERO_SIZE_PTR;
	}
	if (object && is_vmalloc_addr(object)) {
		struct vm_struct *area = find_vm_area(object);

		usable = area ? get_vm_area_size(area) : 0;
	} else {
		usable = __ksize(object);
	}
	if (usable && size <= usable) {
		if (gfp & __GFP_ZERO)
			memset((char *)object + size, 0, usable - size);
		slab_tell(KM_POINT_RESIZE, object, size, usable, NULL, call);
		return (void *)object;
	}
	moved = kvmalloc_call(size, gfp, call);
	if (!moved || ZERO_OR_NULL_PTR(object))
		return moved;
	memcpy(moved, object, usable);
	kvfree_call(object, call);
	return moved;
}

/* Up to a page kvmalloc() never makes a vmalloc area; what is larger is one on another day. */
static bool was_kmalloc_for_sure(const void *object)
{
	struct slab_place place;

	return slab_find(object, &place) && place.cache &&
	       kmem_cache_size(place.cache) <= PAGE_SIZE;
}

/* A vmalloc area is freed as by vfree(), which waits; in an interrupt a worker does it. */
static void free_may_sleep(const void *object, const char *what)
{
	if (unlikely(watch_points) && !ZERO_OR_NULL_PTR(object) && !in_interrupt() &&
	    !was_kmalloc_for_sure(object))
		km_might_sleep(what);
}

void kvfree(const void *object)
{
	free_may_sleep(object, "kvfree");
	kvfree_call(object, KVMALLOC_CALL("kvfree"));
}

void kvfree_sensitive(const void *object, size_t length)
{
	free_may_sleep(object, "kvfree_sensitive");
	if (!ZERO_OR_NULL_PTR(object))
		memzero_explicit((void *)object, length);
	kvfree_call(object, KVMALLOC_CALL("kvfree_sensitive"));
}
