/* SPDX-License-Identifier: MIT */
/*
 * percpu_counter.h - a number that many CPUs add to often and few read exactly
 *
 * Each CPU collects up to a batch on its own; percpu_counter_read() leaves that out and may be
 * wrong by batch * CPUs, percpu_counter_sum() adds it up.
 */
#ifndef _LINUX_PERCPU_COUNTER_H
#define _LINUX_PERCPU_COUNTER_H

#include <linux/spinlock.h>
#include <linux/smp.h>
#include <linux/list.h>
#include <linux/threads.h>
#include <linux/percpu.h>
#include <linux/types.h>

struct percpu_counter {
	raw_spinlock_t lock;
	s64 count;
	s32 __percpu *counters;
};

extern int percpu_counter_batch KM_SYM(percpu_counter_batch);

int percpu_counter_init_many(struct percpu_counter *fbc, s64 amount, gfp_t gfp, u32 nr_counters)
	KM_SYM(percpu_counter_init_many);
void percpu_counter_destroy_many(struct percpu_counter *fbc, u32 nr_counters)
	KM_SYM(percpu_counter_destroy_many);
void percpu_counter_set(struct percpu_counter *fbc, s64 amount) KM_SYM(percpu_counter_set);
void percpu_counter_add_batch(struct percpu_counter *fbc, s64 amount, s32 batch)
	KM_SYM(percpu_counter_add_batch);
s64 __percpu_counter_sum(struct percpu_counter *fbc) KM_SYM(__percpu_counter_sum);
int __percpu_counter_compare(struct percpu_counter *fbc, s64 rhs, s32 batch)
	KM_SYM(__percpu_counter_compare);
bool __percpu_counter_limited_add(struct percpu_counter *fbc, s64 limit, s64 amount, s32 batch)
	KM_SYM(__percpu_counter_limited_add);
void percpu_counter_sync(struct percpu_counter *fbc) KM_SYM(percpu_counter_sync);

/* a counter that starts with @value; 0 or -ENOMEM */
#define percpu_counter_init(fbc, value, gfp)	percpu_counter_init_many(fbc, value, gfp, 1)

static inline void percpu_counter_destroy(struct percpu_counter *fbc)
{
	percpu_counter_destroy_many(fbc, 1);
}

/* this CPU adds, in its own part of the counter until that is large; any context */
static inline void percpu_counter_add(struct percpu_counter *fbc, s64 amount)
{
	percpu_counter_add_batch(fbc, amount, percpu_counter_batch);
}

/* For counters that are hardly ever read: the batch is as large as can be. */
static inline void percpu_counter_add_local(struct percpu_counter *fbc, s64 amount)
{
	percpu_counter_add_batch(fbc, amount, 0x7fffffff);
}

static inline void percpu_counter_inc(struct percpu_counter *fbc)
{
	percpu_counter_add(fbc, 1);
}

static inline void percpu_counter_dec(struct percpu_counter *fbc)
{
	percpu_counter_add(fbc, -1);
}

static inline void percpu_counter_sub(struct percpu_counter *fbc, s64 amount)
{
	percpu_counter_add(fbc, -amount);
}

static inline void percpu_counter_sub_local(struct percpu_counter *fbc, s64 amount)
{
	percpu_counter_add_local(fbc, -amount);
}

/* Adds unless the sum would exceed @limit (fall below it, for a negative amount). */
static inline bool percpu_counter_limited_add(struct percpu_counter *fbc, s64 limit, s64 amount)
{
	return __percpu_counter_limited_add(fbc, limit, amount, percpu_counter_batch);
}

static inline int percpu_counter_compare(struct percpu_counter *fbc, s64 rhs)
{
	return __percpu_counter_compare(fbc, rhs, percpu_counter_batch);
}

static inline s64 percpu_counter_sum(struct percpu_counter *fbc)
{
	return __percpu_counter_sum(fbc);
}

static inline s64 percpu_counter_sum_positive(struct percpu_counter *fbc)
{
	s64 sum = __percpu_counter_sum(fbc);

	return sum < 0 ? 0 : sum;
}

static inline s64 percpu_counter_read(struct percpu_counter *fbc)
{
	return READ_ONCE(fbc->count);
}

static inline s64 percpu_counter_read_positive(struct percpu_counter *fbc)
{
	s64 count = READ_ONCE(fbc->count);

	return count < 0 ? 0 : count;
}

static inline bool percpu_counter_initialized(struct percpu_counter *fbc)
{
	return fbc->counters != NULL;
}

/* What a gfp says to the compiler: linux/compiler_context.h. */
#ifdef KM_GFP_IS_LOOKED_AT
#define percpu_counter_init_many(_fbc, _amount, _gfp, _nr_counters)	\
	percpu_counter_init_many(_fbc, _amount, KM_GFP(_gfp), _nr_counters)
#endif

#endif
