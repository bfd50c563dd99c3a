// SPDX-License-Identifier: MIT
/*
 * gate.c - waiting in front of a sleeping lock
 *
 * G1  A waiter's record is on its own stack: who grants touches it only under the lock, and the
 *     waiter takes the lock once more before it returns, so the record outlives the grant.
 * Lock: the wait_lock of whatever is waited for.  Only gate_wait() sleeps.
 */
#include <kern/core.h>
#include <kern/gate.h>

void gate_grant(struct gate_waiter *waiter)
{
	list_del_init(&waiter->entry);
	WRITE_ONCE(waiter->is_granted, true);
	task_wake(waiter->task, TASK_NORMAL);
}

bool gate_wait(struct gate_waiter *waiter, arch_spinlock_t *lock, unsigned int state, long *timeout)
{
	unsigned long irq;
	bool is_granted;

	for (;;) {
		set_current_state(state);
		if (READ_ONCE(waiter->is_granted) || !*timeout ||
		    signal_pending_state(state, current))
			break;
		*timeout = schedule_timeout(*timeout);
	}
	__set_current_state(TASK_RUNNING);
	irq = gate_lock(lock);
	is_granted = waiter->is_granted;
	if (!is_granted)
		list_del_init(&waiter->entry);
	gate_unlock(lock, irq);
	return is_granted;
}
