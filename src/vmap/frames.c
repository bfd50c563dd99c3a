/* SPDX-License-Identifier: MIT */
/*
 * frames.c - the frames behind an area, and the array that lists them
 *
 * Owns: nothing; the frames and the array belong to the area, or to the caller of vmap().
 * F1  One run of frames is asked for first: it costs one mapping or, in a window, none. What is
 *     left of a block behind the run goes back at once.
 * F2  The array of an area of one page is in its record; one of more than a page is an area of its
 *     own (VM_NESTED_ARRAY).
 * Lock: none.  May sleep.
 */
#include "vmap/area.h"

#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include "page/page_room.h"

#define RUN_ORDER_MAX	9	/* larger runs save no mapping worth breaking up large blocks for */

/* Of a caller's gfp, what the engine's own records may use. */
gfp_t record_gfp(gfp_t gfp)
{
	return gfp & (__GFP_RECLAIM | __GFP_IO | __GFP_FS | __GFP_HIGH | __GFP_NOWARN |
		      __GFP_RETRY_MAYFAIL | __GFP_NOFAIL | __GFP_NORETRY | __GFP_MEMALLOC |
		      __GFP_NOMEMALLOC);
}

/* -- the array -------------------------------------------------------------------------------- */

static struct page **array_make(struct vmap_area *area, gfp_t gfp)
{
	size_t bytes = area->pages * sizeof(struct page *);
	struct vmap_ask ask = {
		.bytes = bytes, .align = PAGE_SIZE, .gfp = gfp, .node = NUMA_NO_NODE,
		.vm_flags = VM_ALLOC | VM_NESTED_ARRAY,
		.caller = __builtin_return_address(0),
	};

	if (area->pages == 1)
		return &area->only;
	if (bytes <= PAGE_SIZE)
		return kmalloc(bytes, gfp);
	return area_make(&ask);
}

void frames_array_free(struct page **array)
{
	struct vmap_area *area;

	if (!space_holds((uintptr_t)array)) {
		kfree(array);
		return;
	}
	area = area_retire(array);
	if (area)
		area_free(area);
}

/* -- the frames ------------------------------------------------------------------------------- */

static void frames_give(struct page **frames, unsigned int count)
{
	for (unsigned int i = 0; i < count; i++)
		page_give(frames[i], 0);
}

static struct page *take_easily(gfp_t gfp, unsigned int order, int node)
{
	gfp_t easy = (gfp & ~(__GFP_NOFAIL | __GFP_DIRECT_RECLAIM)) | __GFP_NOWARN;

	if (node != NUMA_NO_NODE)
		return page_take_node(easy | __GFP_THISNODE, order, PAGE_OWNER_VMAP, node, NULL);
	return page_take_easily(easy, order, PAGE_OWNER_VMAP);
}

/* F1: all of it as one run, if that is easily had. */
static bool take_whole(struct page **frames, unsigned int count, gfp_t gfp, int node)
{
	int order = get_order((size_t)count << PAGE_SHIFT);
	struct page *block = NULL;

	if (count > 1 && order <= RUN_ORDER_MAX)
		block = take_easily(gfp, order, node);
	if (!block)
		return false;
	page_part(block, order);
	for (unsigned int i = 0; i < 1U << order; i++) {
		if (i < count)
			frames[i] = block + i;
		else
			page_give(block + i, 0);
	}
	return true;
}

/*
 * The longest run that is easily had, at most @most pages; 1 page with all that @gfp allows.
 * Returns its order.
 */
static int take_run(struct page **ret_page, gfp_t gfp, unsigned int most, int node)
{
	int order = 31 - __builtin_clz(most);

	if (order > RUN_ORDER_MAX)
		order = RUN_ORDER_MAX;
	for (; order > 0; order--) {
		*ret_page = take_easily(gfp, order, node);
		if (*ret_page) {
			page_part(*ret_page, order);
			return order;
		}
	}
	*ret_page = node == NUMA_NO_NODE ? page_take(gfp, 0, PAGE_OWNER_VMAP) :
		    page_take_node(gfp, 0, PAGE_OWNER_VMAP, node, NULL);
	return *ret_page ? 0 : -ENOMEM;
}

static int frames_take(struct page **frames, unsigned int count, gfp_t gfp, int node)
{
	unsigned int have = 0;

	if (take_whole(frames, count, gfp, node))
		return 0;
	while (have < count) {
		struct page *page;
		int order = take_run(&page, gfp, count - have, node);

		if (order < 0) {
			frames_give(frames, have);
			return -ENOMEM;
		}
		for (unsigned long i = 0; i < 1UL << order; i++)
			frames[have++] = page + i;
	}
	return 0;
}

/* The area's own array of frames, filled. */
const char *frames_make(struct vmap_area *area, const struct vmap_ask *ask)
{
	gfp_t gfp = ask->gfp & ~(__GFP_COMP | __GFP_HIGHMEM);

	if (ask->no_frames)
		return NULL;
	if (ask->frames && (ask->vm_flags & VM_MAP_PUT_PAGES)) {
		area->frames = ask->frames;
		return NULL;
	}
	area->frames = array_make(area, record_gfp(ask->gfp));
	if (!area->frames)
		return "failed to allocate page array";
	area->owns_array = area->pages > 1;
	if (ask->frames) {
		__builtin_memcpy(area->frames, ask->frames, area->pages * sizeof(struct page *));
		return NULL;
	}
	if (frames_take(area->frames, area->pages, gfp, ask->node))
		return "page order 0, failed to allocate pages";
	area->owns_pages = true;
	return NULL;
}

void frames_drop(struct vmap_area *area)
{
	if (area->owns_pages)
		frames_give(area->frames, area->pages);
	if (area->owns_array)
		frames_array_free(area->frames);
	area->frames = NULL;
	area->owns_pages = area->owns_array = false;
}
