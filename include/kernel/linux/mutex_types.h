/* SPDX-License-Identifier: MIT */
/* mutex_types.h - struct mutex */
#ifndef __LINUX_MUTEX_TYPES_H
#define __LINUX_MUTEX_TYPES_H

#include <linux/types.h>
#include <linux/lockdep_types.h>
#include <linux/spinlock_types_raw.h>

struct task_struct;

struct mutex {
	struct task_struct *owner;	/* NULL: free; handed over to the first waiter at unlock */
	arch_spinlock_t wait_lock;
	/* times the owner took it again (reported, then let through) */
	unsigned int nested;
	struct list_head wait_list;	/* in order of arrival */
	const char *name;
	struct lock_class class;
};

#endif
