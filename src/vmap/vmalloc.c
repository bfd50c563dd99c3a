/* SPDX-License-Identifier: MIT */
/*
 * vmalloc.c - the public calls that make an area of fresh pages
 *
 * V1  Every call that makes an area may sleep, whatever gfp says.
 * V2  A size is rounded up to pages; behind them lies one page without access.
 * Lock: none here.
 */
#include "vmap/area.h"

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/string.h>
#include "vmap/watched.h"

bool vmap_watched;

void *vmap_make(const char *what, const struct vmap_ask *ask, uintptr_t caller, uintptr_t frame)
{
	if (__builtin_expect(vmap_watched, 0))
		return vmap_make_watched(what, ask, caller, frame);
	km_might_sleep(what);
	return area_make(ask);
}

#define MAKE(what, size, flags, on_node, kind)						\
	vmap_make(what, &(const struct vmap_ask) {					\
		.bytes = (size), .align = PAGE_SIZE, .gfp = (flags), .node = (on_node),	\
		.vm_flags = VM_ALLOC | (kind), .caller = __builtin_return_address(0),	\
	}, WATCH_CALLER(), WATCH_FRAME())

/**
 * vmalloc() - virtually contiguous memory from single pages
 * @size: bytes, rounded up to pages; 0: WARN, NULL
 *
 * Context: task, nothing held (sleep-in-atomic).   Locks: vmap_lock, irqs saved.
 * Cost:    one page each, O(log areas), at most one mapping for each run of consecutive frames.
 * Units:   bytes.
 * Return:  page aligned memory with an unmapped page behind it, or NULL.
 * Source:  kernel 6.12 docs, core-api/memory-allocation, core-api/mm-api "Virtually Contiguous
 * Mappings".
 * Differs: nothing known.
 */
void *vmalloc(unsigned long size)
{
	return MAKE("vmalloc", size, GFP_KERNEL, NUMA_NO_NODE, 0);
}

void *vzalloc(unsigned long size)
{
	return MAKE("vzalloc", size, GFP_KERNEL | __GFP_ZERO, NUMA_NO_NODE, 0);
}

/* For remap_vmalloc_range(): zeroed. */
void *vmalloc_user(unsigned long size)
{
	return MAKE("vmalloc_user", size, GFP_KERNEL | __GFP_ZERO, NUMA_NO_NODE, VM_USERMAP);
}

/* @node is a wish: another node's pages are taken when it has none. */
void *vmalloc_node(unsigned long size, int node)
{
	return MAKE("vmalloc_node", size, GFP_KERNEL, node, 0);
}

void *vzalloc_node(unsigned long size, int node)
{
	return MAKE("vzalloc_node", size, GFP_KERNEL | __GFP_ZERO, node, 0);
}

/* Pages below 4 GiB. */
void *vmalloc_32(unsigned long size)
{
	return MAKE("vmalloc_32", size, GFP_KERNEL | GFP_DMA32, NUMA_NO_NODE, 0);
}

void *vmalloc_32_user(unsigned long size)
{
	return MAKE("vmalloc_32_user", size, GFP_KERNEL | GFP_DMA32 | __GFP_ZERO, NUMA_NO_NODE,
		    VM_USERMAP);
}

/**
 * __vmalloc() - vmalloc() with flags
 * @gfp: GFP_KERNEL, GFP_NOFS or GFP_NOIO, with __GFP_NOFAIL, __GFP_NOWARN, __GFP_ZERO; the task's
 *       scopes apply
 * Context, Locks, Cost, Return: as vmalloc(); with __GFP_NOFAIL it waits for memory.
 */
void *__vmalloc(unsigned long size, gfp_t gfp)
{
	return MAKE("__vmalloc", size, gfp, NUMA_NO_NODE, 0);
}

