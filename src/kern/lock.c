// SPDX-License-Identifier: MIT
/*
 * lock.c - raw_spinlock_t (and spinlock_t, which is one)
 *
 * Owns: the lock word, its owner.  The rules see taking, release and misuse; the engine's own locks
 * are kern/spin.h.
 * L1  The holder has preemption off, so lock->owner == CPU + 1 means that this CPU holds it.  Who
 *     sleeps with it (and was told) may wake on another CPU, and is its owner all the same.
 * L2  Preemption, softirqs or interrupts are off before the word is taken and on again after it is
 *     released.
 * L3  Taken again by its holder: Linux would spin for ever.  While rules are armed it is told,
 *     counted in nested, and let through, so that the program's other findings are reached; with
 *     nobody listening it spins.
 * Any context but NMI; nothing here sleeps.
 */
#include <linux/spinlock.h>
#include <kern/core.h>
#include <kern/tell.h>

struct place { uintptr_t caller, frame; };
#define HERE	((struct place){ WATCH_CALLER(), WATCH_FRAME() })

void __raw_spin_lock_init(raw_spinlock_t *lock, const char *name, struct lock_class_key *key,
			  short inner)
{
	TOUCH(lock);
	*lock = (raw_spinlock_t){ .name = name };
}

static bool spin_try(raw_spinlock_t *lock)
{
	return !__atomic_exchange_n(&lock->raw_lock.slock, 1, __ATOMIC_ACQUIRE);
}

static void spin_taken(raw_spinlock_t *lock, struct place at)
{
	lock->owner = (unsigned short)(km_port_self()->cpu + 1);
	if (unlikely(watch_points))
		held_take(lock, lock->name, at.caller, at.frame);
	km_port_point();
}

/* L3 */
static bool spin_is_recursion(raw_spinlock_t *lock, struct place at)
{
	if (READ_ONCE(lock->owner) != km_port_self()->cpu + 1 || !watch_wants(KM_POINT_LOCK_BAD))
		return false;
	held_bad("spinlock recursion", lock->name, lock, at.caller, at.frame);
	lock->nested++;
	return true;
}

static void spin_take(raw_spinlock_t *lock, struct place at)
{
	touch(lock, sizeof(*lock), true, at.caller, at.frame);
	while (!spin_try(lock)) {
		if (spin_is_recursion(lock, at))
			return;
		while (READ_ONCE(lock->raw_lock.slock))
			km_port_relax();
	}
	spin_taken(lock, at);
}

static void spin_drop(raw_spinlock_t *lock, struct place at)
{
	km_port_point();
	touch(lock, sizeof(*lock), true, at.caller, at.frame);
	if (unlikely(lock->nested)) {
		lock->nested--;
		return;
	}
	if (unlikely(!READ_ONCE(lock->raw_lock.slock)))
		held_bad("spinlock already unlocked", lock->name, lock, at.caller, at.frame);
	else if (unlikely(lock->owner != km_port_self()->cpu + 1) && !held_has(current, lock))
		held_bad("spinlock wrong owner", lock->name, lock, at.caller, at.frame);
	if (unlikely(watch_points))
		held_drop(lock, lock->name, at.caller, at.frame);
	lock->owner = 0;
	__atomic_store_n(&lock->raw_lock.slock, 0, __ATOMIC_RELEASE);
}

/* -- taking ----------------------------------------------------------------------------------- */

void _raw_spin_lock(raw_spinlock_t *lock)
{
	km_port_point();
	preempt_disable();
	spin_take(lock, HERE);
}

void _raw_spin_lock_bh(raw_spinlock_t *lock)
{
	km_port_point();
	preempt_count_add(SOFTIRQ_LOCK_OFFSET);
	spin_take(lock, HERE);
}

void _raw_spin_lock_irq(raw_spinlock_t *lock)
{
	km_port_point();
	local_irq_disable();
	preempt_disable();
	spin_take(lock, HERE);
}

unsigned long _raw_spin_lock_irqsave(raw_spinlock_t *lock)
{
	unsigned long flags;

	km_port_point();
	local_irq_save(flags);
	preempt_disable();
	spin_take(lock, HERE);
	return flags;
}

int _raw_spin_trylock(raw_spinlock_t *lock)
{
	TOUCH(lock);
	km_port_point();
	preempt_disable();
	if (spin_try(lock)) {
		spin_taken(lock, HERE);
		return 1;
	}
	preempt_enable();
	return 0;
}

int _raw_spin_trylock_bh(raw_spinlock_t *lock)
{
	TOUCH(lock);
	km_port_point();
	preempt_count_add(SOFTIRQ_LOCK_OFFSET);
	if (spin_try(lock)) {
		spin_taken(lock, HERE);
		return 1;
	}
	__local_bh_enable_ip(WATCH_CALLER(), SOFTIRQ_LOCK_OFFSET);
	return 0;
}

/* -- releasing -------------------------------------------------------------------------------- */

void _raw_spin_unlock(raw_spinlock_t *lock)
{
	spin_drop(lock, HERE);
	preempt_enable();
	km_port_seam();
}

void _raw_spin_unlock_bh(raw_spinlock_t *lock)
{
	spin_drop(lock, HERE);
	__local_bh_enable_ip(WATCH_CALLER(), SOFTIRQ_LOCK_OFFSET);
}

void _raw_spin_unlock_irq(raw_spinlock_t *lock)
{
	spin_drop(lock, HERE);
	local_irq_enable();
	preempt_enable();
	km_port_seam();
}

void _raw_spin_unlock_irqrestore(raw_spinlock_t *lock, unsigned long flags)
{
	spin_drop(lock, HERE);
	local_irq_restore(flags);
	preempt_enable();
	km_port_seam();
}

/* -- with a counter --------------------------------------------------------------------------- */

/* Count down without the lock; false: it is the last one, which needs the lock. */
static bool counted_down(atomic_t *atomic)
{
	int count = atomic_read(atomic);

	while (count != 1)
		if (atomic_try_cmpxchg(atomic, &count, count - 1))
			return true;
	return false;
}

int _atomic_dec_and_lock(atomic_t *atomic, spinlock_t *lock)
{
	if (counted_down(atomic))
		return 0;
	spin_lock(lock);
	/* Another may have counted up before the lock was ours. */
	if (!atomic_dec_return(atomic))
		return 1;
	spin_unlock(lock);
	return 0;
}

int _atomic_dec_and_lock_irqsave(atomic_t *atomic, spinlock_t *lock, unsigned long *flags)
{
	unsigned long irqs;

	if (counted_down(atomic))
		return 0;
	spin_lock_irqsave(lock, irqs);
	if (atomic_dec_return(atomic)) {
		spin_unlock_irqrestore(lock, irqs);
		return 0;
	}
	*flags = irqs;
	return 1;
}
