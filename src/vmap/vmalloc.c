/* SPDX-License-Identifier: MIT */
/*
 * vmalloc.c - the public calls: contexts, sizes, and which twin does the work
 *
 * V1  Every call that makes or unmakes an area may sleep, whatever gfp says; vfree() from an
 *     interrupt hands the area to a worker.
 * V2  A size is rounded up to pages; behind them lies one page without access.
 * Lock: none here.
 */
#include "vmap/area.h"

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/preempt.h>
#include <linux/string.h>
#include "page/page_room.h"
#include "vmap/vmap_room.h"
#include "vmap/watched.h"

bool vmap_watched;

static void *make(const char *what, const struct vmap_ask *ask, uintptr_t frame)
{
	if (__builtin_expect(vmap_watched, 0))
		return vmap_make_watched(what, ask, frame);
	km_might_sleep(what);
	return area_make(ask);
}

#define MAKE(what, size, alignment, flags)					\
	make(what, &(const struct vmap_ask) {					\
		.bytes = (size), .align = (alignment), .gfp = (flags),		\
		.vm_flags = VM_ALLOC, .caller = __builtin_return_address(0),	\
	}, WATCH_FRAME())

/**
 * vmalloc() - virtually contiguous memory from single pages
 * @size: bytes, rounded up to pages; 0: WARN, NULL
 *
 * Context: task, nothing held (sleep-in-atomic).   Locks: vmap_lock, irqs saved.
 * Cost:    one page each, O(log areas), one mapping for each run of consecutive frames.   Units:
 * bytes.
 * Return:  page aligned memory with an unmapped page behind it, or NULL.
 * Source:  kernel 6.12 docs, core-api/memory-allocation, core-api/mm-api "Virtually Contiguous
 * Mappings". Differs: pages are unmapped at once by vfree(), not lazily.
 */
void *vmalloc(unsigned long size)
{
	return MAKE("vmalloc", size, PAGE_SIZE, GFP_KERNEL);
}

void *vzalloc(unsigned long size)
{
	return MAKE("vzalloc", size, PAGE_SIZE, GFP_KERNEL | __GFP_ZERO);
}

void *vmalloc_user(unsigned long size)
{
	return MAKE("vmalloc_user", size, PAGE_SIZE, GFP_KERNEL | __GFP_ZERO);
}

void *vmalloc_node(unsigned long size, int node)
{
	return MAKE("vmalloc_node", size, PAGE_SIZE, GFP_KERNEL);
}

void *vzalloc_node(unsigned long size, int node)
{
	return MAKE("vzalloc_node", size, PAGE_SIZE, GFP_KERNEL | __GFP_ZERO);
}

void *vmalloc_32(unsigned long size)
{
	return MAKE("vmalloc_32", size, PAGE_SIZE, GFP_KERNEL | GFP_DMA32);
}

void *vmalloc_32_user(unsigned long size)
{
	return MAKE("vmalloc_32_user", size, PAGE_SIZE, GFP_KERNEL | GFP_DMA32 | __GFP_ZERO);
}

void *__vmalloc(unsigned long size, gfp_t gfp)
{
	return MAKE("__vmalloc", size, PAGE_SIZE, gfp);
}

void *__vmalloc_node(unsigned long size, unsigned long align, gfp_t gfp, int node,
		     const void *caller)
{
	return MAKE("__vmalloc_node", size, align > PAGE_SIZE ? align : PAGE_SIZE, gfp);
}

void *vmalloc_huge(unsigned long size, gfp_t gfp)
{
	return MAKE("vmalloc_huge", size, PAGE_SIZE, gfp);
}

void *__vmalloc_array(size_t n, size_t size, gfp_t flags)
{
	size_t bytes;

	if (check_mul_overflow(n, size, &bytes))
		return NULL;
	return MAKE("vmalloc_array", bytes, PAGE_SIZE, flags);
}

void *vmalloc_array(size_t n, size_t size)
{
	size_t bytes;

	if (check_mul_overflow(n, size, &bytes))
		return NULL;
	return MAKE("vmalloc_array", bytes, PAGE_SIZE, GFP_KERNEL);
}

void *__vcalloc(size_t n, size_t size, gfp_t flags)
{
	size_t bytes;

	if (check_mul_overflow(n, size, &bytes))
		return NULL;
	return MAKE("vcalloc", bytes, PAGE_SIZE, flags | __GFP_ZERO);
}

