/* SPDX-License-Identifier: MIT */
/*
 * spinlock.h - spinlock_t and raw_spinlock_t
 *
 * Holding one raises preempt_count (and masks softirqs or interrupts, as the variant says): atomic
 * context, nothing may sleep. Taking and releasing are places where another CPU may run.  Held
 * locks are recorded while rules are armed.
 */
#ifndef __LINUX_SPINLOCK_H
#define __LINUX_SPINLOCK_H

#include <linux/typecheck.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/preempt.h>
#include <linux/compiler.h>
#include <linux/irqflags.h>
#include <linux/stringify.h>
#include <linux/bottom_half.h>
#include <linux/lockdep.h>
#include <linux/cleanup.h>
#include <asm/processor.h>
#include <asm/barrier.h>
#include <linux/spinlock_types.h>
#include <linux/rwlock.h>

void __raw_spin_lock_init(raw_spinlock_t *lock, const char *name, struct lock_class_key *key,
			  short inner) KM_SYM(__raw_spin_lock_init);
void _raw_spin_lock(raw_spinlock_t *lock) KM_SYM(_raw_spin_lock) __km_begins(__in_spin_lock);
void _raw_spin_lock_bh(raw_spinlock_t *lock) KM_SYM(_raw_spin_lock_bh)
	__km_begins(__in_spin_lock_bh);
void _raw_spin_lock_irq(raw_spinlock_t *lock) KM_SYM(_raw_spin_lock_irq)
	__km_begins(__in_spin_lock_irq);
unsigned long _raw_spin_lock_irqsave(raw_spinlock_t *lock) KM_SYM(_raw_spin_lock_irqsave)
	__km_begins(__in_spin_lock_irq);
int _raw_spin_trylock(raw_spinlock_t *lock) KM_SYM(_raw_spin_trylock) __km_tries;
int _raw_spin_trylock_bh(raw_spinlock_t *lock) KM_SYM(_raw_spin_trylock_bh) __km_tries;
void _raw_spin_unlock(raw_spinlock_t *lock) KM_SYM(_raw_spin_unlock) __km_ends_spin;
void _raw_spin_unlock_bh(raw_spinlock_t *lock) KM_SYM(_raw_spin_unlock_bh) __km_ends_spin_bh;
void _raw_spin_unlock_irq(raw_spinlock_t *lock) KM_SYM(_raw_spin_unlock_irq) __km_ends_spin_irq;
void _raw_spin_unlock_irqrestore(raw_spinlock_t *lock, unsigned long flags)
	KM_SYM(_raw_spin_unlock_irqrestore) __km_ends_spin_irq;

