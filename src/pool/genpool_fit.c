/* SPDX-License-Identifier: MIT */
/*
 * genpool_fit.c - ways to choose where in a range a part is taken
 *
 * Each answers a bit number; the size of the map or more says that there is no place.  A place may
 * be taken by somebody else before the caller has it.
 * Owns nothing; any context.
 */
#include <linux/genalloc.h>

#include <linux/bitmap.h>
#include <linux/bug.h>
#include <linux/log2.h>
#include <linux/math.h>

/**
 * gen_pool_first_fit() - the lowest place
 * Also: gen_pool_first_fit_align(), aligned to struct genpool_data_align;
 *       gen_pool_first_fit_order_align(), to the size rounded up to a power of two;
 *       gen_pool_fixed_alloc(), just the place of struct genpool_data_fixed;
 *       gen_pool_best_fit(), in the smallest hole
 * Return: a bit number; @size or more for none.
 */
unsigned long gen_pool_first_fit(unsigned long *map, unsigned long size, unsigned long start,
				 unsigned int nr, void *data, struct gen_pool *pool,
				 unsigned long start_addr)
{
	return bitmap_find_next_zero_area(map, size, start, nr, 0);
}

unsigned long gen_pool_first_fit_align(unsigned long *map, unsigned long size,
				       unsigned long start, unsigned int nr, void *data,
				       struct gen_pool *pool, unsigned long start_addr)
{
	const struct genpool_data_align *wanted = data;
	unsigned long granule = 1UL << pool->min_alloc_order;
	unsigned long align = DIV_ROUND_UP((unsigned long)wanted->align, granule);
	/* Bit 0 need not be aligned itself. */
	unsigned long skew = (start_addr & (wanted->align - 1)) >> pool->min_alloc_order;

	return bitmap_find_next_zero_area_off(map, size, start, nr, align - 1, skew);
}

unsigned long gen_pool_first_fit_order_align(unsigned long *map, unsigned long size,
					     unsigned long start, unsigned int nr, void *data,
					     struct gen_pool *pool, unsigned long start_addr)
{
	return bitmap_find_next_zero_area(map, size, start, nr, roundup_pow_of_two(nr) - 1);
}

unsigned long gen_pool_fixed_alloc(unsigned long *map, unsigned long size, unsigned long start,
				   unsigned int nr, void *data, struct gen_pool *pool,
				   unsigned long start_addr)
{
	const struct genpool_data_fixed *wanted = data;
	unsigned long at = wanted->offset >> pool->min_alloc_order, found;

	if (WARN_ON(wanted->offset & ((1UL << pool->min_alloc_order) - 1)))
		return size;
	found = bitmap_find_next_zero_area(map, size, at, nr, 0);
	return found == at ? at : size;
}

unsigned long gen_pool_best_fit(unsigned long *map, unsigned long size, unsigned long start,
				unsigned int nr, void *data, struct gen_pool *pool,
				unsigned long start_addr)
{
	unsigned long best = size, best_length = size + 1;
	unsigned long at = bitmap_find_next_zero_area(map, size, start, nr, 0);

	while (at < size) {
		unsigned long end = find_next_bit(map, size, at);

		if (end - at < best_length) {
			best = at;
			best_length = end - at;
			if (best_length == nr)
				break;
		}
		at = bitmap_find_next_zero_area(map, size, end + 1, nr, 0);
	}
	return best;
}
