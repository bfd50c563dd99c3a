/* SPDX-License-Identifier: MIT */
/*
 * asm/pgtable.h - protections that kernel code names when it maps pages; the ports map read-write
 */
#ifndef _ASM_PGTABLE_H
#define _ASM_PGTABLE_H

#include <linux/types.h>
#include <asm/page.h>

#define __pgprot(x)	((pgprot_t) { (x) })
#define PAGE_KERNEL	__pgprot(0x3)

#endif
