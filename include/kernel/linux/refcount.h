/* SPDX-License-Identifier: MIT */
/*
 * refcount.h - reference counters that saturate instead of wrapping
 *
 * A counter that would leave 1 .. INT_MAX is set to REFCOUNT_SATURATED for ever and reported once
 * through refcount_warn_saturate(): the object leaks, which is better than freeing it under
 * someone.
 */
#ifndef _LINUX_REFCOUNT_H
#define _LINUX_REFCOUNT_H

#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/limits.h>
#include <linux/spinlock_types.h>

typedef struct refcount_struct { atomic_t refs; } refcount_t;

#define REFCOUNT_INIT(n)	{ .refs = ATOMIC_INIT(n), }
#define REFCOUNT_MAX		INT_MAX
#define REFCOUNT_SATURATED	(INT_MIN / 2)

enum refcount_saturation_type {
	REFCOUNT_ADD_NOT_ZERO_OVF,
	REFCOUNT_ADD_OVF,
	REFCOUNT_ADD_UAF,
	REFCOUNT_SUB_UAF,
	REFCOUNT_DEC_LEAK,
};

struct mutex;

/* Saturate @r and warn, in the kernel's wording. */
void refcount_warn_saturate(refcount_t *r, enum refcount_saturation_type t)
	KM_SYM(refcount_warn_saturate);

static inline void refcount_set(refcount_t *r, int n)
{
	atomic_set(&r->refs, n);
}

static inline unsigned int refcount_read(const refcount_t *r)
{
	return atomic_read(&r->refs);
}

static inline __must_check bool refcount_add_not_zero(int i, refcount_t *r)
{
	int old = atomic_fetch_add_unless(&r->refs, i, 0);

	/* The sum is unsigned: signed overflow would be undefined. */
	if (unlikely(old < 0 || (int)((unsigned int)old + i) < 0))
		refcount_warn_saturate(r, REFCOUNT_ADD_NOT_ZERO_OVF);
	return old != 0;
}

static inline void refcount_add(int i, refcount_t *r)
{
	int old = atomic_fetch_add_relaxed(i, &r->refs);

	if (unlikely(!old))
		refcount_warn_saturate(r, REFCOUNT_ADD_UAF);
	else if (unlikely(old < 0 || (int)((unsigned int)old + i) < 0))
		refcount_warn_saturate(r, REFCOUNT_ADD_OVF);
}

static inline __must_check bool refcount_inc_not_zero(refcount_t *r)
{
	return refcount_add_not_zero(1, r);
}

static inline void refcount_inc(refcount_t *r)
{
	refcount_add(1, r);
}

static inline __must_check bool refcount_sub_and_test(int i, refcount_t *r)
{
	int old = atomic_fetch_sub(i, &r->refs);

	if (old > 0 && old == i)
		return true;
	if (unlikely(old <= 0 || old - i < 0))
		refcount_warn_saturate(r, REFCOUNT_SUB_UAF);
	return false;
}

static inline __must_check bool refcount_dec_and_test(refcount_t *r)
{
	return refcount_sub_and_test(1, r);
}

static inline void refcount_dec(refcount_t *r)
{
	if (unlikely(atomic_fetch_sub_release(1, &r->refs) <= 1))
		refcount_warn_saturate(r, REFCOUNT_DEC_LEAK);
}

__must_check bool refcount_dec_if_one(refcount_t *r) KM_SYM(refcount_dec_if_one);
__must_check bool refcount_dec_not_one(refcount_t *r) KM_SYM(refcount_dec_not_one);
/* True with the lock held when the counter fell to zero. */
__must_check bool refcount_dec_and_mutex_lock(refcount_t *r, struct mutex *lock)
	KM_SYM(refcount_dec_and_mutex_lock);
__must_check bool refcount_dec_and_lock(refcount_t *r, spinlock_t *lock)
	KM_SYM(refcount_dec_and_lock) __km_tries;
__must_check bool refcount_dec_and_lock_irqsave(refcount_t *r, spinlock_t *lock,
						unsigned long *flags)
	KM_SYM(refcount_dec_and_lock_irqsave) __km_tries;

#endif
