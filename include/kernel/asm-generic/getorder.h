/* SPDX-License-Identifier: MIT */
/* getorder.h - the smallest block that holds so many bytes */
#ifndef __ASM_GENERIC_GETORDER_H
#define __ASM_GENERIC_GETORDER_H

/* 0 bytes have no order: the result is out of range and every allocation with it fails. */
static __always_inline __attribute_const__ int get_order(unsigned long size)
{
	if (!size)
		return 64 - CONFIG_PAGE_SHIFT;
	size = (size - 1) >> CONFIG_PAGE_SHIFT;
	return size ? 64 - __builtin_clzl(size) : 0;
}

#endif
