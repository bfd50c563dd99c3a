/* SPDX-License-Identifier: MIT */
/*
 * bitmap_alloc.c - bitmaps whose size is known only when the code runs
 *
 * Each is one allocation in the name of the function the user called.
 * Lock: none.  Allocating sleeps if the gfp may block.
 */
#include <linux/bitmap.h>
#include <linux/slab.h>
#include "slab/slab.h"

unsigned long *bitmap_alloc(unsigned int nbits, gfp_t flags)
{
	size_t bytes = BITS_TO_LONGS((size_t)nbits) * sizeof(long);

	return kmalloc_call(bytes, flags, KMALLOC_CALL("bitmap_alloc"));
}

unsigned long *bitmap_zalloc(unsigned int nbits, gfp_t flags)
{
	size_t bytes = BITS_TO_LONGS((size_t)nbits) * sizeof(long);

	return kmalloc_call(bytes, flags | __GFP_ZERO, KMALLOC_CALL("bitmap_zalloc"));
}

void bitmap_free(const unsigned long *bitmap)
{
	kfree(bitmap);
}