void *vcalloc(size_t n, size_t size)
{
	size_t bytes;

	if (check_mul_overflow(n, size, &bytes))
		return NULL;
	return MAKE("vcalloc", bytes, PAGE_SIZE, GFP_KERNEL | __GFP_ZERO);
}

/**
 * vrealloc() - change the size of an area
 * @p: from vmalloc(), or NULL;   @size: 0 frees
 * Return: memory with the old contents up to the smaller size; NULL if there is none, then @p stays
 * valid.
 * Context: as vmalloc().   Differs: an area that shrinks keeps its pages.
 */
void *vrealloc(const void *p, size_t size, gfp_t flags)
{
	struct vm_struct *vm;
	size_t old_bytes;
	void *fresh;

	if (!size) {
		vfree(p);
		return NULL;
	}
	if (!p)
		return MAKE("vrealloc", size, PAGE_SIZE, flags);
	vm = find_vm_area(p);
	if (WARN(!vm, "Trying to vrealloc() nonexistent vm area (%p)\n", p))
		return NULL;
	old_bytes = get_vm_area_size(vm);
	if (size <= old_bytes) {
		if (flags & __GFP_ZERO)
			memset((char *)p + size, 0, old_bytes - size);
		return (void *)p;
	}
	fresh = MAKE("vrealloc", size, PAGE_SIZE, flags);
	if (!fresh)
		return NULL;
	memcpy(fresh, p, old_bytes);
	vfree(p);
	return fresh;
}

/* The rules' leave to free, when they look on. */
static bool may_free(const char *what, const void *addr, uintptr_t caller, uintptr_t frame)
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
	if (!may_free("vfree", addr, WATCH_CALLER(), WATCH_FRAME()) || !addr)
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
	if (!may_free("vfree_atomic", addr, WATCH_CALLER(), WATCH_FRAME()) || !addr)
		return;
	area = area_retire(addr);
	if (WARN(!area, "Trying to vfree() nonexistent vm area (%p)\n", addr))
		return;
	area_free_later(area);
}

/**
 * vmap() - show given pages one after another
 * @pages: @count of them, each held by the caller; with VM_MAP_PUT_PAGES they and the array go with
 * vfree()
 * @flags: VM_MAP, VM_MAP_PUT_PAGES;   @prot: not looked at, mapped for reading and writing
 *
 * Context: task, nothing held.   Return: the address, or NULL; also for more pages than the machine
 * has.
 */
void *vmap(struct page **pages, unsigned int count, unsigned long flags, pgprot_t prot)
{
	if (WARN_ON_ONCE(flags & VM_NO_GUARD))
		flags &= ~VM_NO_GUARD;
	if (count > totalram_pages()) {
		km_might_sleep("vmap");
		return NULL;
	}
	return make("vmap", &(const struct vmap_ask) {
		.bytes = (size_t)count << PAGE_SHIFT, .align = PAGE_SIZE, .gfp = GFP_KERNEL,
		.vm_flags = flags, .caller = __builtin_return_address(0), .frames = pages,
		.count = count,
	}, WATCH_FRAME());
}

static void unmap(const char *what, const void *addr, uintptr_t caller, uintptr_t frame)
{
	struct vmap_area *area;

	BUG_ON(in_interrupt());
	km_might_sleep(what);
	if (!may_free(what, addr, caller, frame) || !addr)
		return;
	area = area_retire(addr);
	if (WARN(!area, "Trying to vunmap() nonexistent vm area (%p)\n", addr))
		return;
	/* The pages stay with the caller, also those that vfree() would have put. */
	area->owns_pages = false;
	if (area->vm.flags & VM_MAP_PUT_PAGES)
		area->owns_array = false;
	area_free(area);
}

void vunmap(const void *addr)
{
	unmap("vunmap", addr, WATCH_CALLER(), WATCH_FRAME());
}

void *vm_map_ram(struct page **pages, unsigned int count, int node)
{
	return make("vm_map_ram", &(const struct vmap_ask) {
		.bytes = (size_t)count << PAGE_SHIFT, .align = PAGE_SIZE, .gfp = GFP_KERNEL,
		.vm_flags = VM_MAP, .caller = __builtin_return_address(0), .frames = pages,
		.count = count,
	}, WATCH_FRAME());
}

void vm_unmap_ram(const void *mem, unsigned int count)
{
	unmap("vm_unmap_ram", mem, WATCH_CALLER(), WATCH_FRAME());
}

/* Nothing is unmapped lazily here. */
void vm_unmap_aliases(void)
{
	might_sleep();
}
