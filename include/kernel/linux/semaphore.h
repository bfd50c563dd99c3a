/* SPDX-License-Identifier: MIT */
/* semaphore.h - counting semaphore; up() may be called from any context */
#ifndef __LINUX_SEMAPHORE_H
#define __LINUX_SEMAPHORE_H

#include <linux/list.h>
#include <linux/spinlock.h>

struct semaphore {
	arch_spinlock_t lock;
	unsigned int count;
	struct list_head wait_list;
};

#define __SEMAPHORE_INITIALIZER(name, n)	\
	{ .count = n, .wait_list = { &(name).wait_list, &(name).wait_list } }
#define DEFINE_SEMAPHORE(_name, _n)	struct semaphore _name = __SEMAPHORE_INITIALIZER(_name, _n)

static inline void sema_init(struct semaphore *sem, int val)
{
	*sem = (struct semaphore)__SEMAPHORE_INITIALIZER(*sem, val);
}

void down(struct semaphore *sem) KM_SYM(down) __km_sleeps;
int __must_check down_interruptible(struct semaphore *sem) KM_SYM(down_interruptible) __km_sleeps;
int __must_check down_killable(struct semaphore *sem) KM_SYM(down_killable) __km_sleeps;
/* 0: taken, 1: not */
int __must_check down_trylock(struct semaphore *sem) KM_SYM(down_trylock);
/* 0 or -ETIME */
int __must_check down_timeout(struct semaphore *sem, long timeout) KM_SYM(down_timeout) __km_sleeps;
void up(struct semaphore *sem) KM_SYM(up);

#endif
