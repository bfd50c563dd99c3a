/* SPDX-License-Identifier: MIT */
/*
 * each.c - show every area to whoever reports on them
 *
 * Owns nothing.  Lock: vmap_lock during the walk.  Nothing here sleeps.
 */
#include "vmap/area.h"

#include "vmap/vmap_room.h"

/**
 * vmap_each() - call @see for each area, lowest address first
 * @see: must neither sleep nor make or unmake areas
 */
void vmap_each(void (*see)(const struct vmap_seen *seen, void *arg), void *arg)
{
	unsigned long irq = km_spin_lock(&vmap_lock);
	struct vmap_area *area;

	for (area = space_first_locked(); area; area = space_next_locked(area)) {
		bool is_ram_map = area->vm.flags & VM_RAM_MAP;
		struct vmap_seen seen = {
			.start = area->start, .bytes = area->bytes,
			.vm = area->state <= AREA_KEPT && !is_ram_map ? &area->vm : NULL,
			.what = area->state <= AREA_KEPT ? "vm_map_ram" : "unpurged vm_area",
		};

		see(&seen, arg);
	}
	km_spin_unlock(&vmap_lock, irq);
}

unsigned long vmap_total_bytes(void)
{
	return space_bytes();
}
