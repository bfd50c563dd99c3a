/* SPDX-License-Identifier: MIT */
/*
 * watched.c - which events the percpu calls send; the work is done in area.c
 *
 * T1  Family PERCPU; the object is the pointer handed out, which is no address: rules may compare
 *     it, not follow it.
 * T2  An area a rule keeps stays taken until percpu_release().
 * Lock: none held while an event is told.
 */
#include "percpu/watched.h"

#include <linux/kernel.h>
#include "watch/watch.h"

void *percpu_take_watched(const struct percpu_ask *ask, uintptr_t caller, uintptr_t frame)
{
	struct km_event event = {
		.point = KM_POINT_ALLOC_ASK, .family = KM_FAMILY_PERCPU, .what = "alloc_percpu",
		.bytes = ask->bytes, .gfp = ask->gfp, .caller = caller, .frame = frame,
	};

	km_port_point();
	if (watch_tell(&event) != KM_GO)
		return NULL;
	event.object = area_take(ask);
	event.usable = event.object ? ALIGN(ask->bytes, PERCPU_GRANULE) : 0;
	event.point = event.object ? KM_POINT_ALLOC_DONE : KM_POINT_ALLOC_FAIL;
	watch_tell(&event);
	return (void *)event.object;
}

bool percpu_free_watched(const void *pointer, uintptr_t caller, uintptr_t frame)
{
	struct km_event event = {
		.point = pointer ? KM_POINT_FREE_ASK : KM_POINT_FREE_ZERO,
		.family = KM_FAMILY_PERCPU, .what = "free_percpu", .object = pointer,
		.caller = caller, .frame = frame,
	};

	km_port_point();
	return watch_tell(&event) == KM_GO;
}
