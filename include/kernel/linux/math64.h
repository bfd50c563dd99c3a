/* SPDX-License-Identifier: MIT */
/* math64.h - named 64-bit divisions and wide products */
#ifndef _LINUX_MATH64_H
#define _LINUX_MATH64_H

#include <linux/types.h>
#include <linux/math.h>
#include <asm/div64.h>

#define div64_long(x, y)	div64_s64((x), (y))
#define div64_ul(x, y)		div64_u64((x), (y))

static inline u64 div_u64_rem(u64 dividend, u32 divisor, u32 *remainder)
{
	*remainder = (u32)(dividend % divisor);
	return dividend / divisor;
}

static inline s64 div_s64_rem(s64 dividend, s32 divisor, s32 *remainder)
{
	*remainder = (s32)(dividend % divisor);
	return dividend / divisor;
}

static inline u64 div64_u64_rem(u64 dividend, u64 divisor, u64 *remainder)
{
	*remainder = dividend % divisor;
	return dividend / divisor;
}

static inline u64 div64_u64(u64 dividend, u64 divisor)
{
	return dividend / divisor;
}

static inline s64 div64_s64(s64 dividend, s64 divisor)
{
	return dividend / divisor;
}

static inline u64 div_u64(u64 dividend, u32 divisor)
{
	return dividend / divisor;
}

static inline s64 div_s64(s64 dividend, s32 divisor)
{
	return dividend / divisor;
}

static inline u64 mul_u32_u32(u32 a, u32 b)
{
	return (u64)a * b;
}

static inline u64 mul_u64_u32_shr(u64 a, u32 mul, unsigned int shift)
{
	return (u64)(((unsigned __int128)a * mul) >> shift);
}

static inline u64 mul_u64_u64_shr(u64 a, u64 mul, unsigned int shift)
{
	return (u64)(((unsigned __int128)a * mul) >> shift);
}

/* a * mul / divisor with a 128-bit product; all ones when the quotient does not fit. */
u64 mul_u64_u64_div_u64(u64 a, u64 mul, u64 divisor) KM_SYM(mul_u64_u64_div_u64);

static inline u64 mul_u64_u32_div(u64 a, u32 mul, u32 divisor)
{
	return mul_u64_u64_div_u64(a, mul, divisor);
}

#define DIV64_U64_ROUND_UP(ll, d) \
	({ u64 __divisor = (d); div64_u64((ll) + __divisor - 1, __divisor); })
#define DIV_U64_ROUND_UP(ll, d) \
	({ u32 __divisor = (d); div_u64((ll) + __divisor - 1, __divisor); })
#define DIV64_U64_ROUND_CLOSEST(dividend, divisor) \
	({ u64 __divisor = (divisor); div64_u64((dividend) + (__divisor / 2), __divisor); })
#define DIV_U64_ROUND_CLOSEST(dividend, divisor) \
	({ u32 __divisor = (divisor); div_u64((u64)(dividend) + (__divisor / 2), __divisor); })
#define DIV_S64_ROUND_CLOSEST(dividend, divisor) ({			\
	s64 __n = (dividend);						\
	s32 __d = (divisor);						\
	((__n > 0) == (__d > 0)) ? ((__n + (__d / 2)) / __d) : ((__n - (__d / 2)) / __d); })

static inline u64 roundup_u64(u64 x, u32 y)
{
	return DIV_U64_ROUND_UP(x, y) * y;
}

#endif
