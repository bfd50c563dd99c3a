/* SPDX-License-Identifier: MIT */
/*
 * vfree.c - the public calls that end an area
 *
 * E1  An area is unmapped by the call that ends it, or by a worker when that call may not sleep.
 * E2  Its addresses stay out of use for a while (lazy.c).
 * Lock: none here.
 */
#include "vmap/area.h"

#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/preempt.h>
#include "vmap/watched.h"

/* The rules' leave to free, when they look on. */
bool vmap_may_free(const char *what, const void *addr, uintptr_t caller, uintptr_t frame)
{
	return !vmap_watched || vmap_free_watched(what, addr, caller, frame);
}

/**
 * vfree() - give an area back
 * @addr: from vmalloc() and friends, or vmap() with VM_MAP_PUT_PAGES; NULL is nothing to do
 *
 * Context: task that may sleep; or softirq and hardirq, then a worker does it.  With a spinlock
 * held: vfree_atomic().
 * Return:  nothing; an address where no area starts is reported (WARN).
 */
void vfree(const void *addr)
{
	struct vmap_area *area;
	bool is_deferred = in_interrupt();

	BUG_ON(in_nmi());
	if (!is_deferred)
		km_might_sleep("vfree");
	if (!vmap_may_free("vfree", addr, WATCH_CALLER(), WATCH_FRAME()) || !addr)
		return;
	if (WARN(!PAGE_ALIGNED(addr), "Trying to vfree() bad address (%p)\n", addr))
		return;
	area = area_retire(addr);
	if (WARN(!area, "Trying to vfree() nonexistent vm area (%p)\n", addr))
		return;
	if (is_deferred)
		area_free_later(area);
	else
		area_free(area);
}

/* As vfree(), from any context but NMI: a worker does it. */
void vfree_atomic(const void *addr)
{
	struct vmap_area *area;

	BUG_ON(in_nmi());
	if (!vmap_may_free("vfree_atomic", addr, WATCH_CALLER(), WATCH_FRAME()) || !addr)
		return;
	area = area_retire(addr);
	if (WARN(!area, "Trying to vfree() nonexistent vm area (%p)\n", addr))
		return;
	area_free_later(area);
}

/* @count: the pages it must have; 0: any number. */
static void unmap(const char *what, const void *addr, unsigned int count, uintptr_t caller,
		  uintptr_t frame)
{
	struct vmap_area *area;

	BUG_ON(in_interrupt());
	km_might_sleep(what);
	if (!vmap_may_free(what, addr, caller, frame) || !addr)
		return;
	area = area_retire(addr);
	if (WARN(!area, "Trying to vunmap() nonexistent vm area (%p)\n", addr))
		return;
	WARN(count && area->pages != count, "vm_unmap_ram() of %u pages, but %u are mapped\n",
	     count, area->pages);
	/* The pages stay with the caller, also those that vfree() would have put. */
	area->owns_pages = false;
	if (area->vm.flags & VM_MAP_PUT_PAGES)
		area->owns_array = false;
	area_free(area);
}

/**
 * vunmap() - end what vmap() made; the pages stay with the caller
 * @addr: NULL is nothing to do
 * Context: task that may sleep; in an interrupt: BUG.
 */
void vunmap(const void *addr)
{
	unmap("vunmap", addr, 0, WATCH_CALLER(), WATCH_FRAME());
}

/**
 * vm_unmap_ram() - end what vm_map_ram() made
 * @count: as many pages as it was told, else WARN
 * Context: as vunmap().
 * Differs: all pages are unmapped, whatever @count says.
 */
void vm_unmap_ram(const void *mem, unsigned int count)
{
	unmap("vm_unmap_ram", mem, count, WATCH_CALLER(), WATCH_FRAME());
}

/**
 * free_vm_area() - end what get_vm_area() made
 * Context: as vunmap().
 */
void free_vm_area(struct vm_struct *area)
{
	unmap("free_vm_area", area->addr, 0, WATCH_CALLER(), WATCH_FRAME());
}

/**
 * vm_unmap_aliases() - the addresses of all freed areas may be used again
 * Context: task that may sleep.   Cost: O(freed areas).
 * Differs: no page is still mapped by then in any case.
 */
void vm_unmap_aliases(void)
{
	km_might_sleep("vm_unmap_aliases");
	watch_enter();
	lazy_purge_all();
	watch_leave();
}
