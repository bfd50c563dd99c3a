// SPDX-License-Identifier: MIT
/*
 * bitmap.c - whole arrays of bits
 *
 * M1  Bits above nbits in the last word of an operand are not looked at; those of a result are
 *     clear.
 * M2  The destination may be one of the operands.
 * No lock, no state.  Nothing here sleeps or allocates.
 */
#include <linux/bitmap.h>
#include <linux/bitops.h>

/* Word @i of an operand, without what lies above nbits. */
static unsigned long word_of(const unsigned long *map, unsigned int i, unsigned int nbits)
{
	return (i + 1) * BITS_PER_LONG > nbits ? map[i] & BITMAP_LAST_WORD_MASK(nbits) : map[i];
}

#define FOR_EACH_WORD(i, nbits)	for (unsigned int i = 0; i < BITS_TO_LONGS(nbits); i++)

/* -- compare -- */
bool bitmap_equal(const unsigned long *src1, const unsigned long *src2, unsigned int nbits)
{
	FOR_EACH_WORD(i, nbits)
		if (word_of(src1, i, nbits) != word_of(src2, i, nbits))
			return false;
	return true;
}

bool bitmap_or_equal(const unsigned long *src1, const unsigned long *src2,
		     const unsigned long *src3,
		     unsigned int nbits)
{
	FOR_EACH_WORD(i, nbits)
		if ((word_of(src1, i, nbits) | word_of(src2, i, nbits)) != word_of(src3, i, nbits))
			return false;
	return true;
}

bool bitmap_intersects(const unsigned long *src1, const unsigned long *src2, unsigned int nbits)
{
	FOR_EACH_WORD(i, nbits)
		if (word_of(src1, i, nbits) & word_of(src2, i, nbits))
			return true;
	return false;
}

bool bitmap_subset(const unsigned long *src1, const unsigned long *src2, unsigned int nbits)
{
	FOR_EACH_WORD(i, nbits)
		if (word_of(src1, i, nbits) & ~word_of(src2, i, nbits))
			return false;
	return true;
}

unsigned int bitmap_weight(const unsigned long *src, unsigned int nbits)
{
	unsigned int weight = 0;

	FOR_EACH_WORD(i, nbits)
		weight += (unsigned int)hweight_long(word_of(src, i, nbits));
	return weight;
}

unsigned int bitmap_weight_and(const unsigned long *src1, const unsigned long *src2,
			       unsigned int nbits)
{
	unsigned int weight = 0;

	FOR_EACH_WORD(i, nbits)
		weight += (unsigned int)hweight_long(word_of(src1, i, nbits) & src2[i]);
	return weight;
}

/* -- combine -- */
bool bitmap_and(unsigned long *dst, const unsigned long *src1, const unsigned long *src2,
		unsigned int nbits)
{
	unsigned long any = 0;

	FOR_EACH_WORD(i, nbits)
		any |= dst[i] = word_of(src1, i, nbits) & src2[i];
	return any != 0;
}

void bitmap_or(unsigned long *dst, const unsigned long *src1, const unsigned long *src2,
	       unsigned int nbits)
{
	FOR_EACH_WORD(i, nbits)
		dst[i] = word_of(src1, i, nbits) | word_of(src2, i, nbits);
}

void bitmap_xor(unsigned long *dst, const unsigned long *src1, const unsigned long *src2,
		unsigned int nbits)
{
	FOR_EACH_WORD(i, nbits)
		dst[i] = word_of(src1, i, nbits) ^ word_of(src2, i, nbits);
}

bool bitmap_andnot(unsigned long *dst, const unsigned long *src1, const unsigned long *src2,
		   unsigned int nbits)
{
	unsigned long any = 0;

	FOR_EACH_WORD(i, nbits)
		any |= dst[i] = word_of(src1, i, nbits) & ~src2[i];
	return any != 0;
}

void bitmap_complement(unsigned long *dst, const unsigned long *src, unsigned int nbits)
{
	FOR_EACH_WORD(i, nbits)
		dst[i] = ~src[i];
	if (nbits % BITS_PER_LONG)
		dst[nbits / BITS_PER_LONG] &= BITMAP_LAST_WORD_MASK(nbits);
}

