// SPDX-License-Identifier: MIT
/*
 * rwsem.c - struct rw_semaphore
 *
 * Owns: sem->count, its queue.
 * R1  count > 0: that many readers; -1: the writer in owner; 0: free.
 * R2  Order of arrival: a reader that finds a queue joins it, so writers do not starve; readers at
 *     its head enter together.
 * R3  A task that asks for what it would have to give up first would wait for ever.  While rules
 *     are armed it is told, counted in nested and let through; with nobody listening it waits.
 * Lock: sem->wait_lock.  Locking may sleep; trylock and release do not.
 */
#include <linux/rwsem.h>
#include <kern/core.h>
#include <kern/gate.h>
#include <kern/tell.h>

void __init_rwsem(struct rw_semaphore *sem, const char *name, struct lock_class_key *key)
{
	TOUCH(sem);
	*sem = (struct rw_semaphore){ .name = name, .class = { .key = key } };
	INIT_LIST_HEAD(&sem->wait_list);
}

void km_rwsem_class(struct rw_semaphore *sem, const struct lock_class_key *key, const char *name,
		    int subclass)
{
	if (key)
		sem->class = (struct lock_class){ .key = key };
	if (name)
		sem->name = name;
	if (subclass >= 0)
		sem->class.subclass = (u32)subclass;
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

/* R3 */
static bool rwsem_is_recursion(struct rw_semaphore *sem, bool is_writer,
			       const struct held_call *call)
{
	bool is_owner = READ_ONCE(sem->owner) == current;

	if (!watch_wants(KM_POINT_LOCK_BAD) ||
	    (!is_owner && !(is_writer && held_has(current, sem))))
		return false;
	held_again(call, is_owner ? "rwsem locked again by its writer"
				  : "rwsem locked for writing by its reader");
	sem->nester = current;
	sem->nested++;
	return true;
}

/* The release that belongs to what R3 let through. */
static bool rwsem_is_nested(struct rw_semaphore *sem)
{
	if (likely(!sem->nested) || sem->nester != current)
		return false;
	sem->nested--;
	return true;
}

/* Seen from outside: nobody to wait for. */
static bool rwsem_is_open(const struct rw_semaphore *sem, bool is_writer)
{
	int count = READ_ONCE(sem->count);

	return is_writer ? !count : count >= 0;
}

struct ask { bool is_writer; unsigned int state; uintptr_t caller, frame; };

/* false: interrupted */
static bool rwsem_take(struct rw_semaphore *sem, struct ask ask)
{
	long timeout = MAX_SCHEDULE_TIMEOUT;
	struct gate_waiter waiter;
	struct held_call call;
	unsigned long irq;
	bool is_in;

	km_port_point();
	if (unlikely(watch_points)) {
		call = held_call(sem, sem->name, &sem->class, ask.caller, ask.frame);
		if (rwsem_is_recursion(sem, ask.is_writer, &call))
			return true;
		if (!rwsem_is_open(sem, ask.is_writer))
			held_wait(&call);
	}
	irq = gate_lock(&sem->wait_lock);
	is_in = rwsem_enter(sem, ask.is_writer);
	if (!is_in)
		gate_join(&waiter, &sem->wait_list, ask.is_writer);
	gate_unlock(&sem->wait_lock, irq);
	if (!is_in && !gate_wait(&waiter, &sem->wait_lock, ask.state, &timeout))
		return false;
	if (unlikely(watch_points))
		held_take_sleeping(&call);
	return true;
}

#define RWSEM_TAKE(sem, is_writer, state)	\
	rwsem_take(sem, (struct ask){ (is_writer), (state), WATCH_CALLER(), WATCH_FRAME() })

void down_read(struct rw_semaphore *sem)
{
	TOUCH(sem);
	KERN_MIGHT_SLEEP("down_read");
	RWSEM_TAKE(sem, false, TASK_UNINTERRUPTIBLE);
}

int down_read_interruptible(struct rw_semaphore *sem)
{
	TOUCH(sem);
	KERN_MIGHT_SLEEP("down_read_interruptible");
	return RWSEM_TAKE(sem, false, TASK_INTERRUPTIBLE) ? 0 : -EINTR;
}

int down_read_killable(struct rw_semaphore *sem)
{
	TOUCH(sem);
	KERN_MIGHT_SLEEP("down_read_killable");
	return RWSEM_TAKE(sem, false, TASK_KILLABLE) ? 0 : -EINTR;
}

void down_write(struct rw_semaphore *sem)
{
	TOUCH(sem);
	KERN_MIGHT_SLEEP("down_write");
	RWSEM_TAKE(sem, true, TASK_UNINTERRUPTIBLE);
}

int down_write_killable(struct rw_semaphore *sem)
{
	TOUCH(sem);
	KERN_MIGHT_SLEEP("down_write_killable");
	return RWSEM_TAKE(sem, true, TASK_KILLABLE) ? 0 : -EINTR;
}

static int rwsem_try(struct rw_semaphore *sem, bool is_writer, uintptr_t caller, uintptr_t frame)
{
	unsigned long irq;
	bool is_in;

	km_port_point();
	irq = gate_lock(&sem->wait_lock);
	is_in = rwsem_enter(sem, is_writer);
	gate_unlock(&sem->wait_lock, irq);
	if (is_in && unlikely(watch_points)) {
		struct held_call call = held_call(sem, sem->name, &sem->class, caller, frame);

		call.how.is_try = true;
		held_take_sleeping(&call);
	}
	return is_in;
}

int down_read_trylock(struct rw_semaphore *sem)
{
	TOUCH(sem);
	return rwsem_try(sem, false, WATCH_CALLER(), WATCH_FRAME());
}

int down_write_trylock(struct rw_semaphore *sem)
{
	TOUCH(sem);
	return rwsem_try(sem, true, WATCH_CALLER(), WATCH_FRAME());
}

void up_read(struct rw_semaphore *sem)
{
	unsigned long irq;
	bool is_held;

	TOUCH(sem);
	if (rwsem_is_nested(sem))
		return;
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
	km_port_seam();
}

void up_write(struct rw_semaphore *sem)
{
	unsigned long irq;
	bool is_held;

	TOUCH(sem);
	if (rwsem_is_nested(sem))
		return;
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
	km_port_seam();
}

/* The writer becomes a reader; readers at the head of the queue join it. */
void downgrade_write(struct rw_semaphore *sem)
{
	TOUCH(sem);
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
	km_port_seam();
}
