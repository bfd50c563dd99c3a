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

/* The addresses of areas; both 0 where the machine has no paging. */
unsigned long km_vmalloc_start(void) KM_SYM(vmalloc_start);
unsigned long km_vmalloc_end(void) KM_SYM(vmalloc_end);
#define VMALLOC_START	km_vmalloc_start()
#define VMALLOC_END	km_vmalloc_end()

#endif
