/* SPDX-License-Identifier: MIT */
/* freezer.h - threads that stop when the machine is suspended: this one never is */
#ifndef FREEZER_H_INCLUDED
#define FREEZER_H_INCLUDED

#include <linux/sched.h>
#include <linux/wait.h>

static inline bool freezing(struct task_struct *p) { return false; }
static inline bool frozen(struct task_struct *p) { return false; }
static inline bool try_to_freeze(void) { return false; }
static inline bool set_freezable(void) { return false; }

#endif