/**
 * __vmalloc_node_range() - an area in a range of addresses
 * @align: a power of two; less than a page is a page
 * @start: with @end the range; VMALLOC_START and VMALLOC_END for any
 * @prot:  not looked at, all areas are mapped for reading and writing
 * @caller: who vmallocinfo names; NULL: the caller
 *
 * Context, Locks, Cost: as vmalloc().   Return: NULL also if the range has no room, or a crooked
 * alignment was asked for.
 * Differs: protections other than read-write are not made.
 */
void *__vmalloc_node_range(unsigned long size, unsigned long align, unsigned long start,
			   unsigned long end, gfp_t gfp, pgprot_t prot, unsigned long vm_flags,
			   int node, const void *caller)
{
	return vmap_make("__vmalloc_node_range", &(const struct vmap_ask) {
		.bytes = size, .align = align > PAGE_SIZE ? align : PAGE_SIZE, .gfp = gfp,
		.node = node, .vm_flags = VM_ALLOC | vm_flags,
		.caller = caller ? caller : __builtin_return_address(0),
		.low = start, .high = end,
	}, WATCH_CALLER(), WATCH_FRAME());
}

void *__vmalloc_node(unsigned long size, unsigned long align, gfp_t gfp, int node,
		     const void *caller)
{
	return vmap_make("__vmalloc_node", &(const struct vmap_ask) {
		.bytes = size, .align = align > PAGE_SIZE ? align : PAGE_SIZE, .gfp = gfp,
		.node = node, .vm_flags = VM_ALLOC,
		.caller = caller ? caller : __builtin_return_address(0),
	}, WATCH_CALLER(), WATCH_FRAME());
}

/**
 * vmalloc_huge() - vmalloc() that may use large pages for its mapping
 * Context, Locks, Cost, Return: as vmalloc().
 * Differs: large pages are not made; runs of frames are asked for in any case.
 */
void *vmalloc_huge(unsigned long size, gfp_t gfp)
{
	return MAKE("vmalloc_huge", size, gfp, NUMA_NO_NODE, VM_ALLOW_HUGE_VMAP);
}

/* Differs: as vmalloc_huge(). */
void *vmalloc_huge_node(unsigned long size, gfp_t gfp, int node)
{
	return MAKE("vmalloc_huge_node", size, gfp, node, VM_ALLOW_HUGE_VMAP);
}

/* The array forms: NULL if n * size overflows, silently. */
void *__vmalloc_array(size_t n, size_t size, gfp_t flags)
{
	size_t bytes;

	if (check_mul_overflow(n, size, &bytes))
		return NULL;
	return MAKE("vmalloc_array", bytes, flags, NUMA_NO_NODE, 0);
}

void *vmalloc_array(size_t n, size_t size)
{
	size_t bytes;

	if (check_mul_overflow(n, size, &bytes))
		return NULL;
	return MAKE("vmalloc_array", bytes, GFP_KERNEL, NUMA_NO_NODE, 0);
}

void *__vcalloc(size_t n, size_t size, gfp_t flags)
{
	size_t bytes;

	if (check_mul_overflow(n, size, &bytes))
		return NULL;
	return MAKE("vcalloc", bytes, flags | __GFP_ZERO, NUMA_NO_NODE, 0);
}

void *vcalloc(size_t n, size_t size)
{
	size_t bytes;

	if (check_mul_overflow(n, size, &bytes))
		return NULL;
	return MAKE("vcalloc", bytes, GFP_KERNEL | __GFP_ZERO, NUMA_NO_NODE, 0);
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
		return MAKE("vrealloc", size, flags, NUMA_NO_NODE, 0);
	vm = find_vm_area(p);
	if (WARN(!vm, "Trying to vrealloc() nonexistent vm area (%p)\n", p))
		return NULL;
	old_bytes = get_vm_area_size(vm);
	if (size <= old_bytes) {
		if (flags & __GFP_ZERO)
			memset((char *)p + size, 0, old_bytes - size);
		return (void *)p;
	}
	fresh = MAKE("vrealloc", size, flags, NUMA_NO_NODE, 0);
	if (!fresh)
		return NULL;
	memcpy(fresh, p, old_bytes);
	vfree(p);
	return fresh;
}
