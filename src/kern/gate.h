/* SPDX-License-Identifier: MIT */
/*
 * gate.h - a queue of tasks in front of a sleeping lock, in order of arrival, served by direct
 * handover
 *
 * The lock's owner decides under its wait_lock whom to let in (gate_grant); the waiter leaves
 * gate_wait() with what it waited for already in its name, so nobody can step in between.
 */
#ifndef KERN_GATE_H
#define KERN_GATE_H

#include <linux/list.h>
#include <linux/sched.h>
#include <linux/spinlock_types_raw.h>
#include <kern/spin.h>

struct gate_waiter {
	struct list_head entry;
	struct task_struct *task;
	bool is_writer;
	bool is_granted;
};

/* An arch_spinlock_t is one word like the engine's lock. */
static inline unsigned long gate_lock(arch_spinlock_t *lock)
{
	return km_spin_lock((struct km_spin *)lock);
}

static inline void gate_unlock(arch_spinlock_t *lock, unsigned long irq)
{
	km_spin_unlock((struct km_spin *)lock, irq);
}

/* Under the lock: the caller becomes the last of @queue. */
static inline void gate_join(struct gate_waiter *waiter, struct list_head *queue, bool is_writer)
{
	waiter->task = current;
	waiter->is_writer = is_writer;
	waiter->is_granted = false;
	list_add_tail(&waiter->entry, queue);
}

/* Under the lock: the longest-waiting, NULL if there is none. */
static inline struct gate_waiter *gate_first(struct list_head *queue)
{
	return list_empty(queue) ? NULL : list_first_entry(queue, struct gate_waiter, entry);
}

void gate_grant(struct gate_waiter *waiter);	/* under the lock */
/*
 * Not under the lock.  Sleep in @state until granted, or for *timeout jiffies (then *timeout
 * becomes what is left of them).  False: the time is over, or a signal came that ends the sleep
 * (*timeout is not 0 then), and the caller is no longer in the queue.
 */
bool gate_wait(struct gate_waiter *waiter, arch_spinlock_t *lock, unsigned int state,
	       long *timeout);

#endif
