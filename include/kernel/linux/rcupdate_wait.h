/* SPDX-License-Identifier: MIT */
/* rcupdate_wait.h - a completion that a grace period completes */
#ifndef _LINUX_SCHED_RCUPDATE_WAIT_H
#define _LINUX_SCHED_RCUPDATE_WAIT_H

#include <linux/rcupdate.h>
#include <linux/completion.h>
#include <linux/sched.h>

struct rcu_synchronize {
	struct rcu_head head;
	struct completion completion;
};
void wakeme_after_rcu(struct rcu_head *head) KM_SYM(wakeme_after_rcu);

#endif
