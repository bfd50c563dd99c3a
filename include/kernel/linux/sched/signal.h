/* SPDX-License-Identifier: MIT */
/*
 * signal.h - whether a task was interrupted
 *
 * Only tasks of user space get signals (`kmalloc check --drive`), and each is one that kills: no
 * task has a handler.
 */
#ifndef _LINUX_SCHED_SIGNAL_H
#define _LINUX_SCHED_SIGNAL_H

#include <linux/sched.h>

#define SIGINT	2
#define SIGKILL	9
#define SIGTERM	15
#define SIGIO	29

static inline int signal_pending(struct task_struct *p)
{
	return READ_ONCE(p->has_signal);
}

static inline int fatal_signal_pending(struct task_struct *p)
{
	return READ_ONCE(p->has_signal);
}

static inline int signal_pending_state(unsigned int state, struct task_struct *p)
{
	return (state & (TASK_INTERRUPTIBLE | TASK_WAKEKILL)) && signal_pending(p);
}

#endif
