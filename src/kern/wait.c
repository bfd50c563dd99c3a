// SPDX-License-Identifier: MIT
/*
 * wait.c - wait queues
 *
 * Owns: a queue's list, the shared queues behind wait_var_event() and wait_on_bit().
 * Q1  Entries that are not exclusive stand before those that are, so waking "all and one" is one
 *     walk.
 * Q2  An entry's function runs under the queue's lock: an entry that is off the list, seen under
 *     the lock, is no longer used.
 * Q3  The waker removes an autoremove entry after it woke the task; a waiter that finds its entry
 *     still linked takes the lock, and by that waits for the waker.
 * Lock: wq_head->lock, taken as the engine's kind (not seen by rules), interrupts held back.
 * Waking never sleeps.
 */
#include <linux/array_size.h>
#include <linux/hash.h>
#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/wait.h>
#include <linux/wait_bit.h>
#include <kern/core.h>
#include <kern/tell.h>

#define SHARED_BITS	6

static struct wait_queue_head shared_queues[1 << SHARED_BITS];

/* The word is the same as in spin_lock(), so users may hold the lock too. */
static unsigned long queue_lock(struct wait_queue_head *queue)
{
	return km_spin_lock((struct km_spin *)&queue->lock.rlock.raw_lock);
}

static void queue_unlock(struct wait_queue_head *queue, unsigned long irq)
{
	km_spin_unlock((struct km_spin *)&queue->lock.rlock.raw_lock, irq);
}

void __init_waitqueue_head(struct wait_queue_head *queue, const char *name,
			   struct lock_class_key *key)
{
	TOUCH(queue);
	__raw_spin_lock_init(&queue->lock.rlock, name, key, LD_WAIT_CONFIG);
	INIT_LIST_HEAD(&queue->head);
}

/* -- joining and leaving ---------------------------------------------------------------------- */

void add_wait_queue(struct wait_queue_head *queue, struct wait_queue_entry *entry)
{
	TOUCH(queue);
	TOUCH(entry);
	unsigned long irq = queue_lock(queue);

	entry->flags &= ~WQ_FLAG_EXCLUSIVE;
	__add_wait_queue(queue, entry);
	queue_unlock(queue, irq);
}

void add_wait_queue_exclusive(struct wait_queue_head *queue, struct wait_queue_entry *entry)
{
	TOUCH(queue);
	TOUCH(entry);
	unsigned long irq = queue_lock(queue);

	__add_wait_queue_entry_tail_exclusive(queue, entry);
	queue_unlock(queue, irq);
}

void add_wait_queue_priority(struct wait_queue_head *queue, struct wait_queue_entry *entry)
{
	TOUCH(queue);
	TOUCH(entry);
	unsigned long irq = queue_lock(queue);

	entry->flags |= WQ_FLAG_EXCLUSIVE | WQ_FLAG_PRIORITY;
	__add_wait_queue(queue, entry);
	queue_unlock(queue, irq);
}

void remove_wait_queue(struct wait_queue_head *queue, struct wait_queue_entry *entry)
{
	TOUCH(queue);
	TOUCH(entry);
	unsigned long irq = queue_lock(queue);

	__remove_wait_queue(queue, entry);
	queue_unlock(queue, irq);
}

void init_wait_entry(struct wait_queue_entry *entry, int flags)
{
	entry->flags = (unsigned int)flags;
	entry->private = current;
	entry->func = autoremove_wake_function;
	INIT_LIST_HEAD(&entry->entry);
}

static bool queue_join(struct wait_queue_head *queue, struct wait_queue_entry *entry,
		       unsigned int state)
{
	unsigned long irq;
	bool was_empty = false;

	km_port_point();
	irq = queue_lock(queue);
	if (list_empty(&entry->entry)) {
		was_empty = list_empty(&queue->head);
		if (entry->flags & WQ_FLAG_EXCLUSIVE)
			__add_wait_queue_entry_tail(queue, entry);
		else
			__add_wait_queue(queue, entry);
	}
	set_current_state(state);
	queue_unlock(queue, irq);
	km_port_seam();
	return was_empty;
}

void prepare_to_wait(struct wait_queue_head *queue, struct wait_queue_entry *entry, int state)
{
	TOUCH(queue);
	TOUCH(entry);
	entry->flags &= ~WQ_FLAG_EXCLUSIVE;
	queue_join(queue, entry, (unsigned int)state);
}

bool prepare_to_wait_exclusive(struct wait_queue_head *queue, struct wait_queue_entry *entry,
			       int state)
{
	TOUCH(queue);
	TOUCH(entry);
	entry->flags |= WQ_FLAG_EXCLUSIVE;
	return queue_join(queue, entry, (unsigned int)state);
}

long prepare_to_wait_event(struct wait_queue_head *queue, struct wait_queue_entry *entry, int state)
{
	TOUCH(queue);
	/* Who was interrupted does not join: a wake-up meant for one waiter would be lost on it. */
	if (signal_pending_state((unsigned int)state, current)) {
		unsigned long irq = queue_lock(queue);

		list_del_init(&entry->entry);
		queue_unlock(queue, irq);
		return -ERESTARTSYS;
	}
	queue_join(queue, entry, (unsigned int)state);
	return 0;
}

void finish_wait(struct wait_queue_head *queue, struct wait_queue_entry *entry)
{
	unsigned long irq;

	TOUCH(queue);
	TOUCH(entry);
	__set_current_state(TASK_RUNNING);
	/* Q3 */
	if (list_empty_careful(&entry->entry))
		return;
	irq = queue_lock(queue);
	list_del_init(&entry->entry);
	queue_unlock(queue, irq);
}