/* Bits of @new where @mask is set, of @old else. */
void bitmap_replace(unsigned long *dst, const unsigned long *old, const unsigned long *new,
		    const unsigned long *mask, unsigned int nbits)
{
	FOR_EACH_WORD(i, nbits)
		dst[i] = (word_of(old, i, nbits) & ~mask[i]) | (word_of(new, i, nbits) & mask[i]);
}

/* Towards bit 0.  Upwards through the words, so that M2 holds. */
void bitmap_shift_right(unsigned long *dst, const unsigned long *src, unsigned int shift,
			unsigned int nbits)
{
	const unsigned int words = (unsigned int)BITS_TO_LONGS(nbits), bits = shift % BITS_PER_LONG;

	for (unsigned int i = 0; i < words; i++) {
		const unsigned int from = i + shift / BITS_PER_LONG;
		unsigned long low = from < words ? word_of(src, from, nbits) : 0;
		unsigned long high = from + 1 < words ? word_of(src, from + 1, nbits) : 0;

		dst[i] = bits ? low >> bits | high << (BITS_PER_LONG - bits) : low;
	}
}

/* Away from bit 0.  Downwards through the words, so that M2 holds. */
void bitmap_shift_left(unsigned long *dst, const unsigned long *src, unsigned int shift,
		       unsigned int nbits)
{
	const unsigned int words = (unsigned int)BITS_TO_LONGS(nbits), bits = shift % BITS_PER_LONG;
	const unsigned int skipped = shift / BITS_PER_LONG;

	for (unsigned int i = words; i-- > 0;) {
		unsigned long high = i >= skipped ? src[i - skipped] : 0;
		unsigned long low = i >= skipped + 1 ? src[i - skipped - 1] : 0;

		dst[i] = bits ? high << bits | low >> (BITS_PER_LONG - bits) : high;
	}
	if (nbits % BITS_PER_LONG)
		dst[words - 1] &= BITMAP_LAST_WORD_MASK(nbits);
}

/* -- ranges -- */
void bitmap_set(unsigned long *map, unsigned int start, unsigned int nbits)
{
	for (; nbits && start % BITS_PER_LONG; nbits--)
		__set_bit(start++, map);
	for (; nbits >= BITS_PER_LONG; nbits -= BITS_PER_LONG, start += BITS_PER_LONG)
		map[start / BITS_PER_LONG] = ~0UL;
	while (nbits--)
		__set_bit(start++, map);
}

void bitmap_clear(unsigned long *map, unsigned int start, unsigned int nbits)
{
	for (; nbits && start % BITS_PER_LONG; nbits--)
		__clear_bit(start++, map);
	for (; nbits >= BITS_PER_LONG; nbits -= BITS_PER_LONG, start += BITS_PER_LONG)
		map[start / BITS_PER_LONG] = 0;
	while (nbits--)
		__clear_bit(start++, map);
}

/*
 * The first run of @nr clear bits whose start + align_offset is a multiple of align_mask + 1; >
 * size if there is none.
 */
unsigned long bitmap_find_next_zero_area_off(unsigned long *map, unsigned long size,
					     unsigned long start,
					     unsigned int nr, unsigned long align_mask,
					     unsigned long align_offset)
{
	for (;;) {
		unsigned long first = find_next_zero_bit(map, size, start);
		unsigned long taken;

		first = __ALIGN_MASK(first + align_offset, align_mask) - align_offset;
		if (first + nr > size)
			return first + nr;
		taken = find_next_bit(map, first + nr, first);
		if (taken == first + nr)
			return first;
		start = taken + 1;
	}
}

/* Regions of 2^order bits, aligned to their length. */
int bitmap_allocate_region(unsigned long *bitmap, unsigned int pos, int order)
{
	const unsigned int len = 1U << order;

	if (find_next_bit(bitmap, pos + len, pos) < pos + len)
		return -EBUSY;
	bitmap_set(bitmap, pos, len);
	return 0;
}

int bitmap_find_free_region(unsigned long *bitmap, unsigned int bits, int order)
{
	const unsigned int len = 1U << order;

	for (unsigned int pos = 0; pos + len <= bits; pos += len)
		if (bitmap_allocate_region(bitmap, pos, order) == 0)
			return (int)pos;
	return -ENOMEM;
}

void bitmap_release_region(unsigned long *bitmap, unsigned int pos, int order)
{
	bitmap_clear(bitmap, pos, 1U << order);
}
