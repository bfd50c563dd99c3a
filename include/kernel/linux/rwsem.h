/* SPDX-License-Identifier: MIT */
/* rwsem.h - sleeping lock, many readers or one writer, in order of arrival */
#ifndef _LINUX_RWSEM_H
#define _LINUX_RWSEM_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/atomic.h>
#include <linux/lockdep.h>
#include <linux/cleanup.h>

struct task_struct;

struct rw_semaphore {
	int count;			/* readers; -1: a writer */
	arch_spinlock_t wait_lock;
	struct task_struct *owner;	/* the writer */
	struct list_head wait_list;
	const char *name;
	struct lock_class class;
	/* who took it although it cannot (reported, then let through), and how often */
	struct task_struct *nester;
	unsigned int nested;
};

#define __RWSEM_INITIALIZER(semname)	\
	{ .wait_list = { &(semname).wait_list, &(semname).wait_list }, .name = #semname }
#define DECLARE_RWSEM(semname)	struct rw_semaphore semname = __RWSEM_INITIALIZER(semname)

void __init_rwsem(struct rw_semaphore *sem, const char *name, struct lock_class_key *key)
	KM_SYM(__init_rwsem);
void down_read(struct rw_semaphore *sem) KM_SYM(down_read) __km_sleeps;
int __must_check down_read_interruptible(struct rw_semaphore *sem) KM_SYM(down_read_interruptible)
	__km_sleeps;
int __must_check down_read_killable(struct rw_semaphore *sem) KM_SYM(down_read_killable)
	__km_sleeps;
int down_read_trylock(struct rw_semaphore *sem) KM_SYM(down_read_trylock);	/* 1: taken */
void down_write(struct rw_semaphore *sem) KM_SYM(down_write) __km_sleeps;
int __must_check down_write_killable(struct rw_semaphore *sem) KM_SYM(down_write_killable)
	__km_sleeps;
int down_write_trylock(struct rw_semaphore *sem) KM_SYM(down_write_trylock);	/* 1: taken */
void up_read(struct rw_semaphore *sem) KM_SYM(up_read);
void up_write(struct rw_semaphore *sem) KM_SYM(up_write);
void downgrade_write(struct rw_semaphore *sem) KM_SYM(downgrade_write);

#define init_rwsem(sem)						\
	do {							\
		static struct lock_class_key __key;		\
		__init_rwsem((sem), #sem, &__key);		\
	} while (0)
#define down_read_nested(sem, subclass)	\
	(km_lock_subclass(subclass), down_read(sem))
#define down_read_killable_nested(sem, subclass)	\
	(km_lock_subclass(subclass), down_read_killable(sem))
#define down_write_nested(sem, subclass)	\
	(km_lock_subclass(subclass), down_write(sem))
#define down_write_killable_nested(sem, subclass)	\
	(km_lock_subclass(subclass), down_write_killable(sem))
#define down_write_nest_lock(sem, nest_lock)		down_write(sem)

static inline int rwsem_is_locked(struct rw_semaphore *sem)
{
	return READ_ONCE(sem->count) != 0;
}

static inline int rwsem_is_contended(struct rw_semaphore *sem)
{
	return !list_empty(&sem->wait_list);
}

static inline void rwsem_assert_held(struct rw_semaphore *sem)
{
	lockdep_assert_held(sem);
}

static inline void rwsem_assert_held_write(struct rw_semaphore *sem)
{
	lockdep_assert_held_write(sem);
}

DEFINE_GUARD(rwsem_read, struct rw_semaphore *, down_read(_T), up_read(_T))
DEFINE_GUARD_COND(rwsem_read, _try, down_read_trylock(_T))
DEFINE_GUARD_COND(rwsem_read, _intr, down_read_interruptible(_T) == 0)
DEFINE_GUARD(rwsem_write, struct rw_semaphore *, down_write(_T), up_write(_T))
DEFINE_GUARD_COND(rwsem_write, _try, down_write_trylock(_T))

#endif
