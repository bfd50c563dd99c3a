/* SPDX-License-Identifier: MIT */
/*
 * lazy.c - addresses of freed areas, which are not used again for a while
 *
 * Owns: the list of unpurged areas, oldest first, and the number of their pages.
 * L1  An unpurged area is unmapped and has no frames: a late access faults. It only keeps its
 *     addresses, and its record.
 * L2  All are purged when their pages exceed the limit, by vm_unmap_aliases(), when no other
 *     addresses are left, and under memory pressure; single ones when their place in a window is
 *     wanted and no other window has room.
 * Limit: as Linux, 32 MiB for each bit of the number of CPUs, but at most a quarter of memory.
 * Lock: vmap_lock.  lazy_keep() in any context; purging may free slabs, any context but NMI.
 */
#include "vmap/area.h"

#include <linux/bitops.h>
#include <linux/cpumask.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/workqueue.h>
#include "reclaim/reclaim_room.h"
#include "watch/watch.h"

#define BATCH	32	/* areas purged while vmap_lock is held once */

static LIST_HEAD(unpurged);
static unsigned long unpurged_pages, unpurged_limit;

static void purge_work(struct work_struct *work)
{
	watch_enter();
	lazy_purge_all();
	watch_leave();
}

static DECLARE_ENGINE_WORK(purge, purge_work);

/* Slab's pages are what comes back; how many is for slab to know. */
static unsigned long give_records(void)
{
	unsigned long purged;

	watch_enter();
	purged = lazy_purge_all();
	watch_leave();
	return purged * sizeof(struct vmap_area) / PAGE_SIZE;
}

static struct reclaim_giver giver = { .name = "vmap", .give = give_records };

static void drop_locked(struct vmap_area *area, struct list_head *out)
{
	space_remove_locked(area);
	unpurged_pages -= area->bytes >> PAGE_SHIFT;
	list_move_tail(&area->unpurged, out);
}

void lazy_free(struct list_head *out)
{
	struct vmap_area *area, *next;

	list_for_each_entry_safe(area, next, out, unpurged)
		kmem_cache_free(area_cache, area);
}

unsigned long lazy_purge_all(void)
{
	unsigned long purged = 0;
	unsigned int count;

	do {
		unsigned long irq = km_spin_lock(&vmap_lock);
		LIST_HEAD(out);

		for (count = 0; count < BATCH && !list_empty(&unpurged); count++)
			drop_locked(list_first_entry(&unpurged, struct vmap_area, unpurged), &out);
		km_spin_unlock(&vmap_lock, irq);
		lazy_free(&out);
		purged += count;
	} while (count == BATCH);
	return purged;
}

void lazy_keep(struct vmap_area *area)
{
	unsigned long irq = km_spin_lock(&vmap_lock);
	bool is_over;

	area->state = AREA_UNPURGED;
	list_add_tail(&area->unpurged, &unpurged);
	unpurged_pages += area->bytes >> PAGE_SHIFT;
	is_over = unpurged_pages > unpurged_limit;
	km_spin_unlock(&vmap_lock, irq);
	if (is_over)
		schedule_work(&purge);
}

bool lazy_put_locked(struct vmap_area *area, uintptr_t start, struct list_head *out)
{
	struct vmap_area *other = space_overlap_locked(start, area->bytes);

	for (; other && other->start < start + area->bytes; other = space_next_locked(other)) {
		if (other->state != AREA_UNPURGED)
			return false;
	}
	while ((other = space_overlap_locked(start, area->bytes)))
		drop_locked(other, out);
	return space_put_locked(area, start);
}

unsigned long lazy_pages(void)
{
	return __atomic_load_n(&unpurged_pages, __ATOMIC_RELAXED);
}

void lazy_boot(void)
{
	unsigned long quarter = totalram_pages() / 4;

	INIT_LIST_HEAD(&unpurged);
	unpurged_pages = 0;
	unpurged_limit = fls(num_online_cpus()) * (32UL << 20 >> PAGE_SHIFT);
	if (unpurged_limit > quarter)
		unpurged_limit = quarter;
	reclaim_register_giver(&giver);
}

void lazy_shutdown(void)
{
	reclaim_unregister_giver(&giver);
	flush_work(&purge);
	lazy_purge_all();
}
