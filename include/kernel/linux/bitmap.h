/* SPDX-License-Identifier: MIT */
/*
 * bitmap.h - whole arrays of bits
 *
 * Bits of the last word above nbits may hold anything on input; results have them clear unless said
 * otherwise.
 */
#ifndef __LINUX_BITMAP_H
#define __LINUX_BITMAP_H

#include <linux/align.h>
#include <linux/bitops.h>
#include <linux/cleanup.h>
#include <linux/errno.h>
#include <linux/find.h>
#include <linux/limits.h>
#include <linux/string.h>
#include <linux/types.h>

#define BITMAP_FIRST_WORD_MASK(start)	(~0UL << ((start) & (BITS_PER_LONG - 1)))
#define BITMAP_LAST_WORD_MASK(nbits)	(~0UL >> (-(nbits) & (BITS_PER_LONG - 1)))
#define bitmap_size(nbits)		(ALIGN(nbits, BITS_PER_LONG) / BITS_PER_BYTE)

/* -- allocated (slab) -- */
void kfree(const void *object) KM_SYM(kfree);
void bitmap_free(const unsigned long *bitmap) KM_SYM(bitmap_free) KM_TAKES(1);
#define KM_FREED_BY_BITMAP	\
	KM_FREED_BY(bitmap_free, 1) KM_FREED_BY(kfree, 1) __km_result
unsigned long *bitmap_alloc(unsigned int nbits, gfp_t flags) KM_SYM(bitmap_alloc)
	KM_FREED_BY_BITMAP;
unsigned long *bitmap_zalloc(unsigned int nbits, gfp_t flags) KM_SYM(bitmap_zalloc)
	KM_FREED_BY_BITMAP;
void bitmap_free(const unsigned long *bitmap) KM_SYM(bitmap_free);
DEFINE_FREE(bitmap, unsigned long *, if (_T) bitmap_free(_T))

/* -- compare -- */
bool bitmap_equal(const unsigned long *src1, const unsigned long *src2, unsigned int nbits)
	KM_SYM_OF_TEXT(bitmap_equal);
bool bitmap_or_equal(const unsigned long *src1, const unsigned long *src2,
		     const unsigned long *src3,
		     unsigned int nbits) KM_SYM(bitmap_or_equal);
bool bitmap_intersects(const unsigned long *src1, const unsigned long *src2, unsigned int nbits)
	KM_SYM_OF_TEXT(bitmap_intersects);
bool bitmap_subset(const unsigned long *src1, const unsigned long *src2, unsigned int nbits)
	KM_SYM_OF_TEXT(bitmap_subset);
unsigned int bitmap_weight(const unsigned long *src, unsigned int nbits)
	KM_SYM_OF_TEXT(bitmap_weight);
unsigned int bitmap_weight_and(const unsigned long *src1, const unsigned long *src2,
			       unsigned int nbits)
	KM_SYM_OF_TEXT(bitmap_weight_and);

static inline bool bitmap_empty(const unsigned long *src, unsigned int nbits)
{
	return find_first_bit(src, nbits) == nbits;
}

static inline bool bitmap_full(const unsigned long *src, unsigned int nbits)
{
	return find_first_zero_bit(src, nbits) == nbits;
}

/* -- combine; those that return bool say whether the result has a bit -- */
bool bitmap_and(unsigned long *dst, const unsigned long *src1, const unsigned long *src2,
		unsigned int nbits) KM_SYM_OF_TEXT(bitmap_and);
void bitmap_or(unsigned long *dst, const unsigned long *src1, const unsigned long *src2,
	       unsigned int nbits) KM_SYM_OF_TEXT(bitmap_or);
void bitmap_xor(unsigned long *dst, const unsigned long *src1, const unsigned long *src2,
		unsigned int nbits) KM_SYM_OF_TEXT(bitmap_xor);
bool bitmap_andnot(unsigned long *dst, const unsigned long *src1, const unsigned long *src2,
		   unsigned int nbits) KM_SYM_OF_TEXT(bitmap_andnot);
