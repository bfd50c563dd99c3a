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

/*
 * The same for a field that need not be a constant expression, by type: u32_get_bits(),
 * le16_encode_bits() and so on; constants that do not fit do not compile.
 */
void __field_overflow(void) KM_SYM(__field_overflow)
	__attribute__((error("value does not fit into the field")));
void __bad_mask(void) KM_SYM(__bad_mask) __attribute__((error("not a mask of one field")));

static __always_inline u64 field_multiplier(u64 field)
{
	if ((field | (field - 1)) & ((field | (field - 1)) + 1))
		__bad_mask();
	return field & -field;
}

static __always_inline u64 field_mask(u64 field)
{
	return field / field_multiplier(field);
}

#define field_max(field)	((typeof(field))field_mask(field))
#define KM_FIELD_OPS(type, base, to, from)						\
	static __always_inline __##type __must_check type##_encode_bits(base v, base field)	\
	{										\
		if (__builtin_constant_p(v) && (v & ~field_mask(field)))		\
			__field_overflow();						\
		return to((base)((v & field_mask(field)) * field_multiplier(field)));	\
	}										\
	static __always_inline __##type __must_check					\
	type##_replace_bits(__##type old, base val, base field)				\
	{										\
		return (old & ~to(field)) | type##_encode_bits(val, field);		\
	}										\
	static __always_inline void							\
	type##p_replace_bits(__##type *p, base val, base field)				\
	{										\
		*p = (*p & ~to(field)) | type##_encode_bits(val, field);		\
	}										\
	static __always_inline base __must_check type##_get_bits(__##type v, base field)	\
	{										\
		return (base)((from(v) & field) / field_multiplier(field));		\
	}
#define KM_FIELD_SAME(x)	(x)
#define KM_FIELD_SIZES(size)								\
	KM_FIELD_OPS(le##size, u##size, cpu_to_le##size, le##size##_to_cpu)		\
	KM_FIELD_OPS(be##size, u##size, cpu_to_be##size, be##size##_to_cpu)		\
	KM_FIELD_OPS(u##size, u##size, KM_FIELD_SAME, KM_FIELD_SAME)
KM_FIELD_OPS(u8, u8, KM_FIELD_SAME, KM_FIELD_SAME)
KM_FIELD_SIZES(16)
KM_FIELD_SIZES(32)
KM_FIELD_SIZES(64)
#undef KM_FIELD_SIZES
#undef KM_FIELD_SAME
#undef KM_FIELD_OPS

#endif
