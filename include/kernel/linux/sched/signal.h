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
#include <linux/signal_types.h>

static inline int signal_pending(struct task_struct *p)
{
	return READ_ONCE(p->pending.signal.sig[0]) != 0;
}

static inline int fatal_signal_pending(struct task_struct *p)
{
	return (READ_ONCE(p->pending.signal.sig[0]) >> (SIGKILL - 1)) & 1;
}

static inline int signal_pending_state(unsigned int state, struct task_struct *p)
{
	return (state & (TASK_INTERRUPTIBLE | TASK_WAKEKILL)) && signal_pending(p);
}

#endif
