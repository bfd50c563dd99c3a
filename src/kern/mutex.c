// SPDX-License-Identifier: MIT
/*
 * mutex.c - struct mutex
 *
 * Owns: mutex->owner, its queue.
 * M1  owner is not NULL while locked; unlocking hands it to the longest-waiting task at once.
 * M2  Taken again by its owner: Linux would wait for ever.  While rules are armed it is told,
 *     counted in nested and let through; with nobody listening it waits.
 * Lock: mutex->wait_lock.  Locking may sleep; trylock and unlock do not.
 */
#include <linux/mutex.h>
#include <kern/core.h>
#include <kern/gate.h>
#include <kern/tell.h>

void __mutex_init(struct mutex *lock, const char *name, struct lock_class_key *key)
{
	TOUCH(lock);
	*lock = (struct mutex){ .name = name, .class = { .key = key } };
	INIT_LIST_HEAD(&lock->wait_list);
}

void km_mutex_class(struct mutex *lock, const struct lock_class_key *key, const char *name,
		    int subclass)
{
	if (key)
		lock->class = (struct lock_class){ .key = key };
	if (name)
		lock->name = name;
	if (subclass >= 0)
		lock->class.subclass = (u32)subclass;
}

void mutex_destroy(struct mutex *lock)
{
	TOUCH(lock);
	if (unlikely(READ_ONCE(lock->owner)))
		held_bad("mutex destroyed while locked", lock->name, lock, WATCH_CALLER(),
			 WATCH_FRAME());
}

bool mutex_is_locked(struct mutex *lock)
{
	TOUCH(lock);
	return READ_ONCE(lock->owner) != NULL;
}

/* M2 */
static bool mutex_is_recursion(struct mutex *lock, const struct held_call *call)
{
	if (READ_ONCE(lock->owner) != current || !watch_wants(KM_POINT_LOCK_BAD))
		return false;
	held_again(call, "mutex locked again by its owner");
	lock->nested++;
	return true;
}

/* false: interrupted */
static bool mutex_take(struct mutex *lock, unsigned int state, uintptr_t caller, uintptr_t frame)
{
	long timeout = MAX_SCHEDULE_TIMEOUT;
	struct gate_waiter waiter;
	struct held_call call;
	unsigned long irq;

	km_port_point();
	if (unlikely(watch_points)) {
		call = held_call(lock, lock->name, &lock->class, caller, frame);
		if (mutex_is_recursion(lock, &call))
			return true;
		if (READ_ONCE(lock->owner))
			held_wait(&call);
	}
	irq = gate_lock(&lock->wait_lock);
	if (!lock->owner) {
		WRITE_ONCE(lock->owner, current);
		gate_unlock(&lock->wait_lock, irq);
	} else {
		gate_join(&waiter, &lock->wait_list, true);
		gate_unlock(&lock->wait_lock, irq);
		if (!gate_wait(&waiter, &lock->wait_lock, state, &timeout))
			return false;
	}
	if (unlikely(watch_points))
		held_take_sleeping(&call);
	return true;
}

/**
 * mutex_lock() - take the mutex, sleeping as long as another task has it
 * Context: task, nothing held that forbids sleeping (sleep-in-atomic).
 */
void mutex_lock(struct mutex *lock)
{
	TOUCH(lock);
	KERN_MIGHT_SLEEP("mutex_lock");
	mutex_take(lock, TASK_UNINTERRUPTIBLE, WATCH_CALLER(), WATCH_FRAME());
}

int mutex_lock_interruptible(struct mutex *lock)
{
	TOUCH(lock);
	KERN_MIGHT_SLEEP("mutex_lock_interruptible");
	return mutex_take(lock, TASK_INTERRUPTIBLE, WATCH_CALLER(), WATCH_FRAME()) ? 0 : -EINTR;
}

int mutex_lock_killable(struct mutex *lock)
{
	TOUCH(lock);
	KERN_MIGHT_SLEEP("mutex_lock_killable");
	return mutex_take(lock, TASK_KILLABLE, WATCH_CALLER(), WATCH_FRAME()) ? 0 : -EINTR;
}

void mutex_lock_io(struct mutex *lock)
{
	TOUCH(lock);
	KERN_MIGHT_SLEEP("mutex_lock_io");
	mutex_take(lock, TASK_UNINTERRUPTIBLE, WATCH_CALLER(), WATCH_FRAME());
}

static void mutex_tried(struct mutex *lock, uintptr_t caller, uintptr_t frame)
{
	struct held_call call = held_call(lock, lock->name, &lock->class, caller, frame);

	call.how.is_try = true;
	held_take_sleeping(&call);
}

/**
 * mutex_trylock() - take the mutex if it is free
 * Context: task, also with a spinlock held; not an interrupt, for the owner is a task, and another
 * waiter would inherit its priority (sleep-in-atomic).
 */
int mutex_trylock(struct mutex *lock)
{
	unsigned long irq;
	bool is_free;

	if (in_hardirq() || in_serving_softirq())
		KERN_MIGHT_SLEEP("mutex_trylock");
	TOUCH(lock);
	km_port_point();
	irq = gate_lock(&lock->wait_lock);
	is_free = !lock->owner;
	if (is_free)
		WRITE_ONCE(lock->owner, current);
	gate_unlock(&lock->wait_lock, irq);
	if (is_free && unlikely(watch_points))
		mutex_tried(lock, WATCH_CALLER(), WATCH_FRAME());
	return is_free;
}

/* Under wait_lock. */
static void mutex_hand_over(struct mutex *lock)
{
	struct gate_waiter *next = gate_first(&lock->wait_list);

	WRITE_ONCE(lock->owner, next ? next->task : NULL);
	if (next)
		gate_grant(next);
}

void mutex_unlock(struct mutex *lock)
{
	struct task_struct *owner = READ_ONCE(lock->owner);
	unsigned long irq;

	TOUCH(lock);
	if (owner == current && lock->nested) {
		lock->nested--;
		return;
	}
	if (unlikely(owner != current))
		held_bad(owner ? "mutex unlocked by a task that does not own it"
			       : "mutex unlocked that is not locked",
			 lock->name, lock, WATCH_CALLER(), WATCH_FRAME());
	HELD_DROP(lock, lock->name);
	irq = gate_lock(&lock->wait_lock);
	mutex_hand_over(lock);
	gate_unlock(&lock->wait_lock, irq);
	km_port_seam();
}

int atomic_dec_and_mutex_lock(atomic_t *count, struct mutex *lock)
{
	if (atomic_add_unless(count, -1, 1))
		return 0;
	mutex_lock(lock);
	if (atomic_dec_and_test(count))
		return 1;
	mutex_unlock(lock);
	return 0;
}
