/* SPDX-License-Identifier: MIT */
/* div64.h - 64 by 32 bit division */
#ifndef __ASM_DIV64_H
#define __ASM_DIV64_H

#include <linux/types.h>

/* n /= base; the value is the remainder. */
#define do_div(n, base) ({			\
	u32 __base = (base);			\
	u32 __rem = (u32)((u64)(n) % __base);	\
	(n) = (u64)(n) / __base;		\
	__rem; })

#endif
