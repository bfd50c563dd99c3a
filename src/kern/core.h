/* SPDX-License-Identifier: MIT */
/*
 * core.h - what the files of kern ask of its lower half: context, held locks, tasks, threads, RCU
 * (the upper half: parts.h)
 */
#ifndef KERN_CORE_H
#define KERN_CORE_H

#include <kmalloc/port.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <watch/watch.h>

#include <kern/kern.h>
#include <kern/parts.h>
#include <kern/spin.h>
#include <kern/tell.h>

/* -- context.c -------------------------------------------------------------------------------- */

/* Tell MIGHT_SLEEP: the API function @what was entered.  Use the macro in that function itself. */
void context_might_sleep(const char *what, uintptr_t caller, uintptr_t frame);
#define KERN_MIGHT_SLEEP(what)	context_might_sleep((what), WATCH_CALLER(), WATCH_FRAME())

/* Tell CONTEXT_BAD. */
void context_bad(const char *what, uintptr_t caller, uintptr_t frame);

/* -- held.c: the locks a task holds, recorded while rules are armed --------------------------- */
void held_take(const void *lock, const char *name, uintptr_t caller, uintptr_t frame);
void held_drop(const void *lock, const char *name, uintptr_t caller, uintptr_t frame);
/* The same for a lock that sleeps: taken, found taken, and taken again by its holder. */
struct held_call {
	const void *lock;
	const char *name;
	struct km_lock_call how;
	uintptr_t caller, frame;
};
struct held_call held_call(const void *lock, const char *name, const struct lock_class *class,
			   uintptr_t caller, uintptr_t frame);
void held_take_sleeping(const struct held_call *call);
void held_wait(const struct held_call *call);
void held_again(const struct held_call *call, const char *what);
bool held_has(const struct task_struct *task, const void *lock);
/* Tell LOCK_BAD: "@what, lock: @name". */
void held_bad(const char *what, const char *name, const void *lock, uintptr_t caller,
	      uintptr_t frame);

/* One load and a test where nobody listens. */
#define HELD_TAKE(lock, name)                                                                      \
	do {                                                                                       \
		if (unlikely(watch_points))                                                        \
			held_take((lock), (name), WATCH_CALLER(), WATCH_FRAME());                  \
	} while (0)
#define HELD_DROP(lock, name)                                                                      \
	do {                                                                                       \
		if (unlikely(watch_points))                                                        \
			held_drop((lock), (name), WATCH_CALLER(), WATCH_FRAME());                  \
	} while (0)

/* -- task.c ----------------------------------------------------------------------------------- */
void task_name(struct task_struct *task, const char *format, ...) __printf(2, 3);
/* its fields, except the name; in the list from now on */
void task_begin(struct task_struct *task);
void task_number(struct task_struct *task);	/* the next pid */
void task_end(struct task_struct *task);			/* out of the list */
/*
 * Call @see for each task while none can come or go; stops when it answers true, which is then the
 * result.
 */
bool task_any(bool (*see)(struct task_struct *task, void *arg), void *arg);
/* the caller ends: until nobody refers to it any more */
void task_reap_wait(void);
/* true: it slept in one of @state */
bool task_wake(struct task_struct *task, unsigned int state);

/* -- boot.c ----------------------------------------------------------------------------------- */
void kern_fault(const struct km_port_fault *fault);		/* kern_port_hooks.fault */

/* -- thread.c: kern's own threads; neither told as resources nor made to fail ----------------- */
/* runs; NULL: none can be had */
struct task_struct *thread_start(int (*fn)(void *data), void *data, const char *name);
void thread_stop(struct task_struct *task);
unsigned int thread_left(kern_left_fn see, void *arg);

/* -- kthread_worker.c: the two halves of kthread_destroy_worker(), its memory goes in between -- */
struct kthread_worker;
void kthread_worker_end(struct kthread_worker *worker);
void kthread_worker_forget(struct kthread_worker *worker);

/* -- wait.c, percpu_static.c, rcu.c ----------------------------------------------------------- */
void wait_boot(void);
int percpu_static_boot(void);
int rcu_boot(void);
void rcu_shutdown(void);

#endif
