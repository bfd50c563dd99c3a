/* SPDX-License-Identifier: MIT */
/*
 * alloc.c - the public calls, and what can be asked of a pointer
 *
 * Lock: none here.
 */
#include "percpu/watched.h"

#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include "kern/kern.h"
#include "page/page_room.h"
#include "percpu/percpu_room.h"
#include "watch/watch.h"

bool percpu_watched;

/**
 * __alloc_percpu_gfp() - memory that each possible CPU has its own copy of
 * @size:  bytes of one copy; 0 or more than PCPU_MIN_UNIT_SIZE (32 KiB): WARN, NULL
 * @align: a power of two up to PAGE_SIZE, else WARN, NULL; less than 4 is 4
 * @gfp:   without __GFP_DIRECT_RECLAIM only from chunks that exist; else a new one may be made.
 *         Of the other flags only those of GFP_KERNEL, __GFP_NORETRY and __GFP_NOWARN count:
 *         all memory is zeroed, and __GFP_NOFAIL does not keep the call from failing
 *
 * Context: task, nothing held, if @gfp may block (sleep-in-atomic); otherwise any but NMI.
 * Locks:   percpu_lock, irqs saved.   Cost: O(log chunks), a pass over one chunk's map, and the
 *          wiping of each CPU's copy.   Units: bytes.
 * Return:  a percpu pointer for per_cpu_ptr() and this_cpu_*(), never to be followed itself; NULL
 *          without memory, and "percpu: allocation failed" for the first ten callers that could
 *          sleep.
 * Source:  kernel 6.12 linux/percpu.h, core-api/this_cpu_ops.
 * Differs: no reserved areas for modules; a chunk has all its frames from the start.
 */
void __percpu *pcpu_alloc_noprof(size_t size, size_t align, bool reserved, gfp_t gfp)
{
	const struct percpu_ask ask = { .bytes = size, .align = align, .gfp = gfp };

	if (__builtin_expect(percpu_watched, 0))
		return percpu_take_watched(&ask, WATCH_CALLER(), WATCH_FRAME());
	return area_take(&ask);
}

/**
 * free_percpu() - give back what alloc_percpu() returned
 * @ptr: NULL is nothing to do; any other pointer that is not out is told (WARN) and left alone
 *
 * Context: any but NMI.   Locks: percpu_lock, irqs saved.   Cost: O(log chunks).
 */
void free_percpu(void __percpu *ptr)
{
	if (__builtin_expect(percpu_watched, 0) &&
	    !percpu_free_watched(ptr, WATCH_CALLER(), WATCH_FRAME()))
		return;
	if (!ptr)
		return;
	WARN(!area_give(ptr), "Trying to free_percpu() an address that was not allocated (%p)\n",
	     ptr);
}

/* Bytes of one copy that @ptr's user may use; 0 if no area starts there. */
size_t pcpu_alloc_size(void __percpu *ptr)
{
	size_t bytes = ptr ? area_bytes(ptr) : 0;

	/* What rules look at is not the caller's. */
	if (percpu_watched && bytes > PERCPU_RED_BYTES &&
	    bytes <= PCPU_MIN_UNIT_SIZE - PERCPU_RED_BYTES)
		bytes -= PERCPU_RED_BYTES;
	return bytes;
}

/* Does @addr lie in some CPU's copy of the static variables?  The address in the template, too. */
bool __is_kernel_percpu_address(unsigned long addr, unsigned long *can_addr)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		unsigned long offset = addr - percpu_units.base - cpu * percpu_units.unit_bytes;

		if (offset >= percpu_units.static_bytes)
			continue;
		if (can_addr)
			*can_addr = addr - __per_cpu_offset[cpu];
		return true;
	}
	return false;
}

bool is_kernel_percpu_address(unsigned long addr)
{
	return __is_kernel_percpu_address(addr, NULL);
}

/**
 * per_cpu_ptr_to_phys() - physical address of what per_cpu_ptr() returned for a dynamic area
 * Context: any but NMI.   Return: 0 for an address that is no CPU's copy.
 * Differs: copies of static variables lie outside of the machine's RAM and have none (0).
 */
phys_addr_t per_cpu_ptr_to_phys(void *addr)
{
	struct page *page = chunk_frame((uintptr_t)addr);

	return page ? ((phys_addr_t)frame_pfn(page) << PAGE_SHIFT) +
		      ((uintptr_t)addr & ~PAGE_MASK) : 0;
}

int percpu_boot(bool watched)
{
	int error = area_boot(watched);

	percpu_watched = watched;
	return error;
}

unsigned long percpu_shutdown(void)
{
	unsigned long left = area_shutdown();

	if (left)
		pr_warn("percpu: %lu areas left\n", left);
	percpu_watched = false;
	return left;
}
