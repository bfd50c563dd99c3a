/* SPDX-License-Identifier: MIT */
/* asm/io.h - one load or store a call, never merged, left out or moved by the compiler */
#ifndef _ASM_IO_H
#define _ASM_IO_H

#include <linux/compiler.h>
#include <linux/string.h>
#include <linux/types.h>
#include <asm/page.h>

/*
 * readX() and writeX() for one width; device registers are little-endian, and so is
 * this machine.
 */
#define KM_IO_WIDTH(letter, type)								\
static inline type read##letter(const volatile void __iomem *address)				\
{												\
	type value = *(const volatile type __force *)address;					\
												\
	barrier();										\
	return value;										\
}												\
												\
static inline void write##letter(type value, volatile void __iomem *address)			\
{												\
	km_check_written(value);								\
	barrier();										\
	*(volatile type __force *)address = value;						\
}

KM_IO_WIDTH(b, u8)
KM_IO_WIDTH(w, u16)
KM_IO_WIDTH(l, u32)
KM_IO_WIDTH(q, u64)

#define readb_relaxed(address)		readb(address)
#define readw_relaxed(address)		readw(address)
#define readl_relaxed(address)		readl(address)
#define readq_relaxed(address)		readq(address)
#define writeb_relaxed(value, address)	writeb((value), (address))
#define writew_relaxed(value, address)	writew((value), (address))
#define writel_relaxed(value, address)	writel((value), (address))
#define writeq_relaxed(value, address)	writeq((value), (address))

#define ioread8(address)		readb(address)
#define ioread16(address)		readw(address)
#define ioread32(address)		readl(address)
#define ioread64(address)		readq(address)
#define iowrite8(value, address)	writeb((value), (address))
#define iowrite16(value, address)	writew((value), (address))
#define iowrite32(value, address)	writel((value), (address))
#define iowrite64(value, address)	writeq((value), (address))

#define memset_io(address, value, size)		memset((void __force *)(address), (value), (size))
#define memcpy_fromio(to, from, size)		memcpy((to), (const void __force *)(from), (size))

static inline void memcpy_toio(volatile void __iomem *to, const void *from, size_t size)
{
	km_check_bytes_written(from, size);
	memcpy((void __force *)to, from, size);
}

#endif
