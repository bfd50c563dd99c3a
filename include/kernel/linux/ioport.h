/* SPDX-License-Identifier: MIT */
/*
 * ioport.h - ranges a device answers at: carried from the device to its driver, claimed by drivers
 */
#ifndef _LINUX_IOPORT_H
#define _LINUX_IOPORT_H

#include <linux/types.h>
#include <linux/bits.h>
#include <linux/compiler.h>
#include <linux/minmax.h>

struct resource {
	resource_size_t start;
	resource_size_t end;		/* the last one, not the one behind it */
	const char *name;
	unsigned long flags;
	unsigned long desc;
	struct resource *parent, *sibling, *child;
};

#define IORESOURCE_BITS		0x000000ff
#define IORESOURCE_TYPE_BITS	0x00001f00
#define IORESOURCE_IO		0x00000100
#define IORESOURCE_MEM		0x00000200
#define IORESOURCE_REG		0x00000300
#define IORESOURCE_IRQ		0x00000400
#define IORESOURCE_DMA		0x00000800
#define IORESOURCE_BUS		0x00001000
#define IORESOURCE_PREFETCH	0x00002000
#define IORESOURCE_READONLY	0x00004000
#define IORESOURCE_SHAREABLE	0x00010000
#define IORESOURCE_DISABLED	0x10000000
#define IORESOURCE_UNSET	0x20000000
#define IORESOURCE_AUTO		0x40000000
#define IORESOURCE_BUSY		0x80000000

#define DEFINE_RES_NAMED(_start, _size, _name, _flags)				\
	(struct resource) {							\
		.start = (_start), .end = (_start) + (_size) - 1,		\
		.name = (_name), .flags = (_flags),				\
	}
#define DEFINE_RES(_start, _size, _flags)	DEFINE_RES_NAMED(_start, _size, NULL, _flags)
#define DEFINE_RES_MEM_NAMED(_start, _size, _name)	\
	DEFINE_RES_NAMED(_start, _size, _name, IORESOURCE_MEM)
#define DEFINE_RES_MEM(_start, _size)		DEFINE_RES_MEM_NAMED(_start, _size, NULL)
#define DEFINE_RES_IRQ_NAMED(_irq, _name)	\
	DEFINE_RES_NAMED(_irq, 1, _name, IORESOURCE_IRQ)
#define DEFINE_RES_IRQ(_irq)			DEFINE_RES_IRQ_NAMED(_irq, NULL)

struct device;
/* NULL: a driver has claimed some of it, or there is no memory; release_mem_region() ends it */
struct resource *request_mem_region(resource_size_t start, resource_size_t n, const char *name)
	KM_SYM(request_mem_region) __km_sleeps;
void release_mem_region(resource_size_t start, resource_size_t n) KM_SYM(release_mem_region);
/* the same until the driver is unbound */
struct resource *devm_request_mem_region(struct device *dev, resource_size_t start,
					 resource_size_t n, const char *name)
	KM_SYM(devm_request_mem_region) __km_sleeps;
void devm_release_mem_region(struct device *dev, resource_size_t start, resource_size_t n)
	KM_SYM(devm_release_mem_region);
/* claims and maps; ERR_PTR() */
void __iomem *devm_ioremap_resource(struct device *dev, const struct resource *res)
	KM_SYM(devm_ioremap_resource) __km_sleeps;
#define devm_ioremap_resource_wc(dev, res)	devm_ioremap_resource((dev), (res))

static inline resource_size_t resource_size(const struct resource *res)
{
	return res->end - res->start + 1;
}

static inline unsigned long resource_type(const struct resource *res)
{
	return res->flags & IORESOURCE_TYPE_BITS;
}

#endif
