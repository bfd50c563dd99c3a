/* SPDX-License-Identifier: MIT */
/*
 * vmap.c - the public calls that make an area of given pages, or of addresses alone
 *
 * Lock: none here.  All may sleep.
 */
#include "vmap/area.h"

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include "vmap/watched.h"

/**
 * vmap() - show given pages one after another
 * @pages: @count of them, each held by the caller; with VM_MAP_PUT_PAGES they and the array go with
 *         vfree()
 * @count: 0 gives NULL
 * @flags: VM_MAP, VM_MAP_PUT_PAGES; VM_NO_GUARD is taken out (WARN)
 * @prot:  not looked at
 *
 * Context: task, nothing held.   Return: the address, or NULL; also for more pages than the machine
 * has.
 * Differs: mapped for reading and writing, whatever @prot says.
 */
void *vmap(struct page **pages, unsigned int count, unsigned long flags, pgprot_t prot)
{
	if (WARN_ON_ONCE(flags & VM_NO_GUARD))
		flags &= ~VM_NO_GUARD;
	if (!count || count > totalram_pages()) {
		km_might_sleep("vmap");
		return NULL;
	}
	return vmap_make("vmap", &(const struct vmap_ask) {
		.bytes = (size_t)count << PAGE_SHIFT, .align = PAGE_SIZE, .gfp = GFP_KERNEL,
		.node = NUMA_NO_NODE, .vm_flags = flags, .caller = __builtin_return_address(0),
		.frames = pages, .count = count,
	}, WATCH_CALLER(), WATCH_FRAME());
}

/**
 * vm_map_ram() - vmap() for a short time
 * @node: where the record may lie; a wish
 * Context: task, nothing held.   Return: the address, or NULL.
 * Differs: no faster for few pages than for many, no per-CPU blocks.
 */
void *vm_map_ram(struct page **pages, unsigned int count, int node)
{
	if (!count || count > totalram_pages()) {
		km_might_sleep("vm_map_ram");
		return NULL;
	}
	return vmap_make("vm_map_ram", &(const struct vmap_ask) {
		.bytes = (size_t)count << PAGE_SHIFT, .align = PAGE_SIZE, .gfp = GFP_KERNEL,
		.node = node, .vm_flags = VM_RAM_MAP, .caller = __builtin_return_address(0),
		.frames = pages, .count = count,
	}, WATCH_CALLER(), WATCH_FRAME());
}

/**
 * __get_vm_area_caller() - addresses with nothing behind them
 * @size:  bytes, rounded up to pages; 0 gives NULL
 * @flags: for find_vm_area() to show; VM_NO_GUARD: no page more than asked
 * @start: with @end the range; 0, 0: any
 *
 * Context: task that may sleep.   Return: the area, without access, or NULL; free_vm_area() ends
 * it.
 */
struct vm_struct *__get_vm_area_caller(unsigned long size, unsigned long flags,
				       unsigned long start, unsigned long end, const void *caller)
{
	void *at;

	if (!size)
		return NULL;
	at = vmap_make("get_vm_area", &(const struct vmap_ask) {
		.bytes = size, .align = PAGE_SIZE, .gfp = GFP_KERNEL, .node = NUMA_NO_NODE,
		.vm_flags = flags, .caller = caller ? caller : __builtin_return_address(0),
		.low = start, .high = end, .no_frames = true,
	}, WATCH_CALLER(), WATCH_FRAME());
	return at ? find_vm_area(at) : NULL;
}

struct vm_struct *get_vm_area(unsigned long size, unsigned long flags)
{
	return __get_vm_area_caller(size, flags, 0, 0, __builtin_return_address(0));
}

struct vm_struct *get_vm_area_caller(unsigned long size, unsigned long flags, const void *caller)
{
	return __get_vm_area_caller(size, flags, 0, 0, caller);
}

/**
 * remap_vmalloc_range() - map an area into a process
 * Return: -EINVAL.   Differs: there are no processes; nothing is ever mapped.
 */
int remap_vmalloc_range(struct vm_area_struct *vma, void *addr, unsigned long pgoff)
{
	pr_warn_once("vmalloc: remap_vmalloc_range(): there is no process to map anything into\n");
	return -EINVAL;
}

int remap_vmalloc_range_partial(struct vm_area_struct *vma, unsigned long uaddr, void *kaddr,
				unsigned long pgoff, unsigned long size)
{
	return remap_vmalloc_range(vma, kaddr, pgoff);
}
