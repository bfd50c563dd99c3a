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
	bool is_live = area && area->state == AREA_LIVE && !(area->vm.flags & VM_RAM_MAP);

	km_spin_unlock(&vmap_lock, irq);
	return is_live ? &area->vm : NULL;
}

unsigned long km_vmalloc_start(void)
{
	return space_start();
}

unsigned long km_vmalloc_end(void)
{
	return space_start() + space_bytes();
}

/* Say on the console what area @object lies in; false: in none. */
bool vmalloc_dump_obj(void *object)
{
	struct vm_struct *vm = find_vm_area(object);

	if (!vm)
		return false;
	pr_cont(" %u-page vmalloc region starting at %#lx allocated at %pS\n", vm->nr_pages,
		(unsigned long)vm->addr, vm->caller);
	return true;
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
	return __atomic_load_n(&vmap_owned_pages, __ATOMIC_RELAXED);
}

bool vmap_find(const void *address, struct vmap_place *ret_place)
{
	unsigned long irq = km_spin_lock(&vmap_lock);
	struct vmap_area *area = space_find_locked((uintptr_t)address);
	bool is_area = area && area->state != AREA_UNPURGED;

	if (is_area) {
		*ret_place = (struct vmap_place) {
			.area = (void *)area->start, .bytes = area->asked,
			.offset = (uintptr_t)address - area->start,
			.in_guard = (uintptr_t)address - area->start >= area->bytes - PAGE_SIZE,
		};
	}
	km_spin_unlock(&vmap_lock, irq);
	return is_area;
}

int vmap_boot(bool watched)
{
	struct km_port_windows windows = { 0 };
	uintptr_t base = 0;
	size_t bytes = 0;
	unsigned long irq;

	if (!km_port_vmap_range(&base, &bytes))
		base = bytes = 0;
	bytes -= percpu_vmap_bytes(bytes);
	if (bytes)
		windows = km_port_vmap_windows();
	irq = km_spin_lock(&vmap_lock);
	space_boot_locked(base, bytes, windows.count * windows.stride);
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
	while (area && (area->vm.flags & VM_NESTED_ARRAY || area->state == AREA_UNPURGED))
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
