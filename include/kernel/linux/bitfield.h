/* SPDX-License-Identifier: MIT */
/* bitfield.h - fields named by their mask */
#ifndef _LINUX_BITFIELD_H
#define _LINUX_BITFIELD_H

#include <linux/build_bug.h>
#include <linux/bits.h>
#include <asm/byteorder.h>

#define __bf_shf(x)		(__builtin_ffsll(x) - 1)
#define __bf_check(mask, value)								\
	({										\
		BUILD_BUG_ON_MSG(!__builtin_constant_p(mask), "field mask is not constant");	\
		BUILD_BUG_ON_MSG((mask) == 0, "field mask is zero");			\
		BUILD_BUG_ON_MSG(__builtin_constant_p(value) ?				\
			~((mask) >> __bf_shf(mask)) & ((value) + 0ULL) : 0,		\
			"value too large for the field");				\
		BUILD_BUG_ON_MSG((((mask) + (1ULL << __bf_shf(mask))) &			\
			(((mask) + (1ULL << __bf_shf(mask))) - 1)) != 0, "field mask has holes"); \
	})
#define FIELD_MAX(mask)		((typeof(mask))((mask) >> __bf_shf(mask)))
#define FIELD_FIT(mask, val)	(!((((typeof(mask))(val)) << __bf_shf(mask)) & ~(mask)))
#define FIELD_PREP(mask, val) ({							\
	__bf_check(mask, val);								\
	((typeof(mask))(val) << __bf_shf(mask)) & (mask); })
#define FIELD_PREP_CONST(mask, val)	(((typeof(mask))(val) << __bf_shf(mask)) & (mask))
#define FIELD_GET(mask, reg) ({								\
	__bf_check(mask, 0U);								\
	(typeof(mask))(((reg) & (mask)) >> __bf_shf(mask)); })

#endif
