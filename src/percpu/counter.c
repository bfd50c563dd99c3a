/* SPDX-License-Identifier: MIT */
/*
 * counter.c - struct percpu_counter
 *
 * N1  The value is count plus every CPU's share; a share is moved to count under the counter's
 *     lock by the CPU that owns it, or by percpu_counter_set() and _sync().
 * N2  A share is changed only with interrupts off on its CPU.
 * Lock: the counter's.  Any context but NMI, but for init, which sleeps as its gfp says.
 */
#include <linux/percpu_counter.h>

#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include "kern/tell.h"

int percpu_counter_batch = 32;		/* Linux: at least 32, or twice the number of CPUs */

/**
 * percpu_counter_init_many() - set up counters that stand one after another
 * @amount: value of each;   @nr_counters: how many
 *
 * Context: as alloc_percpu_gfp() with @gfp; destroy_many() in any.
 * Return:  0 or -ENOMEM.
 */
int percpu_counter_init_many(struct percpu_counter *fbc, s64 amount, gfp_t gfp, u32 nr_counters)
{
	size_t stride = ALIGN(sizeof(s32), __alignof__(s32));
	s32 __percpu *shares = __alloc_percpu_gfp(nr_counters * stride, __alignof__(s32), gfp);

	if (!shares)
		return -ENOMEM;
	percpu_counter_batch = max(32, 2 * (int)nr_cpu_ids);
	for (u32 i = 0; i < nr_counters; i++) {
		raw_spin_lock_init(&fbc[i].lock);
		fbc[i].count = amount;
		fbc[i].counters = shares + i;
	}
	return 0;
}

/* Also for counters whose init failed, if they were zeroed before. */
void percpu_counter_destroy_many(struct percpu_counter *fbc, u32 nr_counters)
{
	if (WARN_ON_ONCE(!fbc))
		return;
	TOUCH(fbc);
	if (!fbc[0].counters)
		return;
	free_percpu(fbc[0].counters);
	for (u32 i = 0; i < nr_counters; i++)
		fbc[i].counters = NULL;
}

void percpu_counter_set(struct percpu_counter *fbc, s64 amount)
{
	unsigned long flags;
	unsigned int cpu;

	TOUCH(fbc);
	raw_spin_lock_irqsave(&fbc->lock, flags);
	for_each_possible_cpu(cpu)
		*per_cpu_ptr(fbc->counters, cpu) = 0;
	fbc->count = amount;
	raw_spin_unlock_irqrestore(&fbc->lock, flags);
}

/* This CPU's share, and @amount, go to the count. */
static void move_share(struct percpu_counter *fbc, s64 amount)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&fbc->lock, flags);
	fbc->count += __this_cpu_xchg(*fbc->counters, 0) + amount;
	raw_spin_unlock_irqrestore(&fbc->lock, flags);
}

/**
 * percpu_counter_add_batch() - add @amount
 * @batch: what one CPU may keep to itself; the count is touched when its share reaches that
 *
 * Context: any but NMI.   Cost: an addition to this CPU's own word, seldom a lock.
 */
void percpu_counter_add_batch(struct percpu_counter *fbc, s64 amount, s32 batch)
{
	unsigned long irq;
	s64 share;
	bool fits;

	TOUCH(fbc);
	irq = km_port_irq_save();
	share = __this_cpu_read(*fbc->counters) + amount;
	fits = share < batch && share > -(s64)batch;
	if (fits)
		__this_cpu_write(*fbc->counters, (s32)share);
	km_port_irq_restore(irq);
	if (!fits)
		move_share(fbc, amount);
}

void percpu_counter_sync(struct percpu_counter *fbc)
{
	TOUCH(fbc);
	move_share(fbc, 0);
}

static s64 sum_locked(struct percpu_counter *fbc)
{
	s64 sum = fbc->count;
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		sum += READ_ONCE(*per_cpu_ptr(fbc->counters, cpu));
	return sum;
}

/* Exact if nobody adds meanwhile. */
s64 __percpu_counter_sum(struct percpu_counter *fbc)
{
	unsigned long flags;
	s64 sum;

	TOUCH(fbc);
	raw_spin_lock_irqsave(&fbc->lock, flags);
	sum = sum_locked(fbc);
	raw_spin_unlock_irqrestore(&fbc->lock, flags);
	return sum;
}

/* -1, 0 or 1: the counter is less than, equal to or more than @rhs; adds up only when it must. */
int __percpu_counter_compare(struct percpu_counter *fbc, s64 rhs, s32 batch)
{
	s64 count, slack = (s64)batch * nr_cpu_ids;

	TOUCH(fbc);
	count = percpu_counter_read(fbc);
	if (count - rhs > slack)
		return 1;
	if (rhs - count > slack)
		return -1;
	count = percpu_counter_sum(fbc);
	return (count > rhs) - (count < rhs);
}

bool __percpu_counter_limited_add(struct percpu_counter *fbc, s64 limit, s64 amount, s32 batch)
{
	s64 slack = (s64)batch * nr_cpu_ids, value;
	unsigned long flags;
	bool fits;

	TOUCH(fbc);
	if (!amount)
		return true;
	raw_spin_lock_irqsave(&fbc->lock, flags);
	value = fbc->count + amount;
	fits = amount > 0 ? value + slack <= limit : value - slack >= limit;
	if (!fits) {
		value = sum_locked(fbc) + amount;
		fits = amount > 0 ? value <= limit : value >= limit;
	}
	if (fits)
		fbc->count += amount;
	raw_spin_unlock_irqrestore(&fbc->lock, flags);
	return fits;
}
