/* SPDX-License-Identifier: MIT */
/* math.h - rounding and division of integers */
#ifndef _LINUX_MATH_H
#define _LINUX_MATH_H

#include <linux/types.h>
#include <asm/div64.h>
#include <linux/const.h>

/* To a multiple of a power of two ... */
#define __round_mask(x, y)	((__typeof__(x))((y) - 1))
#define round_up(x, y)		((((x) - 1) | __round_mask(x, y)) + 1)
#define round_down(x, y)	((x) & ~__round_mask(x, y))

/* ... and of any number. */
#define DIV_ROUND_UP(n, d)	__KERNEL_DIV_ROUND_UP(n, d)
#define DIV_ROUND_DOWN_ULL(ll, d) \
	({ unsigned long long __quotient = (ll); do_div(__quotient, d); __quotient; })
#define DIV_ROUND_UP_ULL(ll, d)	\
	DIV_ROUND_DOWN_ULL((unsigned long long)(ll) + (d) - 1, (d))
#define DIV_ROUND_UP_SECTOR_T(ll, d)	DIV_ROUND_UP_ULL(ll, d)
#define roundup(x, y) ({				\
	typeof(y) __unit = (y);				\
	(((x) + (__unit - 1)) / __unit) * __unit; })
#define rounddown(x, y) ({				\
	typeof(x) __value = (x);			\
	__value - (__value % (y)); })

/* To the nearest; halves away from zero where either operand may be negative. */
#define DIV_ROUND_CLOSEST(x, divisor) ({					\
	typeof(x) __x = (x);							\
	typeof(divisor) __d = (divisor);					\
	(((typeof(x))-1) > 0 || ((typeof(divisor))-1) > 0 || (((__x) > 0) == ((__d) > 0))) ?	\
		(((__x) + ((__d) / 2)) / (__d)) : (((__x) - ((__d) / 2)) / (__d)); })
#define DIV_ROUND_CLOSEST_ULL(x, divisor) ({					\
	typeof(divisor) __d = (divisor);					\
	unsigned long long __sum = (x) + (__d) / 2;				\
	do_div(__sum, __d);							\
	__sum; })

/* x * n / d without losing the bits of x / d. */
#define mult_frac(x, n, d) ({				\
	typeof(x) __x = (x);				\
	typeof(n) __n = (n);				\
	typeof(d) __d = (d);				\
	typeof(x) __q = __x / __d;			\
	typeof(x) __r = __x % __d;			\
	__q * __n + __r * __n / __d; })

#define sector_div(a, b)	do_div(a, b)

/* Same type as the argument's signed form; a type that is neither does not compile. */
#define abs(x)	__abs_of(x, long long, __abs_of(x, long, __abs_of(x, int, __abs_of(x, short,	\
		__abs_of(x, char, __builtin_choose_expr(				\
			__builtin_types_compatible_p(typeof(x), char),			\
			(char)({ signed char __c = (x); __c < 0 ? -__c : __c; }), ((void)0)))))))
#define __abs_of(x, type, other)							\
	__builtin_choose_expr(__builtin_types_compatible_p(typeof(x), signed type) ||	\
			      __builtin_types_compatible_p(typeof(x), unsigned type),	\
			      ({ signed type __s = (x); __s < 0 ? -__s : __s; }), other)
#define abs_diff(a, b) ({				\
	typeof(a) __left = (a);				\
	typeof(b) __right = (b);			\
	__left > __right ? (__left - __right) : (__right - __left); })

static inline u32 reciprocal_scale(u32 val, u32 ep_ro)
{
	return (u32)(((u64)val * ep_ro) >> 32);
}

u64 int_pow(u64 base, unsigned int exp) KM_SYM(int_pow);
unsigned long int_sqrt(unsigned long x) KM_SYM(int_sqrt);
static inline u32 int_sqrt64(u64 x)
{
	return (u32)int_sqrt(x);
}
unsigned long gcd(unsigned long a, unsigned long b) KM_SYM(gcd);
unsigned long lcm(unsigned long a, unsigned long b) KM_SYM(lcm);

#endif