void bitmap_complement(unsigned long *dst, const unsigned long *src, unsigned int nbits)
	KM_SYM_OF_TEXT(bitmap_complement);
void bitmap_replace(unsigned long *dst, const unsigned long *old, const unsigned long *new,
		    const unsigned long *mask, unsigned int nbits) KM_SYM(bitmap_replace);
void bitmap_shift_right(unsigned long *dst, const unsigned long *src, unsigned int shift,
			unsigned int nbits) KM_SYM_OF_TEXT(bitmap_shift_right);
void bitmap_shift_left(unsigned long *dst, const unsigned long *src, unsigned int shift,
		       unsigned int nbits) KM_SYM_OF_TEXT(bitmap_shift_left);

/* -- ranges -- */
void bitmap_set(unsigned long *map, unsigned int start, unsigned int nbits)
	KM_SYM_OF_TEXT(bitmap_set);
void bitmap_clear(unsigned long *map, unsigned int start, unsigned int nbits)
	KM_SYM_OF_TEXT(bitmap_clear);
unsigned long bitmap_find_next_zero_area_off(unsigned long *map, unsigned long size,
					     unsigned long start,
					     unsigned int nr, unsigned long align_mask,
					     unsigned long align_offset)
	KM_SYM_OF_TEXT(bitmap_find_next_zero_area_off);
int bitmap_find_free_region(unsigned long *bitmap, unsigned int bits, int order)
	KM_SYM_OF_TEXT(bitmap_find_free_region);
void bitmap_release_region(unsigned long *bitmap, unsigned int pos, int order)
	KM_SYM(bitmap_release_region);
int bitmap_allocate_region(unsigned long *bitmap, unsigned int pos, int order)
	KM_SYM(bitmap_allocate_region);

static inline unsigned long bitmap_find_next_zero_area(unsigned long *map, unsigned long size,
						       unsigned long start, unsigned int nr,
						       unsigned long align_mask)
{
	return bitmap_find_next_zero_area_off(map, size, start, nr, align_mask, 0);
}

/* Whole words are written, also past nbits. */
static inline void bitmap_zero(unsigned long *dst, unsigned int nbits)
{
	memset(dst, 0, bitmap_size(nbits));
}

static inline void bitmap_fill(unsigned long *dst, unsigned int nbits)
{
	memset(dst, 0xff, bitmap_size(nbits));
}

static inline void bitmap_copy(unsigned long *dst, const unsigned long *src, unsigned int nbits)
{
	memcpy(dst, src, bitmap_size(nbits));
}

static inline void bitmap_copy_clear_tail(unsigned long *dst, const unsigned long *src,
					  unsigned int nbits)
{
	bitmap_copy(dst, src, nbits);
	if (nbits % BITS_PER_LONG)
		dst[nbits / BITS_PER_LONG] &= BITMAP_LAST_WORD_MASK(nbits);
}

static inline void bitmap_next_set_region(unsigned long *bitmap, unsigned int *rs, unsigned int *re,
					  unsigned int end)
{
	*rs = (unsigned int)find_next_bit(bitmap, end, *rs);
	*re = (unsigned int)find_next_zero_bit(bitmap, end, *rs + 1);
}

static inline unsigned long bitmap_get_value8(const unsigned long *map, unsigned long start)
{
	return (map[BIT_WORD(start)] >> (start % BITS_PER_LONG)) & 0xff;
}

static inline void bitmap_set_value8(unsigned long *map, unsigned long value, unsigned long start)
{
	unsigned long shift = start % BITS_PER_LONG;

	map[BIT_WORD(start)] = (map[BIT_WORD(start)] & ~(0xffUL << shift)) | (value << shift);
}

/* What a gfp says to the compiler: linux/compiler_context.h. */
#ifdef KM_GFP_IS_LOOKED_AT
#define bitmap_alloc(_nbits, _flags)	bitmap_alloc(_nbits, KM_GFP(_flags))
#define bitmap_zalloc(_nbits, _flags)	bitmap_zalloc(_nbits, KM_GFP(_flags))
#endif

#endif
