// SPDX-License-Identifier: MIT
/*
 * rwlock.c - rwlock_t: many readers or one writer, spinning
 *
 * Owns: lock->state.  As in Linux a reader may nest; a writer that is there, or waits, does not
 * hold new readers back.
 * W1  state > 0: that many readers; -1: the writer of CPU owner - 1; 0: free.
 * W2  A writer that would wait for its own CPU is treated as L3 of lock.c says.
 * Any context but NMI; nothing here sleeps.
 */
#include <linux/spinlock.h>
#include <kern/core.h>
#include <kern/tell.h>

struct place { uintptr_t caller, frame; };
#define HERE	((struct place){ WATCH_CALLER(), WATCH_FRAME() })

void __rwlock_init(rwlock_t *lock, const char *name, struct lock_class_key *key)
{
	TOUCH(lock);
	*lock = (rwlock_t){ .name = name };
}

static bool read_try(rwlock_t *lock)
{
	int seen = READ_ONCE(lock->state);

	while (seen >= 0)
		if (__atomic_compare_exchange_n(&lock->state, &seen, seen + 1, false,
						__ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
			return true;
	return false;
}

static bool write_try(rwlock_t *lock)
{
	int seen = 0;

	return __atomic_compare_exchange_n(&lock->state, &seen, -1, false, __ATOMIC_ACQUIRE,
					   __ATOMIC_RELAXED);
}

static void read_taken(rwlock_t *lock, struct place at)
{
	if (unlikely(watch_points))
		held_take(lock, lock->name, at.caller, at.frame);
	km_port_point();
}

static void write_taken(rwlock_t *lock, struct place at)
{
	lock->owner = (unsigned short)(km_port_self()->cpu + 1);
	if (unlikely(watch_points))
		held_take(lock, lock->name, at.caller, at.frame);
	km_port_point();
}

/* W2 */
static bool rwlock_is_recursion(rwlock_t *lock, struct place at)
{
	bool is_mine = READ_ONCE(lock->owner) == km_port_self()->cpu + 1 || held_has(current, lock);

	if (!is_mine || !watch_wants(KM_POINT_LOCK_BAD))
		return false;
	held_bad("rwlock recursion", lock->name, lock, at.caller, at.frame);
	lock->nested++;
	return true;
}

static void read_take(rwlock_t *lock, struct place at)
{
	touch(lock, sizeof(*lock), true, at.caller, at.frame);
	while (!read_try(lock)) {
		if (rwlock_is_recursion(lock, at))
			return;
		km_port_relax();
	}
	read_taken(lock, at);
}

static void write_take(rwlock_t *lock, struct place at)
{
	touch(lock, sizeof(*lock), true, at.caller, at.frame);
	while (!write_try(lock)) {
		if (rwlock_is_recursion(lock, at))
			return;
		km_port_relax();
	}
	write_taken(lock, at);
}

static void read_drop(rwlock_t *lock, struct place at)
{
	km_port_point();
	touch(lock, sizeof(*lock), true, at.caller, at.frame);
	if (unlikely(lock->nested)) {
		lock->nested--;
		return;
	}
	if (unlikely(watch_points))
		held_drop(lock, lock->name, at.caller, at.frame);
	if (unlikely(READ_ONCE(lock->state) <= 0)) {
		held_bad("rwlock not read-locked", lock->name, lock, at.caller, at.frame);
		return;
	}
	__atomic_fetch_sub(&lock->state, 1, __ATOMIC_RELEASE);
}

static void write_drop(rwlock_t *lock, struct place at)
{
	km_port_point();
	touch(lock, sizeof(*lock), true, at.caller, at.frame);
	if (unlikely(lock->nested)) {
		lock->nested--;
		return;
	}
	if (unlikely(watch_points))
		held_drop(lock, lock->name, at.caller, at.frame);
	if (unlikely(READ_ONCE(lock->state) != -1)) {
		held_bad("rwlock not write-locked", lock->name, lock, at.caller, at.frame);
		return;
	}
	lock->owner = 0;
	__atomic_store_n(&lock->state, 0, __ATOMIC_RELEASE);
}

/* -- readers ---------------------------------------------------------------------------------- */

void _raw_read_lock(rwlock_t *lock)
{
	km_port_point();
	preempt_disable();
	read_take(lock, HERE);
}

void _raw_read_lock_bh(rwlock_t *lock)
{
	km_port_point();
	preempt_count_add(SOFTIRQ_LOCK_OFFSET);
	read_take(lock, HERE);
}

void _raw_read_lock_irq(rwlock_t *lock)
{
	km_port_point();
	local_irq_disable();
	preempt_disable();
	read_take(lock, HERE);
}

unsigned long _raw_read_lock_irqsave(rwlock_t *lock)
{
	unsigned long flags;

	km_port_point();
	local_irq_save(flags);
	preempt_disable();
	read_take(lock, HERE);
	return flags;
}

int _raw_read_trylock(rwlock_t *lock)
{
	TOUCH(lock);
	km_port_point();
	preempt_disable();
	if (read_try(lock)) {
		read_taken(lock, HERE);
		return 1;
	}
	preempt_enable();
	return 0;
}

void _raw_read_unlock(rwlock_t *lock)
{
	read_drop(lock, HERE);
	preempt_enable();
	km_port_seam();
}

void _raw_read_unlock_bh(rwlock_t *lock)
{
	read_drop(lock, HERE);
	__local_bh_enable_ip(WATCH_CALLER(), SOFTIRQ_LOCK_OFFSET);
}

void _raw_read_unlock_irq(rwlock_t *lock)
{
	read_drop(lock, HERE);
	local_irq_enable();
	preempt_enable();
	km_port_seam();
}

void _raw_read_unlock_irqrestore(rwlock_t *lock, unsigned long flags)
{
	read_drop(lock, HERE);
	local_irq_restore(flags);
	preempt_enable();
	km_port_seam();
}

/* -- writers ---------------------------------------------------------------------------------- */

void _raw_write_lock(rwlock_t *lock)
{
	km_port_point();
	preempt_disable();
	write_take(lock, HERE);
}

void _raw_write_lock_bh(rwlock_t *lock)
{
	km_port_point();
	preempt_count_add(SOFTIRQ_LOCK_OFFSET);
	write_take(lock, HERE);
}

void _raw_write_lock_irq(rwlock_t *lock)
{
	km_port_point();
	local_irq_disable();
	preempt_disable();
	write_take(lock, HERE);
}

unsigned long _raw_write_lock_irqsave(rwlock_t *lock)
{
	unsigned long flags;

	km_port_point();
	local_irq_save(flags);
	preempt_disable();
	write_take(lock, HERE);
	return flags;
}

int _raw_write_trylock(rwlock_t *lock)
{
	TOUCH(lock);
	km_port_point();
	preempt_disable();
	if (write_try(lock)) {
		write_taken(lock, HERE);
		return 1;
	}
	preempt_enable();
	return 0;
}

void _raw_write_unlock(rwlock_t *lock)
{
	write_drop(lock, HERE);
	preempt_enable();
	km_port_seam();
}

void _raw_write_unlock_bh(rwlock_t *lock)
{
	write_drop(lock, HERE);
	__local_bh_enable_ip(WATCH_CALLER(), SOFTIRQ_LOCK_OFFSET);
}

void _raw_write_unlock_irq(rwlock_t *lock)
{
	write_drop(lock, HERE);
	local_irq_enable();
	preempt_enable();
	km_port_seam();
}

void _raw_write_unlock_irqrestore(rwlock_t *lock, unsigned long flags)
{
	write_drop(lock, HERE);
	local_irq_restore(flags);
	preempt_enable();
	km_port_seam();
}
