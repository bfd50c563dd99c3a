/* SPDX-License-Identifier: MIT */
/* util_macros.h - nearest value in a sorted array */
#ifndef _LINUX_UTIL_MACROS_H_
#define _LINUX_UTIL_MACROS_H_

#include <linux/math.h>
#include <linux/types.h>

#define __find_closest(x, a, as, op) ({					\
	typeof(as) __fc_i = 0, __fc_last = (as) - 1;			\
	typeof(x) __fc_x = (x);						\
	typeof(*(a)) const *__fc_a = (a);				\
	while (__fc_i < __fc_last &&					\
	       !(__fc_x op DIV_ROUND_CLOSEST(__fc_a[__fc_i] + __fc_a[__fc_i + 1], 2)))	\
		__fc_i++;						\
	__fc_i; })
#define find_closest(x, a, as)			__find_closest(x, a, as, <=)
#define find_closest_descending(x, a, as)	__find_closest(x, a, as, >=)
#define PTR_IF(cond, ptr)	((cond) ? (ptr) : NULL)

#endif
