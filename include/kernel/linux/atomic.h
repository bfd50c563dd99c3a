/* SPDX-License-Identifier: MIT */
/*
 * atomic.h - atomic_t, atomic64_t, atomic_long_t: counters that are changed in one step
 *
 * Plain forms that return a value are fully ordered, _acquire, _release and _relaxed are what they
 * say, forms without a value are relaxed.  All three families come from one macro over the
 * compiler's atomic builtins.
 */
#ifndef _LINUX_ATOMIC_H
#define _LINUX_ATOMIC_H

#include <linux/compiler.h>
#include <linux/types.h>
#include <asm/barrier.h>
#include <asm/cmpxchg.h>

typedef atomic64_t atomic_long_t;

#define ATOMIC_INIT(i)		{ (i) }
#define ATOMIC64_INIT(i)	{ (i) }
#define ATOMIC_LONG_INIT(i)	{ (i) }

/* One operation with a void, an op_return and a fetch_op form in one ordering. */
#define KM_ATOMIC_VALUES(P, A, T, op, suffix, order)						\
static __always_inline T P##_##op##_return##suffix(T i, A *v)					\
{												\
	return (T)__atomic_##op##_fetch(&v->counter, i, order);					\
}												\
static __always_inline T P##_fetch_##op##suffix(T i, A *v)					\
{												\
	return (T)__atomic_fetch_##op(&v->counter, i, order);					\
}

#define KM_ATOMIC_ARITHMETIC(P, A, T, suffix, order)						\
KM_ATOMIC_VALUES(P, A, T, add, suffix, order)						\
KM_ATOMIC_VALUES(P, A, T, sub, suffix, order)						\
static __always_inline T P##_inc_return##suffix(A *v) { return P##_add_return##suffix(1, v); }	\
static __always_inline T P##_dec_return##suffix(A *v) { return P##_sub_return##suffix(1, v); }	\
static __always_inline T P##_fetch_inc##suffix(A *v) { return P##_fetch_add##suffix(1, v); }	\
static __always_inline T P##_fetch_dec##suffix(A *v) { return P##_fetch_sub##suffix(1, v); }	\
static __always_inline bool P##_add_negative##suffix(T i, A *v)					\
{												\
	return P##_add_return##suffix(i, v) < 0;						\
}

#define KM_ATOMIC_BITS(P, A, T, suffix, order)							\
static __always_inline T P##_fetch_and##suffix(T i, A *v)					\
{												\
	return (T)__atomic_fetch_and(&v->counter, i, order);					\
}												\
static __always_inline T P##_fetch_or##suffix(T i, A *v)					\
{												\
	return (T)__atomic_fetch_or(&v->counter, i, order);					\
}												\
static __always_inline T P##_fetch_xor##suffix(T i, A *v)					\
{												\
	return (T)__atomic_fetch_xor(&v->counter, i, order);					\
}												\
static __always_inline T P##_fetch_andnot##suffix(T i, A *v)					\
{												\
	return (T)__atomic_fetch_and(&v->counter, ~i, order);					\
}

#define KM_ATOMIC_EXCHANGE(P, A, T, suffix, order, failure)					\
static __always_inline T P##_xchg##suffix(A *v, T new)						\
{												\
	return (T)__atomic_exchange_n(&v->counter, new, order);					\
}												\
static __always_inline bool P##_try_cmpxchg##suffix(A *v, T *old, T new)			\
{												\
	return __atomic_compare_exchange_n(&v->counter, (__typeof__(v->counter) *)old, new,	\
					   0, order, failure);					\
}												\
static __always_inline T P##_cmpxchg##suffix(A *v, T old, T new)				\
{												\
	P##_try_cmpxchg##suffix(v, &old, new);							\
	return old;										\
}

