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

#define memset_io(address, value, size)		memset((void __force *)(address), (value), (size))
#define memcpy_fromio(to, from, size)		memcpy((to), (const void __force *)(from), (size))
#define memcpy_toio(to, from, size)		memcpy((void __force *)(to), (from), (size))

#endif
