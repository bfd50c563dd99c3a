/* SPDX-License-Identifier: MIT */
/*
 * work.h - what workqueue.c (queues), work.c (items) and worker.c (threads) share
 *
 * Q1  WORK_STRUCT_PENDING is set from queueing until a worker has taken the item, or it is
 * cancelled.  A pending item is on its queue's list, or (delayed) its timer is armed or about to
 * put it there. Q2  wq->pending is sorted by turn; turns only grow. Q3  An item runs on one worker
 * at a time.  At most wq->max_active items of a queue run at once. Q4  A worker looks at nothing of
 * the item after its function was called: the function may free it. Lock: work_lock, for all of it.
 * timer_lock may be taken inside.
 */
#ifndef KERN_WORK_H
#define KERN_WORK_H

#include <linux/list.h>
#include <linux/workqueue.h>
#include <kern/core.h>
#include <kern/parts.h>
#include <kern/spin.h>

#define WORKQUEUES	256
#define WORKERS_MAX	256

/* A queue that was destroyed is told by its first word (SHADOW_QUEUE_GONE). */
#define TOUCH_QUEUE(wq)	TOUCH_BYTES((wq), sizeof(long), true)

struct workqueue_struct {
	char name[32];
	unsigned int flags;
	int max_active, active;
	bool is_used, is_system;
	struct list_head pending;	/* work_struct.entry */
	struct list_head waiters;	/* work_waiter.entry */
};

/* Somebody who waits, on the waiter's stack. */
struct work_waiter {
	struct list_head entry;
	struct task_struct *task;
	struct work_struct *work; /* on a queue: until this pending item is taken, then it moves to
				     the worker */
	u64 before_turn;		/* work NULL: until no item with a lower turn is left */
	bool is_done;
};

struct worker {
	struct task_struct *task;
	bool is_used, is_idle;
	bool is_engine;			/* work: was WORK_STRUCT_ENGINE */
	struct work_struct *work;	/* running; NULL: none */
	work_func_t func;
	struct workqueue_struct *wq;
	u64 turn;
	struct list_head waiters;
};

extern struct km_spin work_lock;
extern struct workqueue_struct workqueues[WORKQUEUES];
extern struct worker workers[WORKERS_MAX];
extern u64 work_turn;

/* worker.c */
struct worker *worker_running_locked(const struct work_struct *work);
struct worker *worker_of(const struct task_struct *task);
struct task_struct *worker_rouse_locked(
	void); /* an idle worker that the caller wakes after unlocking; may be NULL */

/* workqueue.c */
void workqueue_settle_locked(
	struct workqueue_struct *wq); /* items left: ends waits that are over */

/* work.c */
void waiters_end_locked(struct list_head *waiters,
			const struct work_struct *work); /* @work NULL: all of the list */
void waiter_add_locked(struct work_waiter *waiter, struct list_head *waiters);
void waiter_wait(struct work_waiter *waiter);	/* until is_done; returns without work_lock */

#endif
