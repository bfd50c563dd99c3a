/* SPDX-License-Identifier: MIT */
/*
 * watched.c - which events the vmap calls send; the work is done in area.c
 *
 * T1  Family VMALLOC; the object is the area's first byte; usable is what is mapped.
 * T2  An area a rule keeps is in state KEPT and mapped until vmap_release().
 * Lock: none held while an event is told.
 */
#include "vmap/watched.h"

#include <linux/kernel.h>
#include <linux/mm.h>
#include "page/page_room.h"
#include "vmap/vmap_room.h"

void *vmap_make_watched(const char *what, const struct vmap_ask *ask, uintptr_t caller,
			uintptr_t frame)
{
	struct km_event event = {
		.point = KM_POINT_ALLOC_ASK, .family = KM_FAMILY_VMALLOC, .what = what,
		.bytes = ask->bytes, .gfp = ask->gfp, .caller = caller, .frame = frame,
	};

	km_port_point();
	if (watch_tell(&event) != KM_GO)
		return NULL;
	/* After the rules, for they say more about a call in a wrong context. */
	km_might_sleep(what);
	event.object = area_make(ask);
	event.usable = event.object ? PAGE_ALIGN(ask->bytes) : 0;
	event.point = event.object ? KM_POINT_ALLOC_DONE : KM_POINT_ALLOC_FAIL;
	watch_tell(&event);
	return (void *)event.object;
}

bool vmap_free_watched(const char *what, const void *address, uintptr_t caller, uintptr_t frame)
{
	struct km_event event = {
		.point = address ? KM_POINT_FREE_ASK : KM_POINT_FREE_ZERO,
		.family = KM_FAMILY_VMALLOC, .what = what, .object = address,
		.caller = caller, .frame = frame,
	};
	enum km_verdict verdict;

	km_port_point();
	verdict = watch_tell(&event);
	km_port_seam();
	if (verdict == KM_TAKE && !area_keep(address))
		return true;
	return verdict == KM_GO;
}

void vmap_release(void *object)
{
	struct vmap_area *area = area_retire(object);

	if (!area)
		return;
	/* Any context; but memory is short, so that a worker is the second choice. */
	if (in_interrupt() || area->vm.flags & VM_MAP_PUT_PAGES)
		area_free_later(area);
	else
		area_free(area);
}
