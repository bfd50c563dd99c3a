/* SPDX-License-Identifier: MIT */
/*
 * io.h - registers of devices, mapped into memory
 *
 * There are no devices: registers are 0 at first and keep what is written (docs/vmap.md).
 */
#ifndef _LINUX_IO_H
#define _LINUX_IO_H

#include <linux/err.h>
#include <linux/init.h>
#include <linux/string.h>
#include <linux/types.h>
#include <asm/byteorder.h>
#include <asm/io.h>

enum { MEMREMAP_WB = 1 << 0, MEMREMAP_WT = 1 << 1, MEMREMAP_WC = 1 << 2, MEMREMAP_ENC = 1 << 3,
       MEMREMAP_DEC = 1 << 4 };

void __iomem *ioremap(phys_addr_t phys, size_t size) KM_SYM(ioremap) __km_sleeps;
void iounmap(volatile void __iomem *addr) KM_SYM(iounmap) __km_sleeps;
void *memremap(resource_size_t offset, size_t size, unsigned long flags) KM_SYM(memremap);
void memunmap(void *addr) KM_SYM(memunmap);

#define ioremap_wc(phys, size)		ioremap((phys), (size))
#define ioremap_wt(phys, size)		ioremap((phys), (size))
#define ioremap_uc(phys, size)		ioremap((phys), (size))
#define ioremap_np(phys, size)		ioremap((phys), (size))
#define ioremap_cache(phys, size)	ioremap((phys), (size))


struct device;
/* until the driver is unbound; NULL */
void __iomem *devm_ioremap(struct device *dev, resource_size_t offset, resource_size_t size)
	KM_SYM(devm_ioremap) __km_sleeps;
void devm_iounmap(struct device *dev, void __iomem *addr) KM_SYM(devm_iounmap) __km_sleeps;
#define devm_ioremap_wc(dev, offset, size)	devm_ioremap((dev), (offset), (size))
#define devm_ioremap_uc(dev, offset, size)	devm_ioremap((dev), (offset), (size))
#define devm_ioremap_np(dev, offset, size)	devm_ioremap((dev), (offset), (size))

#endif
