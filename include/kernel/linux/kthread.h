/* SPDX-License-Identifier: MIT */
/*
 * kthread.h - kernel threads, and workers: threads that run what is queued on them, in its order
 *
 * An item is on one worker at a time.  Whoever destroys a worker sees to it that nobody queues on
 * it any more, and that no delayed item is still to come.
 */
#ifndef _LINUX_KTHREAD_H
#define _LINUX_KTHREAD_H

#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/sched.h>
#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/timer.h>

/* New thread, asleep until wake_up_process(); ERR_PTR(-ENOMEM). Sleeps. */
__printf(4, 5) struct task_struct *kthread_create_on_node(int (*threadfn)(void *data), void *data,
							  int node, const char namefmt[], ...)
	KM_SYM(kthread_create_on_node) __km_sleeps;
#define kthread_create(threadfn, data, namefmt, arg...)	\
	kthread_create_on_node(threadfn, data, -1, namefmt, ##arg)
#define kthread_run(threadfn, data, namefmt, ...)				\
({										\
	struct task_struct *__new = kthread_create(threadfn, data, namefmt, ##__VA_ARGS__);	\
	if (!IS_ERR(__new))							\
		wake_up_process(__new);						\
	__new;									\
})

/* its return value; -EINTR: it never ran */
int kthread_stop(struct task_struct *k) KM_SYM(kthread_stop) __km_sleeps;
int kthread_stop_put(struct task_struct *k) KM_SYM(kthread_stop_put)
	__km_sleeps;	/* then put_task_struct() */
bool kthread_should_stop(void) KM_SYM(kthread_should_stop);
void *kthread_func(struct task_struct *k) KM_SYM(kthread_func);
void *kthread_data(struct task_struct *k) KM_SYM(kthread_data);
void __noreturn kthread_exit(long result) KM_SYM(kthread_exit);
void __noreturn kthread_complete_and_exit(struct completion *comp, long code)
	KM_SYM(kthread_complete_and_exit);

/* -- workers: kern/kthread_worker.c, kapi/kthread_make.c --------------------------------------- */
enum { KTW_FREEZABLE = 1 << 0 };	/* nothing freezes here */

struct kthread_work;
typedef void (*kthread_work_func_t)(struct kthread_work *work);
void kthread_delayed_work_timer_fn(struct timer_list *t) KM_SYM(kthread_delayed_work_timer_fn);

struct kthread_worker {
	unsigned int flags;
	raw_spinlock_t lock;			/* for Linux's layout: kern has a lock of its own */
	struct list_head work_list;
	struct list_head delayed_work_list;
	struct task_struct *task;
	struct kthread_work *current_work;
	/* ours: the turn of the item that runs, and who waits for the end of a turn */
	u64 km_turn;
	struct list_head km_waiters;
};

struct kthread_work {
	struct list_head node;
	kthread_work_func_t func;
	struct kthread_worker *worker;
	int canceling;
	/* ours */
	u64 km_turn;
	struct list_head km_pending;		/* of all that wait to run: armed.h */
};

struct kthread_delayed_work {
	struct kthread_work work;
	struct timer_list timer;
};

#define KTHREAD_WORK_INIT(work, fn)	{ .node = LIST_HEAD_INIT((work).node), .func = (fn) }
#define KTHREAD_DELAYED_WORK_INIT(dwork, fn)						\
	{ .work = KTHREAD_WORK_INIT((dwork).work, (fn)),				\
	  .timer = __TIMER_INITIALIZER(kthread_delayed_work_timer_fn, TIMER_IRQSAFE) }
#define DEFINE_KTHREAD_WORK(work, fn)		\
	struct kthread_work work = KTHREAD_WORK_INIT(work, fn)
#define DEFINE_KTHREAD_DELAYED_WORK(dwork, fn)	\
	struct kthread_delayed_work dwork = KTHREAD_DELAYED_WORK_INIT(dwork, fn)

static inline void kthread_init_worker(struct kthread_worker *worker)
{
	*worker = (struct kthread_worker){ .flags = 0 };
	raw_spin_lock_init(&worker->lock);
	INIT_LIST_HEAD(&worker->work_list);
	INIT_LIST_HEAD(&worker->delayed_work_list);
	INIT_LIST_HEAD(&worker->km_waiters);
}

static inline void kthread_init_work(struct kthread_work *work, kthread_work_func_t fn)
{
	*work = (struct kthread_work){ .func = fn };
	INIT_LIST_HEAD(&work->node);
}

#define kthread_init_delayed_work(dwork, fn)						\
do {											\
	kthread_init_work(&(dwork)->work, (fn));					\
	timer_setup(&(dwork)->timer, kthread_delayed_work_timer_fn, TIMER_IRQSAFE);	\
} while (0)

/* What the thread of a worker runs until it is stopped. */
int kthread_worker_fn(void *worker_ptr) KM_SYM(kthread_worker_fn);
/* A worker and its thread, running; ERR_PTR(-ENOMEM).  Sleeps. */
__printf(2, 3) struct kthread_worker *kthread_create_worker(unsigned int flags,
							    const char namefmt[], ...)
	KM_SYM(kthread_create_worker) __km_sleeps;
__printf(3, 4) struct kthread_worker *kthread_create_worker_on_cpu(int cpu, unsigned int flags,
								   const char namefmt[], ...)
	KM_SYM(kthread_create_worker_on_cpu) __km_sleeps;
/* false: it is queued already, or being cancelled */
bool kthread_queue_work(struct kthread_worker *worker, struct kthread_work *work)
	KM_SYM(kthread_queue_work);
bool kthread_queue_delayed_work(struct kthread_worker *worker, struct kthread_delayed_work *dwork,
				unsigned long delay) KM_SYM(kthread_queue_delayed_work);
/* true: it waited already, and does so anew */
bool kthread_mod_delayed_work(struct kthread_worker *worker, struct kthread_delayed_work *dwork,
			      unsigned long delay) KM_SYM(kthread_mod_delayed_work);
void kthread_flush_work(struct kthread_work *work) KM_SYM(kthread_flush_work) __km_sleeps;
void kthread_flush_worker(struct kthread_worker *worker) KM_SYM(kthread_flush_worker) __km_sleeps;
/* true: it was waiting to run */
bool kthread_cancel_work_sync(struct kthread_work *work) KM_SYM(kthread_cancel_work_sync)
	__km_sleeps;
bool kthread_cancel_delayed_work_sync(struct kthread_delayed_work *dwork)
	KM_SYM(kthread_cancel_delayed_work_sync) __km_sleeps;
/* What is queued runs, then thread and worker go. */
void kthread_destroy_worker(struct kthread_worker *worker) KM_SYM(kthread_destroy_worker)
	__km_sleeps;

static inline bool kthread_freezable_should_stop(bool *was_frozen)
{
	if (was_frozen)
		*was_frozen = false;
	return kthread_should_stop();
}

/* Threads are not bound to CPUs here, and have no priorities: @p runs where it comes to run. */
static inline void kthread_bind(struct task_struct *p, unsigned int cpu) { }
static inline void kthread_bind_mask(struct task_struct *p, const struct cpumask *mask) { }
static inline void set_user_nice(struct task_struct *p, long nice) { }
static inline void sched_set_fifo(struct task_struct *p) { }
static inline void sched_set_fifo_low(struct task_struct *p) { }
static inline void sched_set_normal(struct task_struct *p, int nice) { }

#endif
