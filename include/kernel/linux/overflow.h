/* SPDX-License-Identifier: MIT */
/*
 * overflow.h - arithmetic that tells when it wraps, and sizes that saturate
 *
 * check_x_overflow(a, b, &result): true if it wrapped.  size_*(): SIZE_MAX instead of a wrapped
 * size, which no allocator grants.
 */
#ifndef __LINUX_OVERFLOW_H
#define __LINUX_OVERFLOW_H

#include <linux/compiler.h>
#include <linux/const.h>
#include <linux/limits.h>
#include <linux/stddef.h>
#include <linux/types.h>

#define __type_half_max(type)	((type)1 << (8 * sizeof(type) - 1 - is_signed_type(type)))
#define __type_max(T)	((T)((__type_half_max(T) - 1) + __type_half_max(T)))
#define type_max(t)	__type_max(typeof(t))
#define __type_min(T)	((T)((T)-type_max(T) - (T)1))
#define type_min(t)	__type_min(typeof(t))
#define is_non_negative(a)	((a) > 0 || (a) == 0)
#define is_negative(a)		(!(is_non_negative(a)))

static inline bool __must_check __must_check_overflow(bool overflow)
{
	return unlikely(overflow);
}

#define check_add_overflow(a, b, d)	__must_check_overflow(__builtin_add_overflow(a, b, d))
#define check_sub_overflow(a, b, d)	__must_check_overflow(__builtin_sub_overflow(a, b, d))
#define check_mul_overflow(a, b, d)	__must_check_overflow(__builtin_mul_overflow(a, b, d))

/* Wrapping that is meant. */
#define wrapping_add(type, a, b)	\
	({ type __sum; (void)__builtin_add_overflow(a, b, &__sum); __sum; })
#define wrapping_sub(type, a, b)	\
	({ type __left; (void)__builtin_sub_overflow(a, b, &__left); __left; })
#define wrapping_mul(type, a, b)	\
	({ type __prod; (void)__builtin_mul_overflow(a, b, &__prod); __prod; })
#define wrapping_assign_add(var, offset) ({				\
	typeof(var) *__var = &(var);					\
	*__var = wrapping_add(typeof(var), *__var, offset); })
#define wrapping_assign_sub(var, offset) ({				\
	typeof(var) *__var = &(var);					\
	*__var = wrapping_sub(typeof(var), *__var, offset); })

/*
 * *d = a << s; true if bits or the sign were lost, or s is no shift of *d's type.  *d is 0 for such
 * an s.
 */
#define check_shl_overflow(a, s, d) __must_check_overflow(({				\
	typeof(a) shl_a_ = (a);								\
	typeof(s) shl_s_ = (s);								\
	typeof(d) shl_d_ = (d);								\
	const bool shl_fits_ = is_non_negative(shl_s_) && shl_s_ < 8 * sizeof(*shl_d_);	\
	const unsigned int shl_by_ = shl_fits_ ? (unsigned int)shl_s_ : 0;		\
	*shl_d_ = (typeof(*shl_d_))(shl_fits_ ? (u64)shl_a_ << shl_by_ : 0);		\
	!shl_fits_ || is_negative(*shl_d_) || is_negative(shl_a_) ||			\
		((u64)*shl_d_ >> shl_by_) != (u64)shl_a_; }))

/* Does the value of @n not fit type @T?  The constexpr form is a constant expression. */
#define __overflows_type_constexpr(x, T) (						\
	is_unsigned_type(typeof(x)) ? (x) > type_max(T) :				\
	is_unsigned_type(typeof(T)) ? is_negative(x) || (x) > type_max(T) :			\
	(x) < type_min(T) || (x) > type_max(T))
#define __overflows_type(x, T)	\
	({ typeof(T) ovt_v_ = 0; check_add_overflow((x), ovt_v_, &ovt_v_); })
#define overflows_type(n, T)								\
	__builtin_choose_expr(__is_constexpr(n), __overflows_type_constexpr(n, T),	\
			      __overflows_type(n, T))

/* Same type, or a constant that fits. */
#define castable_to_type(n, T)								\
	__builtin_choose_expr(__is_constexpr(n), !__overflows_type_constexpr(n, T),	\
			      __same_type(n, T))

static inline size_t __must_check size_mul(size_t factor1, size_t factor2)
{
	size_t bytes;

	return check_mul_overflow(factor1, factor2, &bytes) ? SIZE_MAX : bytes;
}

static inline size_t __must_check size_add(size_t addend1, size_t addend2)
{
	size_t bytes;

	return check_add_overflow(addend1, addend2, &bytes) ? SIZE_MAX : bytes;
}

/* SIZE_MAX also where either operand is SIZE_MAX: a saturated size stays saturated. */
static inline size_t __must_check size_sub(size_t minuend, size_t subtrahend)
{
	size_t bytes;

	if (minuend == SIZE_MAX || subtrahend == SIZE_MAX ||
	    check_sub_overflow(minuend, subtrahend, &bytes))
		return SIZE_MAX;
	return bytes;
}

#define array_size(a, b)	size_mul(a, b)
#define array3_size(a, b, c)	size_mul(size_mul(a, b), c)

/* Bytes of @count elements of the flexible array, of the structure (the type) with them. */
#define flex_array_size(p, member, count)						\
	__builtin_choose_expr(__is_constexpr(count),					\
		(count) * sizeof(*(p)->member) + __must_be_array((p)->member),		\
		size_mul(count, sizeof(*(p)->member) + __must_be_array((p)->member)))
#define struct_size(p, member, count)							\
	__builtin_choose_expr(__is_constexpr(count),					\
		sizeof(*(p)) + flex_array_size(p, member, count),			\
		size_add(sizeof(*(p)), flex_array_size(p, member, count)))
#define struct_size_t(type, member, count)	struct_size((type *)NULL, member, count)

/*
 * A structure with a flexible array on the stack, with room for a constant @count; name is a
 * pointer to it.
 */
#define _DEFINE_FLEX(type, name, member, count, initializer...)				\
	_Static_assert(__builtin_constant_p(count), "onstack flex array needs a constant count"); \
	union {										\
		u8 bytes[struct_size_t(type, member, count)];				\
		type obj;								\
	} name##_u initializer;								\
	type *name = (type *)&name##_u
#define DEFINE_RAW_FLEX(type, name, member, count)	\
	_DEFINE_FLEX(type, name, member, count, = {})
#define DEFINE_FLEX(TYPE, NAME, MEMBER, COUNTER, COUNT)	\
	_DEFINE_FLEX(TYPE, NAME, MEMBER, COUNT, = { .obj.COUNTER = COUNT, })

#endif
