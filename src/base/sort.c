// SPDX-License-Identifier: MIT
/*
 * sort.c - arrays: heap sort and binary search
 *
 * H1  No extra memory, no recursion, O(n log n) also in the worst case; equal elements may change
 *     places.
 * No lock, no state.  Nothing here sleeps or allocates.
 */
#include <linux/bsearch.h>
#include <linux/minmax.h>
#include <linux/sort.h>
#include <linux/string.h>

struct sort_job {
	u8 *base;
	size_t bytes;		/* of an element */
	cmp_r_func_t compare;
	swap_r_func_t exchange;	/* NULL: bytes */
	const void *priv;
};

static int order_of(const struct sort_job *job, size_t a, size_t b)
{
	return job->compare(job->base + a * job->bytes, job->base + b * job->bytes, job->priv);
}

static void exchange(const struct sort_job *job, size_t a, size_t b)
{
	u8 *left = job->base + a * job->bytes, *right = job->base + b * job->bytes;

	if (job->exchange) {
		job->exchange(left, right, (int)job->bytes, job->priv);
		return;
	}
	for (size_t i = 0; i < job->bytes; i++)
		swap(left[i], right[i]);
}

/* Let the element at @root sink until no child among the first @count is greater. */
static void sink(const struct sort_job *job, size_t root, size_t count)
{
	for (;;) {
		size_t child = 2 * root + 1;

		if (child >= count)
			return;
		if (child + 1 < count && order_of(job, child, child + 1) < 0)
			child++;
		if (order_of(job, root, child) >= 0)
			return;
		exchange(job, root, child);
		root = child;
	}
}

void sort_r(void *base, size_t num, size_t size, cmp_r_func_t cmp_func, swap_r_func_t swap_func,
	    const void *priv)
{
	const struct sort_job job = { base, size, cmp_func, swap_func, priv };

	for (size_t root = num / 2; root-- > 0;)
		sink(&job, root, num);
	for (size_t last = num; last-- > 1;) {
		exchange(&job, 0, last);
		sink(&job, 0, last);
	}
}

/* sort() has the same functions without priv: they come in through it. */
struct plain_functions {
	cmp_func_t compare;
	swap_func_t exchange;
};

static int plain_compare(const void *a, const void *b, const void *priv)
{
	return ((const struct plain_functions *)priv)->compare(a, b);
}

static void plain_exchange(void *a, void *b, int size, const void *priv)
{
	((const struct plain_functions *)priv)->exchange(a, b, size);
}

void sort(void *base, size_t num, size_t size, cmp_func_t cmp_func, swap_func_t swap_func)
{
	const struct plain_functions functions = { cmp_func, swap_func };

	sort_r(base, num, size, plain_compare, swap_func ? plain_exchange : NULL, &functions);
}

void *bsearch(const void *key, const void *base, size_t num, size_t size, cmp_func_t cmp)
{
	return __inline_bsearch(key, base, num, size, cmp);
}
