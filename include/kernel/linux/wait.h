/* SPDX-License-Identifier: MIT */
/*
 * wait.h - wait queues: sleep until a condition holds
 *
 * The waiter queues itself, sets its task state, looks at the condition and only then gives up the
 * CPU, so a wake-up between the look and the sleep is not lost.  An interruptible wait of a task of
 * user space ends with -ERESTARTSYS when it is interrupted.
 */
#ifndef _LINUX_WAIT_H
#define _LINUX_WAIT_H

#include <linux/list.h>
#include <linux/stddef.h>
#include <linux/spinlock.h>
#include <linux/might_sleep.h>
#include <linux/sched.h>
#include <asm/current.h>

typedef struct wait_queue_entry wait_queue_entry_t;
typedef int (*wait_queue_func_t)(struct wait_queue_entry *wq_entry, unsigned int mode, int flags,
				 void *key);

#define WQ_FLAG_EXCLUSIVE	0x01
#define WQ_FLAG_WOKEN		0x02
#define WQ_FLAG_CUSTOM		0x04
#define WQ_FLAG_DONE		0x08
#define WQ_FLAG_PRIORITY	0x10

struct wait_queue_entry {
	unsigned int flags;
	void *private;			/* the task */
	wait_queue_func_t func;
	struct list_head entry;
};

struct wait_queue_head {
	spinlock_t lock;
	struct list_head head;
};
typedef struct wait_queue_head wait_queue_head_t;

int default_wake_function(struct wait_queue_entry *wq_entry, unsigned int mode, int flags,
			  void *key) KM_SYM(default_wake_function);
int autoremove_wake_function(struct wait_queue_entry *wq_entry, unsigned int mode, int sync,
			     void *key) KM_SYM(autoremove_wake_function);
int woken_wake_function(struct wait_queue_entry *wq_entry, unsigned int mode, int sync, void *key)
	KM_SYM(woken_wake_function);

#define __WAITQUEUE_INITIALIZER(name, tsk)	\
	{ .private = tsk, .func = default_wake_function, .entry = { NULL, NULL } }
#define DECLARE_WAITQUEUE(name, tsk) \
	struct wait_queue_entry name = __WAITQUEUE_INITIALIZER(name, tsk)
#define __WAIT_QUEUE_HEAD_INITIALIZER(name)	\
	{ .lock = __SPIN_LOCK_INITIALIZER(name.lock), .head = LIST_HEAD_INIT(name.head) }
#define DECLARE_WAIT_QUEUE_HEAD(name) \
	struct wait_queue_head name = __WAIT_QUEUE_HEAD_INITIALIZER(name)
#define DECLARE_WAIT_QUEUE_HEAD_ONSTACK(name)	DECLARE_WAIT_QUEUE_HEAD(name)

void __init_waitqueue_head(struct wait_queue_head *wq_head, const char *name,
			   struct lock_class_key *key) KM_SYM(__init_waitqueue_head);
