/* SPDX-License-Identifier: MIT */
/* mutex.h - sleeping mutual exclusion; the task that locks unlocks */
#ifndef __LINUX_MUTEX_H
#define __LINUX_MUTEX_H

#include <asm/current.h>
#include <linux/list.h>
#include <linux/spinlock_types.h>
#include <linux/lockdep.h>
#include <linux/atomic.h>
#include <asm/processor.h>
#include <linux/cleanup.h>
#include <linux/mutex_types.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/string.h>

#define __MUTEX_INITIALIZER(lockname)	\
	{ .wait_list = { &(lockname).wait_list, &(lockname).wait_list }, .name = #lockname }
#define DEFINE_MUTEX(mutexname)	struct mutex mutexname = __MUTEX_INITIALIZER(mutexname)

void __mutex_init(struct mutex *lock, const char *name, struct lock_class_key *key)
	KM_SYM(__mutex_init);
void mutex_destroy(struct mutex *lock) KM_SYM(mutex_destroy);
bool mutex_is_locked(struct mutex *lock) KM_SYM(mutex_is_locked);
void mutex_lock(struct mutex *lock) KM_SYM(mutex_lock) __km_sleeps;
int __must_check mutex_lock_interruptible(struct mutex *lock) KM_SYM(mutex_lock_interruptible)
	__km_sleeps;
int __must_check mutex_lock_killable(struct mutex *lock) KM_SYM(mutex_lock_killable) __km_sleeps;
void mutex_lock_io(struct mutex *lock) KM_SYM(mutex_lock_io) __km_sleeps;
int mutex_trylock(struct mutex *lock) KM_SYM(mutex_trylock);	/* 1: taken */
void mutex_unlock(struct mutex *lock) KM_SYM(mutex_unlock);
int atomic_dec_and_mutex_lock(atomic_t *cnt, struct mutex *lock) KM_SYM(atomic_dec_and_mutex_lock);

#define mutex_init(mutex)					\
	do {							\
		static struct lock_class_key __key;		\
		__mutex_init((mutex), #mutex, &__key);		\
	} while (0)
#define mutex_init_with_key(mutex, key)	__mutex_init((mutex), #mutex, (key))
#define mutex_lock_nested(lock, subclass)	\
	(km_lock_subclass(subclass), mutex_lock(lock))
#define mutex_lock_interruptible_nested(lock, subclass)	\
	(km_lock_subclass(subclass), mutex_lock_interruptible(lock))
#define mutex_lock_killable_nested(lock, subclass)	\
	(km_lock_subclass(subclass), mutex_lock_killable(lock))
#define mutex_lock_io_nested(lock, subclass)	\
	(km_lock_subclass(subclass), mutex_lock_io(lock))
#define mutex_lock_nest_lock(lock, nest_lock)		mutex_lock(lock)

DEFINE_GUARD(mutex, struct mutex *, mutex_lock(_T), mutex_unlock(_T))
DEFINE_GUARD_COND(mutex, _try, mutex_trylock(_T))
DEFINE_GUARD_COND(mutex, _intr, mutex_lock_interruptible(_T) == 0)

#endif
