/* SPDX-License-Identifier: MIT */
/* nospec.h - an index that stays in its array on a wrongly predicted branch too */
#ifndef _LINUX_NOSPEC_H
#define _LINUX_NOSPEC_H

#include <linux/compiler.h>
#include <linux/types.h>

/* All bits where @index is below @size, else none; without a branch. */
static inline unsigned long array_index_mask_nospec(unsigned long index, unsigned long size)
{
	return ~(unsigned long)((long)(index | (size - 1 - index)) >> (sizeof(long) * 8 - 1));
}

/* @index where it is below @size, else 0. */
#define array_index_nospec(index, size)						\
({										\
	typeof(index) __index = (index);					\
	(typeof(index))(__index & array_index_mask_nospec(__index, (size)));	\
})

#define barrier_nospec()	barrier()

#endif
