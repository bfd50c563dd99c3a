/* SPDX-License-Identifier: MIT */
/*
 * find.h - search for bits in a bitmap
 *
 * Every search returns @size (or more) when nothing is found.  Inline, so that instrumented code
 * has its reads checked.
 */
#ifndef __LINUX_FIND_H_
#define __LINUX_FIND_H_

#include <linux/bitops.h>

/* Word @word of the bitmap that a search looks at: EXPR with bits below the start cleared. */
#define __find_next(EXPR, size, start) ({						\
	unsigned long __size = (size), __at = (start), __found = __size;		\
	if (__at < __size) {								\
		unsigned long __word = __at / BITS_PER_LONG;				\
		unsigned long __bits = (EXPR) & (~0UL << (__at % BITS_PER_LONG));	\
		while (!__bits && (__word + 1) * BITS_PER_LONG < __size) {		\
			__word++;							\
			__bits = (EXPR);						\
		}									\
		if (__bits)								\
			__found = __word * BITS_PER_LONG + __ffs(__bits);		\
		if (__found > __size)							\
			__found = __size;						\
	}										\
	__found; })

static inline unsigned long find_next_bit(const unsigned long *addr, unsigned long size,
					  unsigned long offset)
{
	return __find_next(addr[__word], size, offset);
}

static inline unsigned long find_next_zero_bit(const unsigned long *addr, unsigned long size,
					       unsigned long offset)
{
	return __find_next(~addr[__word], size, offset);
}

static inline unsigned long find_next_and_bit(const unsigned long *addr1,
					      const unsigned long *addr2,
					      unsigned long size, unsigned long offset)
{
	return __find_next(addr1[__word] & addr2[__word], size, offset);
}

static inline unsigned long find_next_andnot_bit(const unsigned long *addr1,
						 const unsigned long *addr2, unsigned long size,
						 unsigned long offset)
{
	return __find_next(addr1[__word] & ~addr2[__word], size, offset);
}

static inline unsigned long find_next_or_bit(const unsigned long *addr1, const unsigned long *addr2,
					     unsigned long size, unsigned long offset)
{
	return __find_next(addr1[__word] | addr2[__word], size, offset);
}

static inline unsigned long find_first_bit(const unsigned long *addr, unsigned long size)
{
	return find_next_bit(addr, size, 0);
}

static inline unsigned long find_first_zero_bit(const unsigned long *addr, unsigned long size)
{
	return find_next_zero_bit(addr, size, 0);
}

static inline unsigned long find_first_and_bit(const unsigned long *addr1,
					       const unsigned long *addr2, unsigned long size)
{
	return find_next_and_bit(addr1, addr2, size, 0);
}

/* The n-th (from 0) set bit. */
static inline unsigned long find_nth_bit(const unsigned long *addr, unsigned long size,
					 unsigned long n)
{
	unsigned long bit = find_first_bit(addr, size);

	while (bit < size && n--)
		bit = find_next_bit(addr, size, bit + 1);
	return bit;
}

static inline unsigned long find_last_bit(const unsigned long *addr, unsigned long size)
{
	unsigned long word = BITS_TO_LONGS(size);

	while (word--) {
		unsigned long bits = addr[word];

		if (word == size / BITS_PER_LONG)
			bits &= ~(~0UL << (size % BITS_PER_LONG));
		if (bits)
			return word * BITS_PER_LONG + __fls(bits);
	}
	return size;
}

static inline unsigned long find_next_bit_wrap(const unsigned long *addr, unsigned long size,
					       unsigned long offset)
{
	unsigned long bit = find_next_bit(addr, size, offset);

	if (bit < size || offset == 0)
		return bit;
	bit = find_first_bit(addr, offset);
	return bit < offset ? bit : size;
}

/* The bits stored little-endian, byte by byte: the same order on these machines. */
static inline unsigned long find_next_bit_le(const void *addr, unsigned long size,
					     unsigned long offset)
{
	return find_next_bit((const unsigned long *)addr, size, offset);
}

static inline unsigned long find_next_zero_bit_le(const void *addr, unsigned long size,
						  unsigned long offset)
{
	return find_next_zero_bit((const unsigned long *)addr, size, offset);
}

static inline unsigned long find_first_zero_bit_le(const void *addr, unsigned long size)
{
	return find_first_zero_bit((const unsigned long *)addr, size);
}

#define for_each_set_bit(bit, addr, size)						\
	for ((bit) = 0; (bit) = find_next_bit((addr), (size), (bit)), (bit) < (size); (bit)++)
#define for_each_set_bit_from(bit, addr, size)						\
	for (; (bit) = find_next_bit((addr), (size), (bit)), (bit) < (size); (bit)++)
#define for_each_and_bit(bit, addr1, addr2, size)					\
	for ((bit) = 0;									\
	     (bit) = find_next_and_bit((addr1), (addr2), (size), (bit)), (bit) < (size);	\
	     (bit)++)
#define for_each_andnot_bit(bit, addr1, addr2, size)					\
	for ((bit) = 0;									\
	     (bit) = find_next_andnot_bit((addr1), (addr2), (size), (bit)), (bit) < (size);	\
	     (bit)++)
#define for_each_or_bit(bit, addr1, addr2, size)					\
	for ((bit) = 0;									\
	     (bit) = find_next_or_bit((addr1), (addr2), (size), (bit)), (bit) < (size);	\
	     (bit)++)
#define for_each_clear_bit(bit, addr, size)						\
	for ((bit) = 0; (bit) = find_next_zero_bit((addr), (size), (bit)), (bit) < (size); (bit)++)
#define for_each_clear_bit_from(bit, addr, size)					\
	for (; (bit) = find_next_zero_bit((addr), (size), (bit)), (bit) < (size); (bit)++)
#define for_each_set_bitrange(b, e, addr, size)						\
	for ((b) = 0; (b) = find_next_bit((addr), (size), b),				\
	     (e) = find_next_zero_bit((addr), (size), (b) + 1), (b) < (size); (b) = (e) + 1)

/* As seen from @start on, round the end: the next set bit from the @from-th on, @size if none. */
static inline unsigned long km_find_wrapped(const unsigned long *addr, unsigned long size,
					 unsigned long start, unsigned long from)
{
	unsigned long bit, ahead = start < size ? size - start : 0;

	if (from < ahead) {
		bit = find_next_bit(addr, size, start + from);
		if (bit < size)
			return bit - start;
		from = ahead;
	}
	bit = find_next_bit(addr, size - ahead, from - ahead);
	return bit < size - ahead ? bit + ahead : size;
}

#define for_each_set_bit_wrap(bit, addr, size, start)					\
	for (unsigned long __at = km_find_wrapped((addr), (size), (start), 0);		\
	     (bit) = __at < (size) ? (__at + (start)) % (size) : (size), __at < (size);	\
	     __at = km_find_wrapped((addr), (size), (start), __at + 1))

#endif
