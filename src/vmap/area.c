/* SPDX-License-Identifier: MIT */
/*
 * area.c - the life of an area: frames, addresses, mapping, and back
 *
 * Owns: the cache of struct vmap_area, the list of areas to be freed from task context, the turn of
 * the port's windows.
 * A1  An area in the tree is mapped, or is being mapped or unmapped by the one context that made or
 *     retired it.
 * A2  LIVE -> GOING happens once, under vmap_lock: of two frees of one area one finds nothing.
 * A4  An area of one run of frames is put in a window of the port where it can be: a window's place
 *     for a frame is fixed, so the windows take turns, and an address returns late.
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

struct km_spin vmap_lock = KM_SPIN_INIT;

struct kmem_cache *area_cache;
unsigned long vmap_owned_pages;
static struct vmap_area *going;		/* next_going */
static struct km_port_windows windows;
static unsigned int next_window;

static void tell_area(enum km_point point, const struct vmap_area *area)
{
	struct km_event event = {
		.point = point, .family = KM_FAMILY_VMALLOC, .what = "vmalloc",
		.object = (void *)area->start, .bytes = area->asked,
		.usable = (size_t)area->pages << PAGE_SHIFT,
	};

	watch_tell_inner(&event);
}

/* -- making ----------------------------------------------------------------------------------- */

static void fill_vm(struct vmap_area *area, const struct vmap_ask *ask)
{
	bool shows_pages = !ask->frames || (ask->vm_flags & VM_MAP_PUT_PAGES);

	area->vm = (struct vm_struct) {
		.addr = (void *)area->start, .size = area->bytes, .flags = ask->vm_flags,
		.pages = shows_pages ? area->frames : NULL,
		.nr_pages = shows_pages ? area->pages : 0, .caller = ask->caller,
	};
}

static bool window_fits(const struct vmap_ask *ask, uintptr_t at, size_t bytes)
{
	return !(at & (ask->align - 1)) && (!ask->high || (at >= ask->low &&
							   at + bytes <= ask->high));
}

/* A4: a place that is free, else one that only unpurged areas have. */
static bool window_place_locked(struct vmap_area *area, const struct vmap_ask *ask,
				struct list_head *out)
{
	uintptr_t first = space_start() + ((uintptr_t)frame_pfn(area->frames[0]) << PAGE_SHIFT);

	for (unsigned int i = 0; i < 2 * windows.count; i++) {
		uintptr_t at = first + (next_window + i) % windows.count * windows.stride;

		if (!window_fits(ask, at, area->bytes))
			continue;
		if (i < windows.count ? space_put_locked(area, at)
				      : lazy_put_locked(area, at, out)) {
			next_window = (next_window + i + 1) % windows.count;
			return true;
		}
	}
	return false;
}

static bool place(struct vmap_area *area, const struct vmap_ask *ask)
{
	const struct space_ask space = { .align = ask->align, .low = ask->low, .high = ask->high };
	unsigned long irq = km_spin_lock(&vmap_lock);
	bool has_place = false;
	LIST_HEAD(out);

	if (windows.count && area->runs == 1)
		has_place = area->in_window = window_place_locked(area, ask, &out);
	if (!has_place)
		has_place = space_place_locked(area, &space);
	if (has_place)
		fill_vm(area, ask);
	km_spin_unlock(&vmap_lock, irq);
	lazy_free(&out);
	return has_place;
}

static const char *area_show(struct vmap_area *area, const struct vmap_ask *ask)
{
	unsigned long irq;

	if (!ask->no_frames)
		area->runs = count_runs(area->frames, area->pages);
	/* The second try without what was freed lately. */
	if (!place(area, ask) && (!lazy_purge_all() || !place(area, ask)))
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
	area->bytes = PAGE_ALIGN(ask->bytes) + (ask->vm_flags & VM_NO_GUARD ? 0 : PAGE_SIZE);
	if (!ask->no_frames)
		area->pages = PAGE_ALIGN(ask->bytes) >> PAGE_SHIFT;
	*ret_fault = frames_make(area, ask);
	if (!*ret_fault)
		*ret_fault = area_show(area, ask);
	if (!*ret_fault) {
		/* From here on the pages that came with VM_MAP_PUT_PAGES are ours. */
		if (ask->vm_flags & VM_MAP_PUT_PAGES)
			area->owns_pages = area->owns_array = true;
		if (area->owns_pages)
			__atomic_fetch_add(&vmap_owned_pages, area->pages, __ATOMIC_RELAXED);
		return area;
	}
	frames_drop(area);
	kmem_cache_free(area_cache, area);
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
	if (ask->no_frames)
		return ask->bytes < space_bytes();
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

	if (area && (area->start != (uintptr_t)address || area->state >= AREA_GOING))
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
	bool is_there = area && area->start == (uintptr_t)address && area->state <= AREA_KEPT;

	if (is_there)
		area->state = AREA_KEPT;
	km_spin_unlock(&vmap_lock, irq);
	return is_there;
}

bool vmap_keep(const void *address)
{
	return area_keep(address);
}

size_t vmap_own_bytes(const void *address)
{
	unsigned long irq = km_spin_lock(&vmap_lock);
	struct vmap_area *area = space_find_locked((uintptr_t)address);
	size_t bytes = 0;

	if (area && area->start == (uintptr_t)address && area->state == AREA_LIVE &&
	    area->owns_pages && !(area->vm.flags & VM_MAP_PUT_PAGES))
		bytes = (size_t)area->pages << PAGE_SHIFT;
	km_spin_unlock(&vmap_lock, irq);
	return bytes;
}

/*
 * What came with VM_MAP_PUT_PAGES goes the way its user took it, through the door: rules have it on
 * his account.
 */
static void give_users(struct vmap_area *area)
{
	struct km_event event = {
		.point = KM_POINT_FREE_ASK, .family = KM_FAMILY_KVMALLOC, .what = "vfree",
		.object = area->frames,
	};

	for (size_t i = 0; i < area->pages; i++)
		put_page(area->frames[i]);
	if (watch_tell(&event) == KM_GO) {
		watch_enter();
		frames_array_free(area->frames);
		watch_leave();
	}
	area->frames = NULL;
	area->owns_pages = area->owns_array = false;
}

void area_free(struct vmap_area *area)
{
	bool is_users = area->owns_pages && (area->vm.flags & VM_MAP_PUT_PAGES);

	tell_area(KM_POINT_VMAP_GONE, area);
	watch_enter();
	if (area->owns_pages)
		__atomic_fetch_sub(&vmap_owned_pages, area->pages, __ATOMIC_RELAXED);
	unmap_area(area);
	watch_leave();
	if (is_users)
		give_users(area);
	watch_enter();
	frames_drop(area);
	lazy_keep(area);
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
	vmap_runs = vmap_owned_pages = 0;
	next_window = 0;
	windows = space_bytes() ? km_port_vmap_windows() : (struct km_port_windows) { 0 };
	area_cache = KMEM_CACHE(vmap_area, 0);
	if (!area_cache)
		return -ENOMEM;
	lazy_boot();
	return 0;
}

void areas_flush(void)
{
	flush_work(&going_work);
}

void areas_shutdown(void)
{
	lazy_shutdown();
	kmem_cache_destroy(area_cache);
	area_cache = NULL;
}
