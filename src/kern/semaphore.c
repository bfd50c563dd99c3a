// SPDX-License-Identifier: MIT
/*
 * semaphore.c - struct semaphore
 *
 * Owns: sem->count, its queue.  No owner: whoever likes may up() it, from any context; so it is not
 * among held locks.
 * Lock: sem->lock.  down() and its forms may sleep; down_trylock() and up() do not.
 */
#include <linux/errno.h>
#include <linux/semaphore.h>
#include <kern/core.h>
#include <kern/gate.h>
#include <kern/tell.h>

static bool semaphore_take(struct semaphore *sem, unsigned int state, long timeout)
{
	struct gate_waiter waiter;
	unsigned long irq;

	km_port_point();
	irq = gate_lock(&sem->lock);
	if (sem->count) {
		sem->count--;
		gate_unlock(&sem->lock, irq);
		return true;
	}
	gate_join(&waiter, &sem->wait_list, true);
	gate_unlock(&sem->lock, irq);
	return gate_wait(&waiter, &sem->lock, state, &timeout);
}

void down(struct semaphore *sem)
{
	TOUCH(sem);
	KERN_MIGHT_SLEEP("down");
	semaphore_take(sem, TASK_UNINTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
}

int down_interruptible(struct semaphore *sem)
{
	TOUCH(sem);
	KERN_MIGHT_SLEEP("down_interruptible");
	return semaphore_take(sem, TASK_INTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT) ? 0 : -EINTR;
}

int down_killable(struct semaphore *sem)
{
	TOUCH(sem);
	KERN_MIGHT_SLEEP("down_killable");
	return semaphore_take(sem, TASK_KILLABLE, MAX_SCHEDULE_TIMEOUT) ? 0 : -EINTR;
}

int down_timeout(struct semaphore *sem, long timeout)
{
	TOUCH(sem);
	KERN_MIGHT_SLEEP("down_timeout");
	return semaphore_take(sem, TASK_UNINTERRUPTIBLE, timeout) ? 0 : -ETIME;
}

int down_trylock(struct semaphore *sem)
{
	unsigned long irq;
	bool is_taken;

	TOUCH(sem);
	km_port_point();
	irq = gate_lock(&sem->lock);
	is_taken = sem->count != 0;
	if (is_taken)
		sem->count--;
	gate_unlock(&sem->lock, irq);
	return !is_taken;
}

void up(struct semaphore *sem)
{
	TOUCH(sem);
	struct gate_waiter *next;
	unsigned long irq = gate_lock(&sem->lock);

	next = gate_first(&sem->wait_list);
	if (next)
		gate_grant(next);
	else
		sem->count++;
	gate_unlock(&sem->lock, irq);
	km_port_seam();
}
