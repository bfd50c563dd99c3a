/* SPDX-License-Identifier: MIT */
/*
 * await.h - sleep until somebody else says that something is done
 *
 * Who says so sets *is_done and wakes the sleeper with @lock held: the flag lies on the sleeper's
 * stack, which must stay until that lock is given back.
 */
#ifndef KERN_AWAIT_H
#define KERN_AWAIT_H

#include <linux/sched.h>
#include <kern/spin.h>

static inline void await_done(const bool *is_done, struct km_spin *lock)
{
	unsigned long irq;

	for (;;) {
		set_current_state(TASK_UNINTERRUPTIBLE);
		if (READ_ONCE(*is_done))
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	irq = km_spin_lock(lock);
	km_spin_unlock(lock, irq);
}

#endif
