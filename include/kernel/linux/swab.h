/* SPDX-License-Identifier: MIT */
/* swab.h - bytes the other way round */
#ifndef _LINUX_SWAB_H
#define _LINUX_SWAB_H

#include <linux/types.h>
#include <linux/compiler.h>

#define __swab16(x)	((__u16)__builtin_bswap16((__u16)(x)))
#define __swab32(x)	((__u32)__builtin_bswap32((__u32)(x)))
#define __swab64(x)	((__u64)__builtin_bswap64((__u64)(x)))
#define ___constant_swab16(x)	__swab16(x)
#define ___constant_swab32(x)	__swab32(x)
#define ___constant_swab64(x)	__swab64(x)
#define swab16		__swab16
#define swab32		__swab32
#define swab64		__swab64
#define swab(x)		((unsigned long)__swab64(x))

static inline __u16 __swab16p(const __u16 *p)
{
	return __swab16(*p);
}

static inline __u32 __swab32p(const __u32 *p)
{
	return __swab32(*p);
}

static inline __u64 __swab64p(const __u64 *p)
{
	return __swab64(*p);
}

static inline __u32 swahw32(__u32 x)
{
	return x << 16 | x >> 16;
}

static inline __u32 swahb32(__u32 x)
{
	return (x & 0x00ff00ffU) << 8 | (x & 0xff00ff00U) >> 8;
}

#define swab16p		__swab16p
#define swab32p		__swab32p
#define swab64p		__swab64p

static inline void swab16s(__u16 *p)
{
	*p = __swab16(*p);
}

static inline void swab32s(__u32 *p)
{
	*p = __swab32(*p);
}

static inline void swab64s(__u64 *p)
{
	*p = __swab64(*p);
}

static inline void swab16_array(u16 *buf, unsigned int words)
{
	while (words--)
		swab16s(buf++);
}

static inline void swab32_array(u32 *buf, unsigned int words)
{
	while (words--)
		swab32s(buf++);
}

static inline void swab64_array(u64 *buf, unsigned int words)
{
	while (words--)
		swab64s(buf++);
}

#endif
