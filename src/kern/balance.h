/* SPDX-License-Identifier: MIT */
/*
 * balance.h - a callback must leave the context as it found it
 *
 * balance_begin() before, balance_end() after the call.  What differs (preempt count, interrupts,
 * locks, RCU readers, scopes of allocations) is told to the rules, printed, and put back so that
 * the machine can go on.
 */
#ifndef KERN_BALANCE_H
#define KERN_BALANCE_H

#include <linux/types.h>

/* The call that opens such a scope. */
const char *scope_name(unsigned int scopes);

struct balance {
	u32 preempt_count, irq_off, lock_depth;
	int rcu_depth;
	unsigned int scopes;		/* PF_MEMALLOC_*, PF_MEMALLOC */
};

/* What memalloc_*_save() sets, and restore takes away. */
#define BALANCE_SCOPES	\
	(PF_MEMALLOC | PF_MEMALLOC_NOFS | PF_MEMALLOC_NOIO | PF_MEMALLOC_PIN)

void balance_begin(struct balance *balance);
/* True if nothing was left.  @kind: "timer", "tasklet"...; @callback: the function that was called.
 */
bool balance_end(const struct balance *balance, const char *kind, const void *callback);

#endif
