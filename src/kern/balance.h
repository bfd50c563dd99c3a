/* SPDX-License-Identifier: MIT */
/*
 * balance.h - a callback must leave the context as it found it
 *
 * balance_begin() before, balance_end() after the call.  What differs (preempt count, interrupts,
 * locks, RCU readers) is told to the rules, printed, and put back so that the machine can go on.
 */
#ifndef KERN_BALANCE_H
#define KERN_BALANCE_H

#include <linux/types.h>

struct balance {
	u32 preempt_count, irq_off, lock_depth;
	int rcu_depth;
};

void balance_begin(struct balance *balance);
/* True if nothing was left.  @kind: "timer", "tasklet"...; @callback: the function that was called.
 */
bool balance_end(const struct balance *balance, const char *kind, const void *callback);

#endif