#define KM_ATOMIC_PLAIN(P, A, T)								\
static __always_inline T P##_read(const A *v) { return (T)READ_ONCE(v->counter); }		\
static __always_inline void P##_set(A *v, T i) { WRITE_ONCE(v->counter, i); }			\
static __always_inline T P##_read_acquire(const A *v)						\
{												\
	return (T)__atomic_load_n(&v->counter, __ATOMIC_ACQUIRE);				\
}												\
static __always_inline void P##_set_release(A *v, T i)						\
{												\
	__atomic_store_n(&v->counter, i, __ATOMIC_RELEASE);					\
}												\
static __always_inline void P##_add(T i, A *v) { P##_fetch_add_relaxed(i, v); }			\
static __always_inline void P##_sub(T i, A *v) { P##_fetch_sub_relaxed(i, v); }			\
static __always_inline void P##_inc(A *v) { P##_fetch_add_relaxed(1, v); }			\
static __always_inline void P##_dec(A *v) { P##_fetch_sub_relaxed(1, v); }			\
static __always_inline void P##_and(T i, A *v) { P##_fetch_and_relaxed(i, v); }			\
static __always_inline void P##_or(T i, A *v) { P##_fetch_or_relaxed(i, v); }			\
static __always_inline void P##_xor(T i, A *v) { P##_fetch_xor_relaxed(i, v); }			\
static __always_inline void P##_andnot(T i, A *v) { P##_fetch_andnot_relaxed(i, v); }		\
static __always_inline bool P##_sub_and_test(T i, A *v) { return P##_sub_return(i, v) == 0; }	\
static __always_inline bool P##_dec_and_test(A *v) { return P##_sub_return(1, v) == 0; }	\
static __always_inline bool P##_inc_and_test(A *v) { return P##_add_return(1, v) == 0; }

/* Changes that happen only under a condition on the old value. */
#define KM_ATOMIC_CONDITIONAL(P, A, T)								\
static __always_inline T P##_fetch_add_unless(A *v, T a, T u)					\
{												\
	T seen = P##_read(v);									\
												\
	while (seen != u && !P##_try_cmpxchg(v, &seen, (T)(seen + a)))				\
		;										\
	return seen;										\
}												\
static __always_inline bool P##_add_unless(A *v, T a, T u)					\
{												\
	return P##_fetch_add_unless(v, a, u) != u;						\
}												\
static __always_inline bool P##_inc_not_zero(A *v) { return P##_add_unless(v, 1, 0); }		\
static __always_inline bool P##_inc_unless_negative(A *v)					\
{												\
	T seen = P##_read(v);									\
												\
	while (seen >= 0 && !P##_try_cmpxchg(v, &seen, (T)(seen + 1)))				\
		;										\
	return seen >= 0;									\
}												\
static __always_inline bool P##_dec_unless_positive(A *v)					\
{												\
	T seen = P##_read(v);									\
												\
	while (seen <= 0 && !P##_try_cmpxchg(v, &seen, (T)(seen - 1)))				\
		;										\
	return seen <= 0;									\
}												\
static __always_inline T P##_dec_if_positive(A *v)						\
{												\
	T seen = P##_read(v);									\
												\
	while (seen > 0 && !P##_try_cmpxchg(v, &seen, (T)(seen - 1)))				\
		;										\
	return (T)(seen - 1);									\
}

#define KM_ATOMIC_FAMILY(P, A, T)								\
KM_ATOMIC_ARITHMETIC(P, A, T, , __ATOMIC_SEQ_CST)						\
KM_ATOMIC_ARITHMETIC(P, A, T, _acquire, __ATOMIC_ACQUIRE)					\
KM_ATOMIC_ARITHMETIC(P, A, T, _release, __ATOMIC_RELEASE)					\
KM_ATOMIC_ARITHMETIC(P, A, T, _relaxed, __ATOMIC_RELAXED)					\
KM_ATOMIC_BITS(P, A, T, , __ATOMIC_SEQ_CST)							\
KM_ATOMIC_BITS(P, A, T, _acquire, __ATOMIC_ACQUIRE)						\
KM_ATOMIC_BITS(P, A, T, _release, __ATOMIC_RELEASE)						\
KM_ATOMIC_BITS(P, A, T, _relaxed, __ATOMIC_RELAXED)						\
KM_ATOMIC_EXCHANGE(P, A, T, , __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)				\
KM_ATOMIC_EXCHANGE(P, A, T, _acquire, __ATOMIC_ACQUIRE, __ATOMIC_ACQUIRE)			\
KM_ATOMIC_EXCHANGE(P, A, T, _release, __ATOMIC_RELEASE, __ATOMIC_RELAXED)			\
KM_ATOMIC_EXCHANGE(P, A, T, _relaxed, __ATOMIC_RELAXED, __ATOMIC_RELAXED)			\
KM_ATOMIC_PLAIN(P, A, T)									\
KM_ATOMIC_CONDITIONAL(P, A, T)

KM_ATOMIC_FAMILY(atomic, atomic_t, int)
KM_ATOMIC_FAMILY(atomic64, atomic64_t, s64)
KM_ATOMIC_FAMILY(atomic_long, atomic_long_t, long)

#define atomic_cond_read_acquire(v, c)	smp_cond_load_acquire(&(v)->counter, (c))
#define atomic_cond_read_relaxed(v, c)	smp_cond_load_relaxed(&(v)->counter, (c))

#endif
