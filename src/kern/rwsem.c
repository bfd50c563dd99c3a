// SPDX-License-Identifier: MIT
/*
 * rwsem.c - struct rw_semaphore
 *
 * Owns: sem->count, its queue.
 * R1  count > 0: that many readers; -1: the writer in owner; 0: free.
 * R2  Order of arrival: a reader that finds a queue joins it, so writers do not starve; readers at
 *     its head enter together.
 * Lock: sem->wait_lock.  Locking may sleep; trylock and release do not.
 */
#include <linux/rwsem.h>
#include <kern/core.h>
#include <kern/gate.h>

void __init_rwsem(struct rw_semaphore *sem, const char *name, struct lock_class_key *key)
{
	*sem = (struct rw_semaphore){ .name = name };
	INIT_LIST_HEAD(&sem->wait_list);
}

/* Under wait_lock: enter if R1 and R2 let the caller. */
static bool rwsem_enter(struct rw_semaphore *sem, bool is_writer)
{
	if (is_writer ? sem->count != 0 : sem->count < 0)
		return false;
	if (!list_empty(&sem->wait_list))
		return false;
	sem->count = is_writer ? -1 : sem->count + 1;
	if (is_writer)
		sem->owner = current;
	return true;
}

/* Under wait_lock: let in whom R1 lets in. */
static void rwsem_let_in(struct rw_semaphore *sem)
{
	struct gate_waiter *next;

	while ((next = gate_first(&sem->wait_list))) {
		if (next->is_writer ? sem->count != 0 : sem->count < 0)
			return;
		sem->count = next->is_writer ? -1 : sem->count + 1;
		if (next->is_writer)
			sem->owner = next->task;
		gate_grant(next);
	}
}

struct ask { bool is_writer; unsigned int state; uintptr_t caller, frame; };

static void rwsem_take(struct rw_semaphore *sem, struct ask ask)
{
	long timeout = MAX_SCHEDULE_TIMEOUT;
	struct gate_waiter waiter;
	unsigned long irq;
	bool is_in;

	km_port_point();
	if (unlikely(READ_ONCE(sem->owner) == current))
		held_bad("rwsem locked again by its writer", sem->name, sem, ask.caller, ask.frame);
	irq = gate_lock(&sem->wait_lock);
	is_in = rwsem_enter(sem, ask.is_writer);
	if (!is_in)
		gate_join(&waiter, &sem->wait_list, ask.is_writer);
	gate_unlock(&sem->wait_lock, irq);
	if (!is_in)
		gate_wait(&waiter, &sem->wait_lock, ask.state, &timeout);
	if (unlikely(watch_points))
		held_take(sem, sem->name, ask.caller, ask.frame);
}

#define RWSEM_TAKE(sem, is_writer, state)	\
	rwsem_take(sem, (struct ask){ (is_writer), (state), WATCH_CALLER(), WATCH_FRAME() })

void down_read(struct rw_semaphore *sem)
{
	KERN_MIGHT_SLEEP("down_read");
	RWSEM_TAKE(sem, false, TASK_UNINTERRUPTIBLE);
}

int down_read_interruptible(struct rw_semaphore *sem)
{
	KERN_MIGHT_SLEEP("down_read_interruptible");
	RWSEM_TAKE(sem, false, TASK_INTERRUPTIBLE);
	return 0;
}

int down_read_killable(struct rw_semaphore *sem)
{
	KERN_MIGHT_SLEEP("down_read_killable");
	RWSEM_TAKE(sem, false, TASK_KILLABLE);
	return 0;
}

void down_write(struct rw_semaphore *sem)
{
	KERN_MIGHT_SLEEP("down_write");
	RWSEM_TAKE(sem, true, TASK_UNINTERRUPTIBLE);
}

int down_write_killable(struct rw_semaphore *sem)
{
	KERN_MIGHT_SLEEP("down_write_killable");
	RWSEM_TAKE(sem, true, TASK_KILLABLE);
	return 0;
}

static int rwsem_try(struct rw_semaphore *sem, bool is_writer, uintptr_t caller, uintptr_t frame)
{
	unsigned long irq;
	bool is_in;

	km_port_point();
	irq = gate_lock(&sem->wait_lock);
	is_in = rwsem_enter(sem, is_writer);
	gate_unlock(&sem->wait_lock, irq);
	if (is_in && unlikely(watch_points))
		held_take(sem, sem->name, caller, frame);
	return is_in;
}

int down_read_trylock(struct rw_semaphore *sem)
{
	return rwsem_try(sem, false, WATCH_CALLER(), WATCH_FRAME());
}

int down_write_trylock(struct rw_semaphore *sem)
{
	return rwsem_try(sem, true, WATCH_CALLER(), WATCH_FRAME());
}

void up_read(struct rw_semaphore *sem)
{
	unsigned long irq;
	bool is_held;

	HELD_DROP(sem, sem->name);
	irq = gate_lock(&sem->wait_lock);
	is_held = sem->count > 0;
	if (is_held) {
		sem->count--;
		rwsem_let_in(sem);
	}
	gate_unlock(&sem->wait_lock, irq);
	if (unlikely(!is_held))
		held_bad("rwsem up_read() without a reader", sem->name, sem, WATCH_CALLER(),
			 WATCH_FRAME());
	km_port_point();
}

void up_write(struct rw_semaphore *sem)
{
	unsigned long irq;
	bool is_held;

	HELD_DROP(sem, sem->name);
	irq = gate_lock(&sem->wait_lock);
	is_held = sem->count < 0;
	if (is_held) {
		sem->count = 0;
		sem->owner = NULL;
		rwsem_let_in(sem);
	}
	gate_unlock(&sem->wait_lock, irq);
	if (unlikely(!is_held))
		held_bad("rwsem up_write() without a writer", sem->name, sem, WATCH_CALLER(),
			 WATCH_FRAME());
	km_port_point();
}

/* The writer becomes a reader; readers at the head of the queue join it. */
void downgrade_write(struct rw_semaphore *sem)
{
	unsigned long irq = gate_lock(&sem->wait_lock);
	bool is_held = sem->count < 0;

	if (is_held) {
		sem->count = 1;
		sem->owner = NULL;
		rwsem_let_in(sem);
	}
	gate_unlock(&sem->wait_lock, irq);
	if (unlikely(!is_held))
		held_bad("rwsem downgrade_write() without a writer", sem->name, sem, WATCH_CALLER(),
			 WATCH_FRAME());
	km_port_point();
}
