/* SPDX-License-Identifier: MIT */
/* kthread.h - kernel threads */
#ifndef _LINUX_KTHREAD_H
#define _LINUX_KTHREAD_H

#include <linux/err.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

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

static inline bool kthread_freezable_should_stop(bool *was_frozen)
{
	if (was_frozen)
		*was_frozen = false;
	return kthread_should_stop();
}

#endif