#define raw_spin_lock_init(lock)						\
	do {									\
		static struct lock_class_key __key;				\
		__raw_spin_lock_init((lock), #lock, &__key, LD_WAIT_SPIN);	\
	} while (0)
#define raw_spin_is_locked(lock)	(READ_ONCE((lock)->raw_lock.slock) != 0)
#define raw_spin_is_contended(lock)	(((void)(lock), 0))
#define assert_raw_spin_locked(x)	lockdep_assert(raw_spin_is_locked(x))
#define raw_spin_lock(lock)		_raw_spin_lock(lock)
#define raw_spin_lock_nested(lock, sub)	(((void)(sub)), _raw_spin_lock(lock))
#define raw_spin_lock_bh(lock)		_raw_spin_lock_bh(lock)
#define raw_spin_lock_irq(lock)		_raw_spin_lock_irq(lock)
#define raw_spin_lock_irqsave(lock, flags)	\
	do { typecheck(unsigned long, flags); flags = _raw_spin_lock_irqsave(lock); } while (0)
#define raw_spin_lock_irqsave_nested(lock, flags, sub)	raw_spin_lock_irqsave(lock, flags)
#define raw_spin_trylock(lock)		_raw_spin_trylock(lock)
#define raw_spin_trylock_bh(lock)	_raw_spin_trylock_bh(lock)
#define raw_spin_trylock_irq(lock)		km_spin_trylock_irq(lock)
#define raw_spin_trylock_irqsave(lock, flags)	km_spin_trylock_irqsave(lock, &(flags))
#define raw_spin_unlock(lock)		_raw_spin_unlock(lock)
#define raw_spin_unlock_bh(lock)	_raw_spin_unlock_bh(lock)
#define raw_spin_unlock_irq(lock)	_raw_spin_unlock_irq(lock)
#define raw_spin_unlock_irqrestore(lock, flags)	\
	do { typecheck(unsigned long, flags); _raw_spin_unlock_irqrestore(lock, flags); } while (0)

static __always_inline __km_tries int km_spin_trylock_irq(raw_spinlock_t *lock)
{
	local_irq_disable();
	if (raw_spin_trylock(lock))
		return 1;
	local_irq_enable();
	return 0;
}

static __always_inline __km_tries int
km_spin_trylock_irqsave(raw_spinlock_t *lock, unsigned long *flags)
{
	local_irq_save(*flags);
	if (raw_spin_trylock(lock))
		return 1;
	local_irq_restore(*flags);
	return 0;
}

static __always_inline __km_tries int
km_write_trylock_irqsave(rwlock_t *lock, unsigned long *flags)
{
	local_irq_save(*flags);
	if (write_trylock(lock))
		return 1;
	local_irq_restore(*flags);
	return 0;
}

static __always_inline raw_spinlock_t *spinlock_check(spinlock_t *lock)
{
	return &lock->rlock;
}

#define spin_lock_init(lock)							\
	do {									\
		static struct lock_class_key __key;				\
		__raw_spin_lock_init(spinlock_check(lock), #lock, &__key, LD_WAIT_CONFIG);	\
	} while (0)

static __always_inline __km_begins(__in_spin_lock) void spin_lock(spinlock_t *lock)
{
	raw_spin_lock(&lock->rlock);
}

static __always_inline __km_begins(__in_spin_lock_bh) void spin_lock_bh(spinlock_t *lock)
{
	raw_spin_lock_bh(&lock->rlock);
}

static __always_inline __km_begins(__in_spin_lock_irq) void spin_lock_irq(spinlock_t *lock)
{
	raw_spin_lock_irq(&lock->rlock);
}

static __always_inline __km_tries int spin_trylock(spinlock_t *lock)
{
	return raw_spin_trylock(&lock->rlock);
}

static __always_inline __km_tries int spin_trylock_bh(spinlock_t *lock)
{
	return raw_spin_trylock_bh(&lock->rlock);
}

static __always_inline __km_tries int spin_trylock_irq(spinlock_t *lock)
{
	return raw_spin_trylock_irq(&lock->rlock);
}

static __always_inline __km_ends_spin void spin_unlock(spinlock_t *lock)
{
	raw_spin_unlock(&lock->rlock);
}

static __always_inline __km_ends_spin_bh void spin_unlock_bh(spinlock_t *lock)
{
	raw_spin_unlock_bh(&lock->rlock);
}

static __always_inline __km_ends_spin_irq void spin_unlock_irq(spinlock_t *lock)
{
	raw_spin_unlock_irq(&lock->rlock);
}

static __always_inline __km_ends_spin_irq void
spin_unlock_irqrestore(spinlock_t *lock, unsigned long flags)
{
	raw_spin_unlock_irqrestore(&lock->rlock, flags);
}

static __always_inline int spin_is_locked(spinlock_t *lock)
{
	return raw_spin_is_locked(&lock->rlock);
}

static __always_inline int spin_is_contended(spinlock_t *lock)
{
	return raw_spin_is_contended(&lock->rlock);
}

static inline int spin_needbreak(spinlock_t *lock)
{
	return 0;
}

#define spin_lock_nested(lock, subclass)	raw_spin_lock_nested(spinlock_check(lock), subclass)
#define spin_lock_nest_lock(lock, nest)		spin_lock(lock)
#define spin_lock_irqsave(lock, flags)		raw_spin_lock_irqsave(spinlock_check(lock), flags)
#define spin_lock_irqsave_nested(lock, flags, sub) \
	raw_spin_lock_irqsave(spinlock_check(lock), flags)
#define spin_lock_bh_nested(lock, subclass)	spin_lock_bh(lock)
#define spin_trylock_irqsave(lock, flags) \
	raw_spin_trylock_irqsave(spinlock_check(lock), flags)
#define assert_spin_locked(lock)		assert_raw_spin_locked(&(lock)->rlock)

/* 1 with the lock held when @atomic fell to zero. */
int _atomic_dec_and_lock(atomic_t *atomic, spinlock_t *lock) KM_SYM(_atomic_dec_and_lock)
	__km_tries;
int _atomic_dec_and_lock_irqsave(atomic_t *atomic, spinlock_t *lock, unsigned long *flags)
	KM_SYM(_atomic_dec_and_lock_irqsave) __km_tries;
#define atomic_dec_and_lock(atomic, lock)	_atomic_dec_and_lock(atomic, lock)
#define atomic_dec_and_lock_irqsave(atomic, lock, flags) \
	_atomic_dec_and_lock_irqsave(atomic, lock, &(flags))

KM_LOCK_GUARD_1(raw_spinlock, __km_guard_begins(__in_spin_lock),
		__km_guard_ends(KM_ENDED_BY_spin),
		raw_spinlock_t, raw_spin_lock(_T->lock), raw_spin_unlock(_T->lock))
DEFINE_LOCK_GUARD_1_COND(raw_spinlock, _try, raw_spin_trylock(_T->lock))
KM_LOCK_GUARD_1(raw_spinlock_nested, __km_guard_begins(__in_spin_lock),
		__km_guard_ends(KM_ENDED_BY_spin),
		raw_spinlock_t, raw_spin_lock_nested(_T->lock, SINGLE_DEPTH_NESTING),
		raw_spin_unlock(_T->lock))
KM_LOCK_GUARD_1(raw_spinlock_irq, __km_guard_begins(__in_spin_lock_irq),
		__km_guard_ends(KM_ENDED_BY_spin_irq),
		raw_spinlock_t, raw_spin_lock_irq(_T->lock), raw_spin_unlock_irq(_T->lock))
DEFINE_LOCK_GUARD_1_COND(raw_spinlock_irq, _try, raw_spin_trylock_irq(_T->lock))
KM_LOCK_GUARD_1(raw_spinlock_irqsave, __km_guard_begins(__in_spin_lock_irq),
		__km_guard_ends(KM_ENDED_BY_spin_irq),
		raw_spinlock_t, raw_spin_lock_irqsave(_T->lock, _T->flags),
		raw_spin_unlock_irqrestore(_T->lock, _T->flags), unsigned long flags)
DEFINE_LOCK_GUARD_1_COND(raw_spinlock_irqsave, _try, raw_spin_trylock_irqsave(_T->lock, _T->flags))
KM_LOCK_GUARD_1(spinlock, __km_guard_begins(__in_spin_lock),
		__km_guard_ends(KM_ENDED_BY_spin),
		spinlock_t, spin_lock(_T->lock), spin_unlock(_T->lock))
DEFINE_LOCK_GUARD_1_COND(spinlock, _try, spin_trylock(_T->lock))
KM_LOCK_GUARD_1(spinlock_irq, __km_guard_begins(__in_spin_lock_irq),
		__km_guard_ends(KM_ENDED_BY_spin_irq),
		spinlock_t, spin_lock_irq(_T->lock), spin_unlock_irq(_T->lock))
DEFINE_LOCK_GUARD_1_COND(spinlock_irq, _try, spin_trylock_irq(_T->lock))
KM_LOCK_GUARD_1(spinlock_bh, __km_guard_begins(__in_spin_lock_bh),
		__km_guard_ends(KM_ENDED_BY_spin_bh),
		spinlock_t, spin_lock_bh(_T->lock), spin_unlock_bh(_T->lock))
DEFINE_LOCK_GUARD_1_COND(spinlock_bh, _try, spin_trylock_bh(_T->lock))
KM_LOCK_GUARD_1(spinlock_irqsave, __km_guard_begins(__in_spin_lock_irq),
		__km_guard_ends(KM_ENDED_BY_spin_irq),
		spinlock_t, spin_lock_irqsave(_T->lock, _T->flags),
		spin_unlock_irqrestore(_T->lock, _T->flags), unsigned long flags)
DEFINE_LOCK_GUARD_1_COND(spinlock_irqsave, _try, spin_trylock_irqsave(_T->lock, _T->flags))
KM_LOCK_GUARD_1(read_lock, __km_guard_begins(__in_rwlock),
		__km_guard_ends(KM_ENDED_BY_rwlock),
		rwlock_t, read_lock(_T->lock), read_unlock(_T->lock))
KM_LOCK_GUARD_1(read_lock_irq, __km_guard_begins(__in_rwlock_irq),
		__km_guard_ends(KM_ENDED_BY_rwlock_irq),
		rwlock_t, read_lock_irq(_T->lock), read_unlock_irq(_T->lock))
KM_LOCK_GUARD_1(read_lock_irqsave, __km_guard_begins(__in_rwlock_irq),
		__km_guard_ends(KM_ENDED_BY_rwlock_irq),
		rwlock_t, read_lock_irqsave(_T->lock, _T->flags),
		read_unlock_irqrestore(_T->lock, _T->flags), unsigned long flags)
KM_LOCK_GUARD_1(write_lock, __km_guard_begins(__in_rwlock),
		__km_guard_ends(KM_ENDED_BY_rwlock),
		rwlock_t, write_lock(_T->lock), write_unlock(_T->lock))
KM_LOCK_GUARD_1(write_lock_irq, __km_guard_begins(__in_rwlock_irq),
		__km_guard_ends(KM_ENDED_BY_rwlock_irq),
		rwlock_t, write_lock_irq(_T->lock), write_unlock_irq(_T->lock))
KM_LOCK_GUARD_1(write_lock_irqsave, __km_guard_begins(__in_rwlock_irq),
		__km_guard_ends(KM_ENDED_BY_rwlock_irq),
		rwlock_t, write_lock_irqsave(_T->lock, _T->flags),
		write_unlock_irqrestore(_T->lock, _T->flags), unsigned long flags)

#endif
