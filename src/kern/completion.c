// SPDX-License-Identifier: MIT
/*
 * completion.c - struct completion
 *
 * Owns: x->done, its queue.
 * D1  complete() serves the longest-waiting task, or is kept in done for who comes later;
 *     complete_all() serves all, now and later, until reinit_completion().
 * D2  A waiter takes wait_lock last of all, so a completion on its stack is no longer used when it
 *     returns.
 * Lock: x->wait_lock.  Waiting sleeps; completing does not, any context.
 */
#include <linux/completion.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/sched.h>
#include <kern/core.h>
#include <kern/gate.h>
#include <kern/tell.h>

/* Under wait_lock. */
static bool completion_consume(struct completion *x)
{
	if (!x->done)
		return false;
	if (x->done != UINT_MAX)
		x->done--;
	return true;
}

/* Jiffies left, at least 1; 0: the time is over; -ERESTARTSYS: interrupted. */
static long completion_wait(struct completion *x, unsigned int state, long timeout)
{
	struct gate_waiter waiter;
	unsigned long irq;

	km_port_point();
	irq = gate_lock(&x->wait_lock);
	if (completion_consume(x)) {
		gate_unlock(&x->wait_lock, irq);
		return timeout ? timeout : 1;
	}
	if (!timeout) {
		gate_unlock(&x->wait_lock, irq);
		return 0;
	}
	gate_join(&waiter, &x->wait_list, true);
	gate_unlock(&x->wait_lock, irq);
	if (!gate_wait(&waiter, &x->wait_lock, state, &timeout))
		return timeout ? -ERESTARTSYS : 0;
	return timeout ? timeout : 1;
}

void wait_for_completion(struct completion *x)
{
	TOUCH(x);
	KERN_MIGHT_SLEEP("wait_for_completion");
	completion_wait(x, TASK_UNINTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
}

void wait_for_completion_io(struct completion *x)
{
	TOUCH(x);
	KERN_MIGHT_SLEEP("wait_for_completion_io");
	completion_wait(x, TASK_UNINTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
}

int wait_for_completion_interruptible(struct completion *x)
{
	TOUCH(x);
	KERN_MIGHT_SLEEP("wait_for_completion_interruptible");
	return completion_wait(x, TASK_INTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT) < 0 ? -ERESTARTSYS : 0;
}

int wait_for_completion_killable(struct completion *x)
{
	TOUCH(x);
	KERN_MIGHT_SLEEP("wait_for_completion_killable");
	return completion_wait(x, TASK_KILLABLE, MAX_SCHEDULE_TIMEOUT) < 0 ? -ERESTARTSYS : 0;
}

int wait_for_completion_state(struct completion *x, unsigned int state)
{
	TOUCH(x);
	KERN_MIGHT_SLEEP("wait_for_completion_state");
	return completion_wait(x, state, MAX_SCHEDULE_TIMEOUT) < 0 ? -ERESTARTSYS : 0;
}

/* Longer than any timer can run is for ever. */
static long completion_limit(unsigned long timeout)
{
	return timeout > (unsigned long)MAX_SCHEDULE_TIMEOUT ? MAX_SCHEDULE_TIMEOUT : (long)timeout;
}

/**
 * wait_for_completion_timeout() - wait, but no longer than @timeout
 * Context: task, nothing held (sleep-in-atomic).  Units: jiffies.
 * Return: 0 if the time is over, else what is left of it, at least 1.
 */
unsigned long wait_for_completion_timeout(struct completion *x, unsigned long timeout)
{
	TOUCH(x);
	KERN_MIGHT_SLEEP("wait_for_completion_timeout");
	return (unsigned long)completion_wait(x, TASK_UNINTERRUPTIBLE, completion_limit(timeout));
}

unsigned long wait_for_completion_io_timeout(struct completion *x, unsigned long timeout)
{
	TOUCH(x);
	KERN_MIGHT_SLEEP("wait_for_completion_io_timeout");
	return (unsigned long)completion_wait(x, TASK_UNINTERRUPTIBLE, completion_limit(timeout));
}

long wait_for_completion_interruptible_timeout(struct completion *x, unsigned long timeout)
{
	TOUCH(x);
	KERN_MIGHT_SLEEP("wait_for_completion_interruptible_timeout");
	return completion_wait(x, TASK_INTERRUPTIBLE, completion_limit(timeout));
}

long wait_for_completion_killable_timeout(struct completion *x, unsigned long timeout)
{
	TOUCH(x);
	KERN_MIGHT_SLEEP("wait_for_completion_killable_timeout");
	return completion_wait(x, TASK_KILLABLE, completion_limit(timeout));
}

bool try_wait_for_completion(struct completion *x)
{
	unsigned long irq;
	bool is_done;

	TOUCH(x);
	km_port_point();
	irq = gate_lock(&x->wait_lock);
	is_done = completion_consume(x);
	gate_unlock(&x->wait_lock, irq);
	return is_done;
}

bool completion_done(struct completion *x)
{
	TOUCH(x);
	unsigned long irq = gate_lock(&x->wait_lock);
	bool is_done = x->done != 0;

	/* Under the lock: when this answers true, complete() has let go of @x. */
	gate_unlock(&x->wait_lock, irq);
	return is_done;
}

void complete(struct completion *x)
{
	struct gate_waiter *next;
	unsigned long irq;

	/* As in __wake_up(): the one who waits may look at something else. */
	km_port_seam();
	TOUCH(x);
	irq = gate_lock(&x->wait_lock);
	next = gate_first(&x->wait_list);

	if (next)
		gate_grant(next);
	else if (x->done < UINT_MAX - 1)
		x->done++;
	gate_unlock(&x->wait_lock, irq);
	km_port_seam();
}

void complete_on_current_cpu(struct completion *x)
{
	complete(x);
}

void complete_all(struct completion *x)
{
	struct gate_waiter *next;
	unsigned long irq;

	km_port_seam();
	TOUCH(x);
	irq = gate_lock(&x->wait_lock);
	x->done = UINT_MAX;
	while ((next = gate_first(&x->wait_list)))
		gate_grant(next);
	gate_unlock(&x->wait_lock, irq);
	km_port_seam();
}
