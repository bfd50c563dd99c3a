/* SPDX-License-Identifier: MIT */
/* sort.h - heap sort of arrays: not stable, no extra memory; a NULL swap function swaps bytes */
#ifndef _LINUX_SORT_H
#define _LINUX_SORT_H

#include <linux/types.h>

void sort(void *base, size_t num, size_t size, cmp_func_t cmp_func, swap_func_t swap_func)
	KM_SYM(sort);
void sort_r(void *base, size_t num, size_t size, cmp_r_func_t cmp_func, swap_r_func_t swap_func,
	    const void *priv) KM_SYM(sort_r);

#endif
