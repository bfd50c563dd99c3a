/* SPDX-License-Identifier: MIT */
/*
 * ioremap.c - addresses of devices: there are none
 *
 * No device of this machine has memory, and Linux refuses to ioremap() RAM; so nothing can be had.
 * Lock: none.
 */
#include <linux/bug.h>
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include "page/page_room.h"

static bool is_ram(phys_addr_t phys, size_t size)
{
	return pfn_frame(phys >> PAGE_SHIFT) && size && pfn_frame((phys + size - 1) >> PAGE_SHIFT);
}

/**
 * ioremap() - map the memory of a device
 * Context: task that may sleep.
 * Return:  NULL: with a WARN once for RAM, as Linux has it; else with a line that says so.
 * Differs: no device here has memory at physical addresses; a module under test brings its own
 *          registers along as a structure in RAM.
 */
void __iomem *ioremap(phys_addr_t phys, size_t size)
{
	phys_addr_t last = phys + size - 1;

	km_might_sleep("ioremap");
	if (is_ram(phys, size))
		WARN_ONCE(1, "ioremap on RAM at %pa - %pa\n", &phys, &last);
	else
		pr_warn("ioremap: no device has memory at %pa - %pa\n", &phys, &last);
	return NULL;
}

/* NULL is nothing to do, and nothing else was ever returned. */
void iounmap(volatile void __iomem *addr)
{
	WARN(addr, "Trying to iounmap() %p, which ioremap() did not return\n", (void *)addr);
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
