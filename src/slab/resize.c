/* SPDX-License-Identifier: MIT */
/*
 * resize.c - how large an object really is, and making it another size
 *
 * R1  krealloc() keeps the object where it is as long as the new size fits its slot.
 * R2  With __GFP_ZERO what lies beyond the size asked for is zero, so that growing in place later
 *     shows zeros.
 * Lock: none.  krealloc() may sleep if its gfp may block.
 */
#include <linux/overflow.h>
#include "slab/debug.h"
#include "slab/slab_room.h"
#include "slab/take.h"

size_t __ksize(const void *object)
{
	struct page *page;

	if (ZERO_OR_NULL_PTR(object))
		return 0;
	page = frame_of(object);
	if (!page)
		return 0;
	if (page->owner == PAGE_OWNER_SLAB)
		return page->slab_cache->object_size;
	return page->owner == PAGE_OWNER_LARGE ? large_usable(page) : 0;
}

size_t ksize(const void *object)
{
	size_t bytes = __ksize(object);

	/* From here on the caller may use the whole slot: rules and red zones must know. */
	if (bytes) {
		debug_object_resize((void *)object, bytes, 0);
		slab_tell(KM_POINT_SIZE_ASK, object, bytes, bytes, NULL, KMALLOC_CALL("ksize"));
	}
	return bytes;
}

size_t kmalloc_size_roundup(size_t size)
{
	if (!size || size > KMALLOC_MAX_SIZE)
		return size;
	if (size <= KMALLOC_MAX_CACHE_SIZE)
		return kmalloc_cache(size, 0)->object_size;
	return PAGE_SIZE << get_order(size);
}

/**
 * krealloc_call() - krealloc() in the name of @call
 */
void *krealloc_call(const void *object, size_t size, gfp_t gfp, const struct slab_call *call)
{
	size_t usable;
	void *moved;

	if (!size) {
		slab_tell(KM_POINT_ALLOC_ZERO, NULL, 0, 0, NULL, call);
		kfree_call(object, call);
		return ZERO_SIZE_PTR;
	}
	usable = __ksize(object);
	/* A guarded object that shrinks moves: it must end where its pages do. */
	if (usable && size <= usable && (!slab_guards || ALIGN(size, sizeof(long)) == usable)) {
		if (page_init_on_alloc)
			gfp |= __GFP_ZERO;
		if (!debug_object_resize((void *)object, size, gfp) && (gfp & __GFP_ZERO))
			memset((char *)object + size, 0, usable - size);
		slab_tell(KM_POINT_RESIZE, object, size, usable, NULL, call);
		return (void *)object;
	}
	moved = kmalloc_call(size, gfp, call);
	if (!moved || ZERO_OR_NULL_PTR(object))
		return moved;
	usable = debug_object_used(object, usable);
	memcpy(moved, object, usable < size ? usable : size);
	kfree_call(object, call);
	return moved;
}

void *krealloc(const void *object, size_t size, gfp_t gfp)
{
	return krealloc_call(object, size, gfp, KMALLOC_CALL("krealloc"));
}

void *krealloc_array(void *object, size_t n, size_t size, gfp_t gfp)
{
	size_t bytes;

	if (unlikely(check_mul_overflow(n, size, &bytes)))
		return NULL;
	return krealloc_call(object, bytes, gfp, KMALLOC_CALL("krealloc_array"));
}
