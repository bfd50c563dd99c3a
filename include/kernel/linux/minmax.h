/* SPDX-License-Identifier: MIT */
/* minmax.h - min, max, clamp, swap; comparing signed with unsigned does not compile */
#ifndef _LINUX_MINMAX_H
#define _LINUX_MINMAX_H

#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/const.h>
#include <linux/types.h>

/*
 * Two values compare well when both have the same sign after integer promotion (u8 and u16 count as
 * int), or when one of them is known not to be negative.  Pointers count as unsigned.
 */
#define __mm_signed(u)		is_signed_type(typeof(1 ? (u) : (u)))
#define __mm_sign_bit(u)	((unsigned long long)(u) >> 63)
#define __mm_known(u)		(__builtin_constant_p(__mm_sign_bit(u)) && !__mm_sign_bit(u))
#define __mm_small(x)		(sizeof(x) < sizeof(int))
#define __mm_comparable(x, y, ux, uy)							\
	(__mm_small(ux) || __mm_small(uy) || __mm_signed(ux) == __mm_signed(uy) ||	\
	 (__mm_signed(ux) && __mm_known(ux)) || (__mm_signed(uy) && __mm_known(uy)) ||	\
	 (__is_constexpr(x) && __mm_known(x)) || (__is_constexpr(y) && __mm_known(y)))

#define __mm_pick(op, x, y, ux, uy) ({							\
	__auto_type ux = (x);								\
	__auto_type uy = (y);								\
	compiletime_assert(__mm_comparable(x, y, ux, uy),				\
			   "min/max of a signed and an unsigned value: use min_t or umin");	\
	ux op uy ? ux : uy; })
#define __mm_once(op, x, y)	__mm_pick(op, x, y, __UNIQUE_ID(x_), __UNIQUE_ID(y_))
#define __mm_typed(op, type, x, y, ux, uy) ({						\
	type ux = (type)(x);								\
	type uy = (type)(y);								\
	ux op uy ? ux : uy; })
#define __mm_typed_once(op, type, x, y)	\
	__mm_typed(op, type, x, y, __UNIQUE_ID(x_), __UNIQUE_ID(y_))

#define min(x, y)		__mm_once(<, x, y)
#define max(x, y)		__mm_once(>, x, y)
#define min_t(type, x, y)	__mm_typed_once(<, type, x, y)
#define max_t(type, x, y)	__mm_typed_once(>, type, x, y)
/* Both are known not to be negative: compare as unsigned. */
#define umin(x, y)		__mm_once(<, (x) + 0u + 0ul + 0ull, (y) + 0u + 0ul + 0ull)
#define umax(x, y)		__mm_once(>, (x) + 0u + 0ul + 0ull, (y) + 0u + 0ul + 0ull)
#define min3(x, y, z)		min((typeof(x))min(x, y), z)
#define max3(x, y, z)		max((typeof(x))max(x, y), z)

#define __min_not_zero(x, y, ux, uy) ({							\
	typeof(x) ux = (x);								\
	typeof(y) uy = (y);								\
	ux == 0 ? uy : (uy == 0 ? ux : min(ux, uy)); })
#define min_not_zero(x, y)	__min_not_zero(x, y, __UNIQUE_ID(x_), __UNIQUE_ID(y_))

#define __mm_clamp(val, lo, hi, uv, ul, uh) ({						\
	__auto_type uv = (val);								\
	__auto_type ul = (lo);								\
	__auto_type uh = (hi);								\
	compiletime_assert(__mm_comparable(val, lo, uv, ul) && __mm_comparable(val, hi, uv, uh), \
			   "clamp of values of different signedness");			\
	uv >= uh ? uh : uv <= ul ? ul : uv; })
#define clamp(val, lo, hi)	\
	__mm_clamp(val, lo, hi, __UNIQUE_ID(v_), __UNIQUE_ID(lo_), __UNIQUE_ID(hi_))
#define clamp_t(type, val, lo, hi) \
	__mm_clamp((type)(val), (type)(lo), (type)(hi),			\
		   __UNIQUE_ID(v_), __UNIQUE_ID(lo_), __UNIQUE_ID(hi_))
#define clamp_val(val, lo, hi)	clamp_t(typeof(val), val, lo, hi)

#define __mm_array(op, array, len) ({							\
	typeof(&(array)[0]) __items = (array);						\
	typeof(len) __left = (len);							\
	__unqual_scalar_typeof(__items[0]) __best = __items[--__left];			\
	while (__left--)								\
		__best = op(__best, __items[__left]);					\
	__best; })
#define min_array(array, len)	__mm_array(min, array, len)
#define max_array(array, len)	__mm_array(max, array, len)

/* For constant expressions: arguments are used twice. */
#define MIN(a, b)		((a) < (b) ? (a) : (b))
#define MAX(a, b)		((a) > (b) ? (a) : (b))
#define MIN_T(type, a, b)	MIN((type)(a), (type)(b))
#define MAX_T(type, a, b)	MAX((type)(a), (type)(b))

/* start <= val < start + len, also where start + len wraps. */
static inline bool in_range64(u64 val, u64 start, u64 len)
{
	return val - start < len;
}

static inline bool in_range32(u32 val, u32 start, u32 len)
{
	return val - start < len;
}

#define in_range(val, start, len)							\
	((sizeof(start) | sizeof(len) | sizeof(val)) <= sizeof(u32) ?			\
	 in_range32(val, start, len) : in_range64(val, start, len))

#define swap(a, b)	\
	do { typeof(a) __swapped = (a); (a) = (b); (b) = __swapped; } while (0)

#endif
