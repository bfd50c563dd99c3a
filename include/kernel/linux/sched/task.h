/* SPDX-License-Identifier: MIT */
/* task.h - references to a task; the struct stays as long as one is held */
#ifndef _LINUX_SCHED_TASK_H
#define _LINUX_SCHED_TASK_H

#include <linux/sched.h>

struct task_struct;

static inline struct task_struct *get_task_struct(struct task_struct *t)
{
	atomic_inc(&t->usage);
	return t;
}

void put_task_struct(struct task_struct *t) KM_SYM(put_task_struct);

#endif
