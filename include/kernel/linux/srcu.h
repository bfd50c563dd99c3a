/* SPDX-License-Identifier: MIT */
/* srcu.h - RCU whose readers may sleep; each domain waits for its own readers only */
#ifndef _LINUX_SRCU_H
#define _LINUX_SRCU_H

#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

struct srcu_struct {
	atomic_long_t readers[2];	/* by phase */
	unsigned int phase;		/* new readers count into readers[phase & 1] */
	struct mutex mutex;		/* one synchronize_srcu() at a time */
	wait_queue_head_t drained;
	raw_spinlock_t lock;		/* of waiting */
	struct rcu_head *waiting;	/* call_srcu(): newest first */
	struct work_struct work;	/* runs them after a grace period */
};

void km_srcu_work(struct work_struct *work) KM_SYM(srcu_work);

#define __SRCU_STRUCT_INIT(name)                                                                   \
	{                                                                                          \
		.mutex = __MUTEX_INITIALIZER(name.mutex),                                          \
		.drained = __WAIT_QUEUE_HEAD_INITIALIZER(name.drained),                            \
		.lock = __RAW_SPIN_LOCK_UNLOCKED(name.lock),                                       \
		.work = __WORK_INITIALIZER(name.work, km_srcu_work)                                \
	}
#define DEFINE_SRCU(name)		struct srcu_struct name = __SRCU_STRUCT_INIT(name)
#define DEFINE_STATIC_SRCU(name)	static struct srcu_struct name = __SRCU_STRUCT_INIT(name)

int init_srcu_struct(struct srcu_struct *ssp) KM_SYM(init_srcu_struct) __km_sleeps;
void cleanup_srcu_struct(struct srcu_struct *ssp) KM_SYM(cleanup_srcu_struct) __km_sleeps;
int __must_check srcu_read_lock(struct srcu_struct *ssp) KM_SYM(srcu_read_lock);
void srcu_read_unlock(struct srcu_struct *ssp, int idx) KM_SYM(srcu_read_unlock);
void synchronize_srcu(struct srcu_struct *ssp) KM_SYM(synchronize_srcu) __km_sleeps;
void synchronize_srcu_expedited(struct srcu_struct *ssp) KM_SYM(synchronize_srcu_expedited)
	__km_sleeps;

/* @func runs in process context with bottom halves off, after all readers of the domain ended. */
void call_srcu(struct srcu_struct *ssp, struct rcu_head *head, rcu_callback_t func)
	KM_SYM(call_srcu);
/* Until every callback given to call_srcu() before has returned.  Sleeps. */
void srcu_barrier(struct srcu_struct *ssp) KM_SYM(srcu_barrier) __km_sleeps;

/* As Linux without lockdep's lock tracking: nobody says that it is not held. */
static inline int srcu_read_lock_held(const struct srcu_struct *ssp)
{
	return 1;
}

#define srcu_dereference(p, ssp)		rcu_dereference_raw(p)
#define srcu_dereference_check(p, ssp, c)	rcu_dereference_raw(p)
#define smp_mb__after_srcu_read_unlock()	do { } while (0)

DEFINE_LOCK_GUARD_1(srcu, struct srcu_struct, _T->idx = srcu_read_lock(_T->lock),
		    srcu_read_unlock(_T->lock, _T->idx), int idx)

#endif