#define init_waitqueue_head(wq_head)					\
	do {								\
		static struct lock_class_key __key;			\
		__init_waitqueue_head((wq_head), #wq_head, &__key);	\
	} while (0)

static inline void init_waitqueue_entry(struct wait_queue_entry *wq_entry, struct task_struct *p)
{
	wq_entry->flags = 0;
	wq_entry->private = p;
	wq_entry->func = default_wake_function;
}

static inline void init_waitqueue_func_entry(struct wait_queue_entry *wq_entry,
					     wait_queue_func_t func)
{
	wq_entry->flags = 0;
	wq_entry->private = NULL;
	wq_entry->func = func;
}

/* Without the lock this is a hint only; wq_has_sleeper() has the barrier that most callers need. */
static inline int waitqueue_active(struct wait_queue_head *wq_head)
{
	return !list_empty(&wq_head->head);
}

static inline bool wq_has_single_sleeper(struct wait_queue_head *wq_head)
{
	return list_is_singular(&wq_head->head);
}

static inline bool wq_has_sleeper(struct wait_queue_head *wq_head)
{
	smp_mb();
	return waitqueue_active(wq_head);
}

void add_wait_queue(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry)
	KM_SYM(add_wait_queue);
void add_wait_queue_exclusive(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry)
	KM_SYM(add_wait_queue_exclusive);
void add_wait_queue_priority(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry)
	KM_SYM(add_wait_queue_priority);
void remove_wait_queue(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry)
	KM_SYM(remove_wait_queue);

/* The caller holds wq_head->lock. */
static inline void __add_wait_queue(struct wait_queue_head *wq_head,
				    struct wait_queue_entry *wq_entry)
{
	list_add(&wq_entry->entry, &wq_head->head);
}

static inline void __add_wait_queue_entry_tail(struct wait_queue_head *wq_head,
					       struct wait_queue_entry *wq_entry)
{
	list_add_tail(&wq_entry->entry, &wq_head->head);
}

static inline void __add_wait_queue_exclusive(struct wait_queue_head *wq_head,
					      struct wait_queue_entry *wq_entry)
{
	wq_entry->flags |= WQ_FLAG_EXCLUSIVE;
	__add_wait_queue(wq_head, wq_entry);
}

static inline void __add_wait_queue_entry_tail_exclusive(struct wait_queue_head *wq_head,
							 struct wait_queue_entry *wq_entry)
{
	wq_entry->flags |= WQ_FLAG_EXCLUSIVE;
	__add_wait_queue_entry_tail(wq_head, wq_entry);
}

static inline void __remove_wait_queue(struct wait_queue_head *wq_head,
				       struct wait_queue_entry *wq_entry)
{
	list_del(&wq_entry->entry);
}

/*
 * Wake the waiters whose task state is in @mode: all that are not exclusive, and @nr_exclusive of
 * the others (0: all).
 */
int __wake_up(struct wait_queue_head *wq_head, unsigned int mode, int nr, void *key)
	KM_SYM(__wake_up);
void __wake_up_sync(struct wait_queue_head *wq_head, unsigned int mode) KM_SYM(__wake_up_sync);
void __wake_up_sync_key(struct wait_queue_head *wq_head, unsigned int mode, void *key)
	KM_SYM(__wake_up_sync_key);
void __wake_up_locked(struct wait_queue_head *wq_head, unsigned int mode, int nr)
	KM_SYM(__wake_up_locked);
void __wake_up_locked_key(struct wait_queue_head *wq_head, unsigned int mode, void *key)
	KM_SYM(__wake_up_locked_key);

#define wake_up(x)			__wake_up(x, TASK_NORMAL, 1, NULL)
#define wake_up_nr(x, nr)		__wake_up(x, TASK_NORMAL, nr, NULL)
#define wake_up_all(x)			__wake_up(x, TASK_NORMAL, 0, NULL)
#define wake_up_locked(x)		__wake_up_locked((x), TASK_NORMAL, 1)
#define wake_up_all_locked(x)		__wake_up_locked((x), TASK_NORMAL, 0)
#define wake_up_sync(x)			__wake_up_sync(x, TASK_NORMAL)
#define wake_up_interruptible(x)	__wake_up(x, TASK_INTERRUPTIBLE, 1, NULL)
#define wake_up_interruptible_nr(x, nr)	__wake_up(x, TASK_INTERRUPTIBLE, nr, NULL)
#define wake_up_interruptible_all(x)	__wake_up(x, TASK_INTERRUPTIBLE, 0, NULL)
#define wake_up_interruptible_sync(x)	__wake_up_sync((x), TASK_INTERRUPTIBLE)
#define poll_to_key(m)			((void *)(uintptr_t)(unsigned int)(m))
#define key_to_poll(m)			((unsigned int)(uintptr_t)(void *)(m))
#define wake_up_poll(x, m)		__wake_up(x, TASK_NORMAL, 1, poll_to_key(m))
#define wake_up_interruptible_poll(x, m)	__wake_up(x, TASK_INTERRUPTIBLE, 1, poll_to_key(m))

void prepare_to_wait(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry, int state)
	KM_SYM(prepare_to_wait);
/* True when the queue was empty before. */
bool prepare_to_wait_exclusive(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry,
			       int state) KM_SYM(prepare_to_wait_exclusive);
long prepare_to_wait_event(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry,
			   int state) KM_SYM(prepare_to_wait_event);
void finish_wait(struct wait_queue_head *wq_head, struct wait_queue_entry *wq_entry)
	KM_SYM(finish_wait);
long wait_woken(struct wait_queue_entry *wq_entry, unsigned int mode, long timeout)
	KM_SYM(wait_woken) __km_sleeps;
void init_wait_entry(struct wait_queue_entry *wq_entry, int flags) KM_SYM(init_wait_entry);

#define DEFINE_WAIT_FUNC(name, function)                                                           \
	struct wait_queue_entry name = {                                                           \
		.private = current, .func = function, .entry = LIST_HEAD_INIT((name).entry)}
#define DEFINE_WAIT(name)	DEFINE_WAIT_FUNC(name, autoremove_wake_function)
#define init_wait_func(wait, function)				\
	do {							\
		(wait)->private = current;			\
		(wait)->func = function;			\
		INIT_LIST_HEAD(&(wait)->entry);			\
		(wait)->flags = 0;				\
	} while (0)
#define init_wait(wait)	init_wait_func(wait, autoremove_wake_function)

/*
 * The loop under every wait_event form: queue, look, @cmd (which sleeps), until @condition holds or
 * prepare says that an interruptible sleep was interrupted.  Value: __ret, which @cmd may set.
 */
#define ___wait_event(wq_head, condition, state, exclusive, ret, cmd)			\
({											\
	struct wait_queue_entry __wq_entry;						\
	long __ret = (ret);								\
											\
	init_wait_entry(&__wq_entry, (exclusive) ? WQ_FLAG_EXCLUSIVE : 0);		\
	for (;;) {									\
		long __broken = prepare_to_wait_event(&(wq_head), &__wq_entry, (state));	\
											\
		if (condition)								\
			break;								\
		if (__broken) {								\
			__ret = __broken;						\
			break;								\
		}									\
		cmd;									\
	}										\
	finish_wait(&(wq_head), &__wq_entry);						\
	__ret;										\
})

/* True when the wait is over; keeps 1 jiffy when the condition came true as time ran out. */
#define ___wait_cond_timeout(condition)							\
({											\
	bool __cond = (condition);							\
	if (__cond && !__ret)								\
		__ret = 1;								\
	__cond || !__ret;								\
})

#define KM_WAIT_EVENT(wq_head, condition, state, exclusive, what)			\
({											\
	long __done = 0;								\
	km_might_sleep(what);								\
	if (!(condition))								\
		__done = ___wait_event(wq_head, condition, state, exclusive, 0, schedule());	\
	__done;										\
})
#define KM_WAIT_EVENT_TIMEOUT(wq_head, condition, timeout, state, what)			\
({											\
	/* Not the name that the loop has inside: it would be initialised from itself. */	\
	long __limit = (timeout), __ret = __limit;					\
	km_might_sleep(what);								\
	if (!___wait_cond_timeout(condition))						\
		__ret = ___wait_event(wq_head, ___wait_cond_timeout(condition), state, 0, __limit, \
				      __ret = schedule_timeout(__ret));			\
	__ret;										\
})

#define wait_event(wq_head, condition)                                                             \
	do {                                                                                       \
		(void)KM_WAIT_EVENT(wq_head, condition, TASK_UNINTERRUPTIBLE, 0, "wait_event");    \
	} while (0)
#define io_wait_event(wq_head, condition)                                                          \
	do {                                                                                       \
		(void)KM_WAIT_EVENT(wq_head, condition, TASK_UNINTERRUPTIBLE, 0, "io_wait_event"); \
	} while (0)
#define wait_event_exclusive(wq_head, condition)                                                   \
	do {                                                                                       \
		(void)KM_WAIT_EVENT(wq_head, condition, TASK_UNINTERRUPTIBLE, 1,                   \
				    "wait_event_exclusive");                                       \
	} while (0)
#define wait_event_idle(wq_head, condition)	\
	do { (void)KM_WAIT_EVENT(wq_head, condition, TASK_IDLE, 0, "wait_event_idle"); } while (0)
#define wait_event_idle_exclusive(wq_head, condition)                                              \
	do {                                                                                       \
		(void)KM_WAIT_EVENT(wq_head, condition, TASK_IDLE, 1,                              \
				    "wait_event_idle_exclusive");                                  \
	} while (0)
/* A statement, so that nobody is warned who does not look at the result. */
#define KM_WAIT_EVENT_INT(wq_head, condition, state, exclusive, what)	\
	({ int ret__ = (int)KM_WAIT_EVENT(wq_head, condition, state, exclusive, what); ret__; })
#define wait_event_interruptible(wq_head, condition)	\
	KM_WAIT_EVENT_INT(wq_head, condition, TASK_INTERRUPTIBLE, 0, "wait_event_interruptible")
#define wait_event_interruptible_exclusive(wq_head, condition)                                     \
	KM_WAIT_EVENT_INT(wq_head, condition, TASK_INTERRUPTIBLE, 1,                               \
			  "wait_event_interruptible_exclusive")
#define wait_event_freezable(wq_head, condition)	\
	KM_WAIT_EVENT_INT(wq_head, condition, TASK_INTERRUPTIBLE, 0, "wait_event_freezable")
#define wait_event_freezable_exclusive(wq_head, condition)	\
	KM_WAIT_EVENT_INT(wq_head, condition, TASK_INTERRUPTIBLE, 1,	\
			  "wait_event_freezable_exclusive")
#define wait_event_killable(wq_head, condition)	\
	KM_WAIT_EVENT_INT(wq_head, condition, TASK_KILLABLE, 0, "wait_event_killable")
#define wait_event_killable_exclusive(wq_head, condition)	\
	KM_WAIT_EVENT_INT(wq_head, condition, TASK_KILLABLE, 1, "wait_event_killable_exclusive")
#define wait_event_state(wq_head, condition, state)	\
	KM_WAIT_EVENT_INT(wq_head, condition, state, 0, "wait_event_state")
#define wait_event_timeout(wq_head, condition, timeout)                                            \
	KM_WAIT_EVENT_TIMEOUT(wq_head, condition, timeout, TASK_UNINTERRUPTIBLE,                   \
			      "wait_event_timeout")
#define wait_event_idle_timeout(wq_head, condition, timeout)	\
	KM_WAIT_EVENT_TIMEOUT(wq_head, condition, timeout, TASK_IDLE, "wait_event_idle_timeout")
#define wait_event_interruptible_timeout(wq_head, condition, timeout)                              \
	KM_WAIT_EVENT_TIMEOUT(wq_head, condition, timeout, TASK_INTERRUPTIBLE,                     \
			      "wait_event_interruptible_timeout")
#define wait_event_freezable_timeout(wq_head, condition, timeout)	\
	KM_WAIT_EVENT_TIMEOUT(wq_head, condition, timeout, TASK_INTERRUPTIBLE,                     \
			      "wait_event_freezable_timeout")
#define wait_event_killable_timeout(wq_head, condition, timeout)                                   \
	KM_WAIT_EVENT_TIMEOUT(wq_head, condition, timeout, TASK_KILLABLE,                          \
			      "wait_event_killable_timeout")

/* Sleep until @deadline (ktime): -ETIME when it has come. */
s64 km_wait_deadline(s64 timeout_ns) KM_SYM(wait_deadline);
int km_wait_until(s64 deadline, unsigned int state) KM_SYM(wait_until);
#define KM_WAIT_EVENT_HRTIMEOUT(wq_head, condition, timeout, state, what)		\
({											\
	s64 __deadline = km_wait_deadline(timeout);					\
	int __late = 0;									\
	km_might_sleep(what);								\
	if (!(condition))								\
		(void)___wait_event(wq_head, (condition) || __late, state, 0, 0,	\
				    __late = km_wait_until(__deadline, state));		\
	__late && !(condition) ? __late : 0;						\
})
/* 0, or -ETIME when @timeout (ktime_t) passed first */
#define wait_event_hrtimeout(wq_head, condition, timeout)				\
	KM_WAIT_EVENT_HRTIMEOUT(wq_head, condition, timeout, TASK_UNINTERRUPTIBLE,	\
				"wait_event_hrtimeout")
#define wait_event_interruptible_hrtimeout(wq_head, condition, timeout)			\
	KM_WAIT_EVENT_HRTIMEOUT(wq_head, condition, timeout, TASK_INTERRUPTIBLE,	\
				"wait_event_interruptible_hrtimeout")

/* @cmd1 before and @cmd2 after each sleep. */
#define wait_event_exclusive_cmd(wq_head, condition, cmd1, cmd2)			\
	do {										\
		if (!(condition))							\
			(void)___wait_event(wq_head, condition, TASK_UNINTERRUPTIBLE, 1, 0,	\
					    cmd1; schedule(); cmd2);			\
	} while (0)
#define wait_event_cmd(wq_head, condition, cmd1, cmd2)					\
	do {										\
		if (!(condition))							\
			(void)___wait_event(wq_head, condition, TASK_UNINTERRUPTIBLE, 0, 0,	\
					    cmd1; schedule(); cmd2);			\
	} while (0)

/* The caller holds @lock, which is released while sleeping. */
#define KM_WAIT_EVENT_LOCKED(wq_head, condition, state, drop, take)			\
({											\
	long __done = 0;								\
	if (!(condition))								\
		__done = ___wait_event(wq_head, condition, state, 0, 0, drop; schedule(); take); \
	__done;										\
})
#define wait_event_lock_irq(wq_head, condition, lock)	\
	do {						\
		(void)KM_WAIT_EVENT_LOCKED(wq_head, condition, TASK_UNINTERRUPTIBLE,	\
					   spin_unlock_irq(&(lock)), spin_lock_irq(&(lock)));	\
	} while (0)
#define wait_event_lock_irq_cmd(wq_head, condition, lock, cmd)	\
	do {						\
		(void)KM_WAIT_EVENT_LOCKED(wq_head, condition, TASK_UNINTERRUPTIBLE,	\
					   spin_unlock_irq(&(lock)); cmd, spin_lock_irq(&(lock))); \
	} while (0)
#define wait_event_interruptible_lock_irq(wq_head, condition, lock)	\
	((int)KM_WAIT_EVENT_LOCKED(wq_head, condition, TASK_INTERRUPTIBLE,	\
				   spin_unlock_irq(&(lock)), spin_lock_irq(&(lock))))

#define wait_event_interruptible_lock_irq_cmd(wq_head, condition, lock, cmd)	\
	((int)KM_WAIT_EVENT_LOCKED(wq_head, condition, TASK_INTERRUPTIBLE,	\
				   spin_unlock_irq(&(lock)); cmd, spin_lock_irq(&(lock))))
#define KM_WAIT_EVENT_LOCKED_TIMEOUT(wq_head, condition, lock, timeout, state)		\
({											\
	long __limit = (timeout), __ret = __limit;					\
	if (!___wait_cond_timeout(condition))						\
		__ret = ___wait_event(wq_head, ___wait_cond_timeout(condition), state, 0, __limit, \
				      spin_unlock_irq(&(lock)); __ret = schedule_timeout(__ret); \
				      spin_lock_irq(&(lock)));				\
	__ret;										\
})
#define wait_event_lock_irq_timeout(wq_head, condition, lock, timeout)	\
	KM_WAIT_EVENT_LOCKED_TIMEOUT(wq_head, condition, lock, timeout, TASK_UNINTERRUPTIBLE)
#define wait_event_interruptible_lock_irq_timeout(wq_head, condition, lock, timeout)	\
	KM_WAIT_EVENT_LOCKED_TIMEOUT(wq_head, condition, lock, timeout, TASK_INTERRUPTIBLE)

/* The caller holds wq.lock itself. */
int do_wait_intr(wait_queue_head_t *wq, wait_queue_entry_t *wait) KM_SYM(do_wait_intr);
int do_wait_intr_irq(wait_queue_head_t *wq, wait_queue_entry_t *wait) KM_SYM(do_wait_intr_irq);
#define KM_WAIT_EVENT_OWN_LOCK(wq, condition, exclusive, fn)				\
({											\
	int __stopped = 0;								\
	DEFINE_WAIT(__wait);								\
	if (exclusive)									\
		__wait.flags |= WQ_FLAG_EXCLUSIVE;					\
	while (!(condition) && !__stopped)						\
		__stopped = fn(&(wq), &__wait);						\
	__remove_wait_queue(&(wq), &__wait);						\
	__set_current_state(TASK_RUNNING);						\
	__stopped;									\
})
#define wait_event_interruptible_locked(wq, condition)	\
	((condition) ? 0 : KM_WAIT_EVENT_OWN_LOCK(wq, condition, 0, do_wait_intr))
#define wait_event_interruptible_locked_irq(wq, condition)	\
	((condition) ? 0 : KM_WAIT_EVENT_OWN_LOCK(wq, condition, 0, do_wait_intr_irq))
#define wait_event_interruptible_exclusive_locked(wq, condition)	\
	((condition) ? 0 : KM_WAIT_EVENT_OWN_LOCK(wq, condition, 1, do_wait_intr))

#endif