/* -- waking ----------------------------------------------------------------------------------- */

int default_wake_function(struct wait_queue_entry *entry, unsigned int mode, int flags, void *key)
{
	return task_wake(entry->private, mode);
}

int autoremove_wake_function(struct wait_queue_entry *entry, unsigned int mode, int sync, void *key)
{
	int woke = default_wake_function(entry, mode, sync, key);

	if (woke)
		list_del_init_careful(&entry->entry);
	return woke;
}

int woken_wake_function(struct wait_queue_entry *entry, unsigned int mode, int sync, void *key)
{
	/*
	 * Pairs with wait_woken(): what was written before the wake-up is seen by who sees the
	 * flag.
	 */
	smp_mb();
	entry->flags |= WQ_FLAG_WOKEN;
	return default_wake_function(entry, mode, sync, key);
}

/* Returns how many were woken.  @exclusive: how many exclusive ones at most; 0: all. */
static int queue_wake(struct wait_queue_head *queue, unsigned int mode, int exclusive, void *key,
		      uintptr_t caller, uintptr_t frame)
{
	struct list_head *at, *next;
	int woken = 0;

	for (at = queue->head.next; at != &queue->head; at = next) {
		struct wait_queue_entry *entry = list_entry(at, struct wait_queue_entry, entry);
		unsigned int flags;
		int answer;

		if (!touch(entry, sizeof(*entry), true, caller, frame))
			break;
		next = at->next;
		flags = entry->flags;
		answer = entry->func(entry, mode, 0, key);
		if (answer < 0)
			break;
		if (!answer)
			continue;
		woken++;
		if ((flags & WQ_FLAG_EXCLUSIVE) && !--exclusive)
			break;
	}
	return woken;
}

int __wake_up(struct wait_queue_head *queue, unsigned int mode, int exclusive, void *key)
{
	unsigned long irq;
	int woken;

	/* What is waited for was done before: who looks in time need not wait, and may go on. */
	km_port_seam();
	TOUCH(queue);
	irq = queue_lock(queue);
	woken = queue_wake(queue, mode, exclusive, key, WATCH_CALLER(), WATCH_FRAME());
	queue_unlock(queue, irq);
	km_port_seam();
	return woken;
}

void __wake_up_sync(struct wait_queue_head *queue, unsigned int mode)
{
	__wake_up(queue, mode, 1, NULL);
}

void __wake_up_sync_key(struct wait_queue_head *queue, unsigned int mode, void *key)
{
	__wake_up(queue, mode, 1, key);
}

void __wake_up_locked(struct wait_queue_head *queue, unsigned int mode, int exclusive)
{
	TOUCH(queue);
	queue_wake(queue, mode, exclusive, NULL, WATCH_CALLER(), WATCH_FRAME());
}

void __wake_up_locked_key(struct wait_queue_head *queue, unsigned int mode, void *key)
{
	TOUCH(queue);
	queue_wake(queue, mode, 1, key, WATCH_CALLER(), WATCH_FRAME());
}

/* -- other ways to wait ----------------------------------------------------------------------- */

long wait_woken(struct wait_queue_entry *entry, unsigned int mode, long timeout)
{
	KERN_MIGHT_SLEEP("wait_woken");
	set_current_state(mode);
	if (!(READ_ONCE(entry->flags) & WQ_FLAG_WOKEN))
		timeout = schedule_timeout(timeout);
	__set_current_state(TASK_RUNNING);
	smp_store_mb(entry->flags, entry->flags & ~WQ_FLAG_WOKEN);
	return timeout;
}

s64 km_wait_deadline(s64 timeout_ns)
{
	return timeout_ns == KTIME_MAX ? KTIME_MAX : ktime_add(ktime_get(), timeout_ns);
}

int km_wait_until(s64 deadline, unsigned int state)
{
	ktime_t end = deadline;

	if (deadline == KTIME_MAX) {
		schedule();
		return 0;
	}
	set_current_state(state);
	return schedule_hrtimeout_range(&end, 0, HRTIMER_MODE_ABS) ? 0 : -ETIME;
}

int do_wait_intr(wait_queue_head_t *queue, wait_queue_entry_t *entry)
{
	if (list_empty(&entry->entry))
		__add_wait_queue_entry_tail(queue, entry);
	set_current_state(TASK_INTERRUPTIBLE);
	if (signal_pending(current))
		return -ERESTARTSYS;
	spin_unlock(&queue->lock);
	schedule();
	spin_lock(&queue->lock);
	return 0;
}

int do_wait_intr_irq(wait_queue_head_t *queue, wait_queue_entry_t *entry)
{
	if (list_empty(&entry->entry))
		__add_wait_queue_entry_tail(queue, entry);
	set_current_state(TASK_INTERRUPTIBLE);
	if (signal_pending(current))
		return -ERESTARTSYS;
	spin_unlock_irq(&queue->lock);
	schedule();
	spin_lock_irq(&queue->lock);
	return 0;
}

void wait_boot(void)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(shared_queues); i++)
		init_waitqueue_head(&shared_queues[i]);
}

struct wait_queue_head *__var_waitqueue(void *p)
{
	return &shared_queues[hash_ptr(p, SHARED_BITS)];
}

/* All: strangers share the queue, and each looks at its own condition. */
void wake_up_var(void *var)
{
	struct wait_queue_head *queue = __var_waitqueue(var);

	if (wq_has_sleeper(queue))
		wake_up_all(queue);
}

void wake_up_bit(void *word, int bit)
{
	wake_up_var(word);
}
