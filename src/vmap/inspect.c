/* SPDX-License-Identifier: MIT */
/*
 * inspect.c - look up areas; boot and shutdown of the room
 *
 * Looking up takes vmap_lock and is allowed in any context but NMI.
 */
#include "vmap/area.h"

#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include "page/page_room.h"
#include "percpu/percpu_room.h"
#include "vmap/vmap_room.h"
#include "vmap/watched.h"

bool is_vmalloc_addr(const void *address)
{
	return space_holds((uintptr_t)address);
}

/* The area that holds @addr, its guard page included; not one that is being freed. */
struct vm_struct *find_vm_area(const void *addr)
{
	unsigned long irq = km_spin_lock(&vmap_lock);
	struct vmap_area *area = space_find_locked((uintptr_t)addr);
	bool is_live = area && area->state == AREA_LIVE;

	km_spin_unlock(&vmap_lock, irq);
	return is_live ? &area->vm : NULL;
}

struct page *vmalloc_to_page(const void *addr)
{
	unsigned long irq = km_spin_lock(&vmap_lock);
	struct vmap_area *area = space_find_locked((uintptr_t)addr);
	struct page *page = NULL;

	if (area && area->state == AREA_LIVE) {
		unsigned long index = ((uintptr_t)addr - area->start) >> PAGE_SHIFT;

		page = index < area->pages ? area->frames[index] : NULL;
	}
	km_spin_unlock(&vmap_lock, irq);
	return page;
}

unsigned long vmalloc_to_pfn(const void *addr)
{
	struct page *page = vmalloc_to_page(addr);

	return page ? frame_pfn(page) : 0;
}

/* Pages that areas own; those shown by vmap() belong to others. */
unsigned long vmalloc_nr_pages(void)
{
	unsigned long irq = km_spin_lock(&vmap_lock), pages = 0;
	struct vmap_area *area;

	for (area = space_first_locked(); area; area = space_next_locked(area))
		pages += area->owns_pages ? area->pages : 0;
	km_spin_unlock(&vmap_lock, irq);
	return pages;
}

bool vmap_find(const void *address, struct vmap_place *ret_place)
{
	unsigned long irq = km_spin_lock(&vmap_lock);
	struct vmap_area *area = space_find_locked((uintptr_t)address);

	if (area) {
		*ret_place = (struct vmap_place) {
			.area = (void *)area->start, .bytes = area->asked,
			.offset = (uintptr_t)address - area->start,
			.in_guard = (uintptr_t)address - area->start >= area->bytes - PAGE_SIZE,
		};
	}
	km_spin_unlock(&vmap_lock, irq);
	return area != NULL;
}

int vmap_boot(bool watched)
{
	uintptr_t base = 0;
	size_t bytes = 0;
	unsigned long irq;

	if (!km_port_vmap_range(&base, &bytes))
		base = bytes = 0;
	bytes -= percpu_vmap_bytes(bytes);
	irq = km_spin_lock(&vmap_lock);
	space_boot_locked(base, bytes);
	km_spin_unlock(&vmap_lock, irq);
	vmap_watched = watched;
	return areas_boot();
}

/* One area after another, whoever left it. */
static struct vmap_area *retire_first(void)
{
	unsigned long irq = km_spin_lock(&vmap_lock);
	struct vmap_area *area = space_first_locked();

	/* Nested: the array of a larger area goes with it. */
	while (area && area->vm.flags & VM_NESTED_ARRAY)
		area = space_next_locked(area);
	if (area)
		area->state = AREA_GOING;
	km_spin_unlock(&vmap_lock, irq);
	return area;
}

unsigned long vmap_shutdown(void)
{
	struct vmap_area *area;
	unsigned long left = 0;

	areas_flush();
	while ((area = retire_first())) {
		pr_warn("vmalloc: area %p of %zu bytes left, made by %pS\n", (void *)area->start,
			area->asked, area->vm.caller);
		left++;
		area_free(area);
	}
	areas_shutdown();
	vmap_watched = false;
	return left;
}
