/* SPDX-License-Identifier: MIT */
/*
 * area.c - the life of an area: frames, addresses, mapping, and back
 *
 * Owns: the cache of struct vmap_area, the list of areas to be freed from task context.
 * A1  An area in the tree is mapped, or is being mapped or unmapped by the one context that made or
 *     retired it.
 * A2  LIVE -> GOING happens once, under vmap_lock: of two frees of one area one finds nothing.
 * A3  Everything allocated here is the engine's own: rules are told of areas, not of their parts.
 * Lock: vmap_lock.  area_make() and area_free() may sleep, all else not.
 */
#include "vmap/area.h"

#include <linux/bug.h>
#include <linux/container_of.h>
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/workqueue.h>
#include "page/page_room.h"
#include "watch/watch.h"

#define RUN_ORDER_MAX	9	/* larger runs save no mapping worth breaking up large blocks for */

struct km_spin vmap_lock = KM_SPIN_INIT;

static struct kmem_cache *area_cache;
static struct vmap_area *going;		/* next_going */

/* Of a caller's gfp, what the engine's own records may use. */
static gfp_t record_gfp(gfp_t gfp)
{
	return gfp & (__GFP_RECLAIM | __GFP_IO | __GFP_FS | __GFP_HIGH | __GFP_NOWARN |
		      __GFP_RETRY_MAYFAIL | __GFP_NOFAIL | __GFP_NORETRY | __GFP_MEMALLOC |
		      __GFP_NOMEMALLOC);
}

static void tell_area(enum km_point point, const struct vmap_area *area)
{
	struct km_event event = {
		.point = point, .family = KM_FAMILY_VMALLOC, .what = "vmalloc",
		.object = (void *)area->start, .bytes = area->asked,
		.usable = (size_t)area->pages << PAGE_SHIFT,
	};

	watch_tell_inner(&event);
}

/* -- frames ----------------------------------------------------------------------------------- */

static struct page **array_make(unsigned int count, gfp_t gfp)
{
	size_t bytes = count * sizeof(struct page *);
	struct vmap_ask ask = {
		.bytes = bytes, .align = PAGE_SIZE, .gfp = gfp,
		.vm_flags = VM_ALLOC | VM_NESTED_ARRAY,
		.caller = __builtin_return_address(0),
	};

	if (bytes <= PAGE_SIZE)
		return kmalloc(bytes, gfp);
	return area_make(&ask);
}

static void array_free(struct page **array)
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

static void frames_give(struct page **frames, unsigned int count)
{
	for (unsigned int i = 0; i < count; i++)
		page_give(frames[i], 0);
}

/*
 * The longest run that is easily had, at most @most pages; 1 page with all that @gfp allows.
 * Returns its order.
 */
static int take_run(struct page **ret_page, gfp_t gfp, unsigned int most)
{
	int order = 31 - __builtin_clz(most);

	if (order > RUN_ORDER_MAX)
		order = RUN_ORDER_MAX;
	for (; order > 0; order--) {
		gfp_t easy = (gfp & ~(__GFP_NOFAIL | __GFP_DIRECT_RECLAIM)) | __GFP_NOWARN;

		*ret_page = page_take_easily(easy, order, PAGE_OWNER_VMAP);
		if (*ret_page) {
			page_part(*ret_page, order);
			return order;
		}
	}
	*ret_page = page_take(gfp, 0, PAGE_OWNER_VMAP);
	return *ret_page ? 0 : -ENOMEM;
}

