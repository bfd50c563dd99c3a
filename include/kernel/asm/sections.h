/* SPDX-License-Identifier: MIT */
/* sections.h - bounds of the program's sections */
#ifndef __ASM_SECTIONS_H
#define __ASM_SECTIONS_H

#include <linux/types.h>

extern char etext[], edata[], end[];	/* from the linker; the names are its own */

#define _etext	etext
#define _edata	edata
#define _end	end

/*
 * A kernel's linker script defines these; elsewhere both are NULL and nothing is the kernel's
 * constant data.
 */
extern char __start_rodata[] __weak, __end_rodata[] __weak;

static inline bool is_kernel_rodata(unsigned long addr)
{
	return addr >= (unsigned long)__start_rodata && addr < (unsigned long)__end_rodata;
}

#endif
