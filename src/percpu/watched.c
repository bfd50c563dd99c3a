/* SPDX-License-Identifier: MIT */
/*
 * watched.c - which events the percpu calls send; the work is done in area.c
 *
 * T1  Family PERCPU; the object is the pointer handed out, which is no address: rules may compare
 *     it, not follow it.
 * T2  An area a rule keeps stays taken until percpu_release().
 * T3  While rules watch, an area begins at a multiple of PERCPU_RED_BYTES, and as many bytes behind
 *     it belong to it that its user did not ask for, so that an access beyond its end is seen. Only
 *     the largest areas have none.
 * T4  What the engine takes for itself is told as mapped, for it may lie where something was freed.
 * Lock: none held while an event is told.
 */
#include "percpu/watched.h"

#include <linux/cpumask.h>
#include <linux/kernel.h>
#include <linux/log2.h>
#include <linux/percpu.h>
#include "watch/watch.h"

/* T4 */
static void tell_copies(const struct km_event *event)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		struct km_event copy = {
			.point = KM_POINT_VMAP_NEW, .family = KM_FAMILY_PERCPU, .what = "percpu",
			.object = per_cpu_ptr((char *)event->object, cpu),
			.bytes = event->usable, .usable = event->usable,
		};

		watch_tell_inner(&copy);
	}
}

void *percpu_take_watched(const struct percpu_ask *ask, uintptr_t caller, uintptr_t frame)
{
	struct km_event event = {
		.point = KM_POINT_ALLOC_ASK, .family = KM_FAMILY_PERCPU, .what = "alloc_percpu",
		.bytes = ask->bytes, .gfp = ask->gfp, .caller = caller, .frame = frame,
	};
	struct percpu_ask fenced = *ask;

	km_port_point();
	if (watch_tell(&event) != KM_GO)
		return NULL;
	/* T3; what is not served is refused by the numbers the user gave. */
	if (ask->bytes && ask->bytes <= PCPU_MIN_UNIT_SIZE - 2 * PERCPU_RED_BYTES) {
		fenced.bytes = ALIGN(ask->bytes, PERCPU_GRANULE) + PERCPU_RED_BYTES;
		if (is_power_of_2(ask->align) && ask->align < PERCPU_RED_BYTES)
			fenced.align = PERCPU_RED_BYTES;
	}
	event.object = area_take(&fenced);
	event.usable = event.object ? ALIGN(fenced.bytes, PERCPU_GRANULE) : 0;
	event.point = event.object ? KM_POINT_ALLOC_DONE : KM_POINT_ALLOC_FAIL;
	if (!watch_is_outer() && event.object)
		tell_copies(&event);
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
