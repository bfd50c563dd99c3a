/* SPDX-License-Identifier: MIT */
/* completion.h - wait until something is done */
#ifndef __LINUX_COMPLETION_H
#define __LINUX_COMPLETION_H

#include <linux/types.h>
#include <linux/kernel.h>
#include <linux/spinlock_types_raw.h>

struct completion {
	unsigned int done;		/* completions not yet consumed; UINT_MAX: complete_all() */
	arch_spinlock_t wait_lock;
	struct list_head wait_list;	/* in order of arrival */
};

#define COMPLETION_INITIALIZER(work)	{ .wait_list = { &(work).wait_list, &(work).wait_list } }
#define DECLARE_COMPLETION(work)	struct completion work = COMPLETION_INITIALIZER(work)
#define DECLARE_COMPLETION_ONSTACK(work) \
	struct completion work = COMPLETION_INITIALIZER(work)

static inline void init_completion(struct completion *x)
{
	x->done = 0;
	x->wait_lock.slock = 0;
	x->wait_list.next = x->wait_list.prev = &x->wait_list;
}

static inline void reinit_completion(struct completion *x)
{
	x->done = 0;
}

void wait_for_completion(struct completion *x) KM_SYM(wait_for_completion) __km_sleeps;
void wait_for_completion_io(struct completion *x) KM_SYM(wait_for_completion_io) __km_sleeps;
int wait_for_completion_interruptible(struct completion *x)
	KM_SYM(wait_for_completion_interruptible) __km_sleeps;
int wait_for_completion_killable(struct completion *x) KM_SYM(wait_for_completion_killable)
	__km_sleeps;
int wait_for_completion_state(struct completion *x, unsigned int state)
	KM_SYM(wait_for_completion_state) __km_sleeps;
/* 0: time ran out; else jiffies left, at least 1. */
unsigned long wait_for_completion_timeout(struct completion *x, unsigned long timeout)
	KM_SYM(wait_for_completion_timeout) __km_sleeps;
unsigned long wait_for_completion_io_timeout(struct completion *x, unsigned long timeout)
	KM_SYM(wait_for_completion_io_timeout) __km_sleeps;
long wait_for_completion_interruptible_timeout(struct completion *x, unsigned long timeout)
	KM_SYM(wait_for_completion_interruptible_timeout) __km_sleeps;
long wait_for_completion_killable_timeout(struct completion *x, unsigned long timeout)
	KM_SYM(wait_for_completion_killable_timeout) __km_sleeps;
bool try_wait_for_completion(struct completion *x) KM_SYM(try_wait_for_completion);
bool completion_done(struct completion *x) KM_SYM(completion_done);
void complete(struct completion *x) KM_SYM(complete);
void complete_all(struct completion *x) KM_SYM(complete_all);
void complete_on_current_cpu(struct completion *x) KM_SYM(complete_on_current_cpu);

#endif
