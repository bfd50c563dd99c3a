/* SPDX-License-Identifier: MIT */
/*
 * ioremap.c - registers of devices
 *
 * R1  No device of this machine has memory. What ioremap() returns is an area of its own, all 0 at
 *     first, that keeps what is written to it; two maps of one address are two areas.
 * R2  RAM is refused, as in Linux.
 * Lock: none.
 */
#include <linux/bug.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include "page/page_room.h"
#include "vmap/watched.h"

static bool is_ram(phys_addr_t phys, size_t size)
{
	return pfn_frame(phys >> PAGE_SHIFT) && size && pfn_frame((phys + size - 1) >> PAGE_SHIFT);
}

/**
 * ioremap() - map the memory of a device
 * Context: task that may sleep.
 * Return:  NULL without memory, for no bytes, and with a WARN once for RAM.
 * Differs: R1; nothing happens when a register is read or written.
 */
void __iomem *ioremap(phys_addr_t phys, size_t size)
{
	phys_addr_t last = phys + size - 1;
	void *at;

	if (!size || last < phys || is_ram(phys, size)) {
		km_might_sleep("ioremap");
		WARN_ONCE(size && last >= phys, "ioremap on RAM at %pa - %pa\n", &phys, &last);
		return NULL;
	}
	at = vmap_make("ioremap", &(const struct vmap_ask) {
		.bytes = offset_in_page(phys) + size, .align = PAGE_SIZE,
		.gfp = GFP_KERNEL | __GFP_ZERO, .node = NUMA_NO_NODE,
		.vm_flags = VM_IOREMAP, .caller = __builtin_return_address(0),
	}, WATCH_CALLER(), WATCH_FRAME());
	return at ? at + offset_in_page(phys) : NULL;
}

/**
 * iounmap() - end what ioremap() made
 * @addr: NULL is nothing to do; what ioremap() did not return is warned of
 * Context: task that may sleep.
 */
void iounmap(volatile void __iomem *addr)
{
	void *start = (void *)((uintptr_t)addr & PAGE_MASK);
	struct vmap_area *area;

	km_might_sleep("iounmap");
	if (!vmap_may_free("iounmap", start, WATCH_CALLER(), WATCH_FRAME()) || !addr)
		return;
	area = area_retire(start);
	if (!WARN(!area, "Trying to iounmap() %p, which ioremap() did not return\n", (void *)addr))
		area_free(area);
}

/**
 * memremap() - an address for RAM at a physical address
 * @flags: MEMREMAP_WB must be among them
 * Return: the address in the linear map; NULL for what is not RAM, and for other cachings.
 * Differs: there is no device memory.
 */
void *memremap(resource_size_t offset, size_t size, unsigned long flags)
{
	return flags & MEMREMAP_WB && is_ram(offset, size) ? phys_to_virt(offset) : NULL;
}

void memunmap(void *addr)
{
	WARN(addr && !virt_addr_valid(addr), "Trying to memunmap() %p\n", addr);
}