static int frames_take(struct page **frames, unsigned int count, gfp_t gfp)
{
	unsigned int have = 0;

	while (have < count) {
		struct page *page;
		int order = take_run(&page, gfp, count - have);

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
static const char *frames_make(struct vmap_area *area, const struct vmap_ask *ask)
{
	gfp_t gfp = ask->gfp & ~(__GFP_COMP | __GFP_HIGHMEM);

	if (ask->frames && (ask->vm_flags & VM_MAP_PUT_PAGES)) {
		area->frames = ask->frames;
		return NULL;
	}
	area->frames = array_make(area->pages, record_gfp(ask->gfp));
	if (!area->frames)
		return "failed to allocate page array";
	area->owns_array = true;
	if (ask->frames) {
		__builtin_memcpy(area->frames, ask->frames, area->pages * sizeof(struct page *));
		return NULL;
	}
	if (frames_take(area->frames, area->pages, gfp))
		return "page order 0, failed to allocate pages";
	area->owns_pages = true;
	return NULL;
}

/* -- making ----------------------------------------------------------------------------------- */

static void area_drop(struct vmap_area *area)
{
	if (area->owns_pages)
		frames_give(area->frames, area->pages);
	if (area->owns_array)
		array_free(area->frames);
	kmem_cache_free(area_cache, area);
}

static void fill_vm(struct vmap_area *area, const struct vmap_ask *ask)
{
	bool shows_pages = !ask->frames || (ask->vm_flags & VM_MAP_PUT_PAGES);

	area->vm = (struct vm_struct) {
		.addr = (void *)area->start, .size = area->bytes, .flags = ask->vm_flags,
		.pages = shows_pages ? area->frames : NULL,
		.nr_pages = shows_pages ? area->pages : 0, .caller = ask->caller,
	};
}

static const char *area_show(struct vmap_area *area, const struct vmap_ask *ask)
{
	unsigned long irq = km_spin_lock(&vmap_lock);
	bool has_place = space_place_locked(area, ask->align);

	if (has_place)
		fill_vm(area, ask);
	km_spin_unlock(&vmap_lock, irq);
	if (!has_place)
		return "no range of addresses is free";
	if (!map_area(area))
		return NULL;
	irq = km_spin_lock(&vmap_lock);
	space_remove_locked(area);
	km_spin_unlock(&vmap_lock, irq);
	return "failed to map pages";
}

/* One attempt; NULL and a reason if it failed. */
static struct vmap_area *area_try(const struct vmap_ask *ask, const char **ret_fault)
{
	struct vmap_area *area = kmem_cache_zalloc(area_cache, record_gfp(ask->gfp));

	if (!area) {
		*ret_fault = "vm_struct allocation failed";
		return NULL;
	}
	area->asked = ask->bytes;
	area->pages = ask->count ? ask->count : PAGE_ALIGN(ask->bytes) >> PAGE_SHIFT;
	area->bytes = ((size_t)area->pages + 1) << PAGE_SHIFT;
	*ret_fault = frames_make(area, ask);
	if (!*ret_fault)
		*ret_fault = area_show(area, ask);
	if (!*ret_fault) {
		/* From here on the pages that came with VM_MAP_PUT_PAGES are ours. */
		if (ask->vm_flags & VM_MAP_PUT_PAGES)
			area->owns_pages = area->owns_array = true;
		return area;
	}
	area_drop(area);
	return NULL;
}

static bool ask_is_served(const struct vmap_ask *ask)
{
	if (!ask->bytes) {
		WARN_ONCE(1, "vmalloc: size 0\n");
		return false;
	}
	if (!space_bytes()) {
		pr_warn_once("vmalloc: this port has no paging: no area can be had\n");
		return false;
	}
	if (ask->bytes >> PAGE_SHIFT > totalram_pages()) {
		warn_alloc(ask->gfp, NULL, "vmalloc error: size %lu, exceeds total pages",
			   ask->bytes);
		return false;
	}
	return true;
}

void *area_make(const struct vmap_ask *ask)
{
	struct vmap_area *area;
	const char *fault;

	if (!ask_is_served(ask))
		return NULL;
	watch_enter();
	area = area_try(ask, &fault);
	while (!area && (ask->gfp & __GFP_NOFAIL) && (ask->gfp & __GFP_DIRECT_RECLAIM)) {
		schedule_timeout_uninterruptible(1);
		area = area_try(ask, &fault);
	}
	watch_leave();
	if (!area) {
		warn_alloc(ask->gfp, NULL, "vmalloc error: size %lu, %s", ask->bytes, fault);
		return NULL;
	}
	tell_area(KM_POINT_VMAP_NEW, area);
	return (void *)area->start;
}

/* -- unmaking --------------------------------------------------------------------------------- */

struct vmap_area *area_retire(const void *address)
{
	unsigned long irq = km_spin_lock(&vmap_lock);
	struct vmap_area *area = space_find_locked((uintptr_t)address);

	if (area && (area->start != (uintptr_t)address || area->state == AREA_GOING))
		area = NULL;
	if (area)
		area->state = AREA_GOING;
	km_spin_unlock(&vmap_lock, irq);
	return area;
}

bool area_keep(const void *address)
{
	unsigned long irq = km_spin_lock(&vmap_lock);
	struct vmap_area *area = space_find_locked((uintptr_t)address);
	bool is_live = area && area->start == (uintptr_t)address && area->state == AREA_LIVE;

	if (is_live)
		area->state = AREA_KEPT;
	km_spin_unlock(&vmap_lock, irq);
	return is_live;
}

void area_free(struct vmap_area *area)
{
	unsigned long irq;

	tell_area(KM_POINT_VMAP_GONE, area);
	watch_enter();
	unmap_area(area);
	irq = km_spin_lock(&vmap_lock);
	space_remove_locked(area);
	km_spin_unlock(&vmap_lock, irq);
	area_drop(area);
	watch_leave();
}

static struct vmap_area *take_going(void)
{
	unsigned long irq = km_spin_lock(&vmap_lock);
	struct vmap_area *area = going;

	if (area)
		going = area->next_going;
	km_spin_unlock(&vmap_lock, irq);
	return area;
}

static void free_going(struct work_struct *work)
{
	struct vmap_area *area;

	while ((area = take_going()))
		area_free(area);
}

static DECLARE_ENGINE_WORK(going_work, free_going);

void area_free_later(struct vmap_area *area)
{
	unsigned long irq = km_spin_lock(&vmap_lock);

	area->next_going = going;
	going = area;
	km_spin_unlock(&vmap_lock, irq);
	schedule_work(&going_work);
}

/* -- life of the room ------------------------------------------------------------------------- */

int areas_boot(void)
{
	going = NULL;
	vmap_runs = 0;
	area_cache = KMEM_CACHE(vmap_area, 0);
	return area_cache ? 0 : -ENOMEM;
}

void areas_flush(void)
{
	flush_work(&going_work);
}

void areas_shutdown(void)
{
	kmem_cache_destroy(area_cache);
	area_cache = NULL;
}
