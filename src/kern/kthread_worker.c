/* SPDX-License-Identifier: MIT */
/*
 * kthread_worker.c - threads that run what is queued on them, one item after the other
 *
 * Owns: the order of items, and who waits for their end.  Not: the memory of a worker that
 * kthread_create_worker() makes (kapi/kthread_make.c).
 * K1  An item that waits to run is on its worker's work_list, or (delayed) on its delayed_work_list
 *     with its timer armed; in both cases on kthread_pending.
 * K2  Turns grow: work_list is sorted by them, and the item that runs has the lowest.
 * K3  Nothing of an item is looked at once its function was called: it may free it.
 * Lock: kthread_work_lock, for all workers; timer_lock may be taken inside.
 * Source: kernel 6.12 docs, driver-api/basics (kthread), and the kernel-doc of these functions.
 */
#include <linux/kthread.h>

#include <linux/bug.h>
#include <linux/jiffies.h>
#include <linux/sched/task.h>
#include <kern/armed.h>
#include <kern/await.h>
#include <kern/balance.h>
#include <kern/core.h>
#include <kern/parts.h>
#include <kern/spin.h>
#include "kern/tell.h"

struct turn_waiter {
	struct list_head entry;		/* of worker->km_waiters */
	struct task_struct *task;
	u64 turn;			/* until no item of it or a lower one is left */
	bool is_done;
};

static struct km_spin kthread_work_lock = KM_SPIN_INIT;
static LIST_HEAD(kthread_pending);
static u64 next_turn = 1;

/* -- what waits to run: K1 -------------------------------------------------------------------- */

static void pend_locked(struct kthread_worker *worker, struct kthread_work *work)
{
	work->worker = worker;
	list_add_tail(&work->km_pending, &kthread_pending);
	armed_add(work);
	armed_add(worker);
}

static void unpend_locked(struct kthread_work *work)
{
	list_del_init(&work->node);
	list_del(&work->km_pending);
	armed_drop(work);
	armed_drop(work->worker);
}

void kthread_work_pending(kern_left_fn see, void *arg)
{
	unsigned long irq = km_spin_lock(&kthread_work_lock);
	struct kthread_work *work;

	list_for_each_entry(work, &kthread_pending, km_pending) {
		see("kthread_work", work, (uintptr_t)work->func, NULL, arg);
		see("kthread_worker with items to come", work->worker, (uintptr_t)work->func, NULL,
		    arg);
	}
	km_spin_unlock(&kthread_work_lock, irq);
}

static bool is_blocked_locked(struct kthread_worker *worker, struct kthread_work *work)
{
	return !list_empty(&work->node) || work->canceling;
}

/* Returns the task to wake, with a reference; NULL: nobody runs this worker yet. */
static struct task_struct *insert_locked(struct kthread_worker *worker, struct kthread_work *work)
{
	pend_locked(worker, work);
	work->km_turn = next_turn++;
	list_add_tail(&work->node, &worker->work_list);
	return worker->task ? get_task_struct(worker->task) : NULL;
}

static void rouse(struct task_struct *task)
{
	if (task) {
		wake_up_process(task);
		put_task_struct(task);
	}
	km_port_seam();
}

/* -- queueing --------------------------------------------------------------------------------- */

/**
 * kthread_queue_work() - have @work->func run on @worker's thread
 * Context: any.  Return: false if it is queued already, or being cancelled.
 */
bool kthread_queue_work(struct kthread_worker *worker, struct kthread_work *work)
{
	struct task_struct *task = NULL;
	unsigned long irq;
	bool may;

	if (!TOUCH_BYTES(worker, sizeof(*worker), true) || !TOUCH_BYTES(work, sizeof(*work), true))
		return false;
	WARN_ON_ONCE(work->worker && work->worker != worker && !list_empty(&work->node));
	irq = km_spin_lock(&kthread_work_lock);
	may = !is_blocked_locked(worker, work);
	if (may)
		task = insert_locked(worker, work);
	km_spin_unlock(&kthread_work_lock, irq);
	rouse(task);
	return may;
}

void kthread_delayed_work_timer_fn(struct timer_list *t)
{
	struct kthread_delayed_work *dwork = container_of(t, struct kthread_delayed_work, timer);
	unsigned long irq = km_spin_lock(&kthread_work_lock);
	struct task_struct *task = NULL;
	struct kthread_worker *worker;

	/* Cancelled, or cancelled and armed anew, after the timer expired: this call is stale. */
	if (!list_empty(&dwork->work.node) && !timer_pending(t)) {
		worker = dwork->work.worker;
		unpend_locked(&dwork->work);
		if (!dwork->work.canceling)
			task = insert_locked(worker, &dwork->work);
	}
	km_spin_unlock(&kthread_work_lock, irq);
	rouse(task);
}

static struct task_struct *delay_locked(struct kthread_worker *worker,
					struct kthread_delayed_work *dwork, unsigned long delay)
{
	if (!delay)
		return insert_locked(worker, &dwork->work);
	pend_locked(worker, &dwork->work);
	list_add_tail(&dwork->work.node, &worker->delayed_work_list);
	mod_timer(&dwork->timer, jiffies + delay);
	return NULL;
}

bool kthread_queue_delayed_work(struct kthread_worker *worker, struct kthread_delayed_work *dwork,
				unsigned long delay)
{
	struct task_struct *task = NULL;
	unsigned long irq;
	bool may;

	if (!TOUCH_BYTES(worker, sizeof(*worker), true) ||
	    !TOUCH_BYTES(dwork, sizeof(*dwork), true))
		return false;
	WARN_ON_ONCE(dwork->timer.function != kthread_delayed_work_timer_fn);
	irq = km_spin_lock(&kthread_work_lock);
	may = !is_blocked_locked(worker, &dwork->work);
	if (may)
		task = delay_locked(worker, dwork, delay);
	km_spin_unlock(&kthread_work_lock, irq);
	rouse(task);
	return may;
}

bool kthread_mod_delayed_work(struct kthread_worker *worker, struct kthread_delayed_work *dwork,
			      unsigned long delay)
{
	struct task_struct *task = NULL;
	unsigned long irq;
	bool waited;

	if (!TOUCH_BYTES(worker, sizeof(*worker), true) ||
	    !TOUCH_BYTES(dwork, sizeof(*dwork), true))
		return false;
	irq = km_spin_lock(&kthread_work_lock);
	waited = !list_empty(&dwork->work.node);
	if (!dwork->work.canceling) {
		timer_delete(&dwork->timer);
		if (waited)
			unpend_locked(&dwork->work);
		task = delay_locked(worker, dwork, delay);
	}
	km_spin_unlock(&kthread_work_lock, irq);
	rouse(task);
	return waited;
}

/* -- waiting for an end ----------------------------------------------------------------------- */

/* K2 */
static u64 oldest_locked(const struct kthread_worker *worker)
{
	if (worker->current_work)
		return worker->km_turn;
	if (list_empty(&worker->work_list))
		return U64_MAX;
	return list_first_entry(&worker->work_list, struct kthread_work, node)->km_turn;
}

static void settle_locked(struct kthread_worker *worker)
{
	struct turn_waiter *waiter, *next;
	u64 oldest = oldest_locked(worker);

	list_for_each_entry_safe(waiter, next, &worker->km_waiters, entry) {
		if (waiter->turn >= oldest)
			continue;
		list_del(&waiter->entry);
		WRITE_ONCE(waiter->is_done, true);
		wake_up_process(waiter->task);
	}
}

/* The lock is held, and is not any more. */
static void turn_await(struct kthread_worker *worker, u64 turn, unsigned long irq)
{
	struct turn_waiter waiter = { .task = current, .turn = turn };
	bool waits = oldest_locked(worker) <= turn;

	if (waits)
		list_add_tail(&waiter.entry, &worker->km_waiters);
	km_spin_unlock(&kthread_work_lock, irq);
	if (waits)
		await_done(&waiter.is_done, &kthread_work_lock);
}

static bool is_queued_locked(const struct kthread_worker *worker, const struct kthread_work *work)
{
	const struct kthread_work *other;

	list_for_each_entry(other, &worker->work_list, node)
		if (other == work)
			return true;
	return false;
}

static void work_wait(struct kthread_work *work)
{
	unsigned long irq = km_spin_lock(&kthread_work_lock);
	struct kthread_worker *worker = work->worker;

	if (worker && is_queued_locked(worker, work))
		turn_await(worker, work->km_turn, irq);
	else if (worker && worker->current_work == work)
		turn_await(worker, worker->km_turn, irq);
	else
		km_spin_unlock(&kthread_work_lock, irq);
}

/**
 * kthread_flush_work() - wait until an item that is queued or runs has run
 * Context: task, nothing held (sleep-in-atomic); not the item itself.
 */
void kthread_flush_work(struct kthread_work *work)
{
	KERN_MIGHT_SLEEP("kthread_flush_work");
	if (TOUCH_BYTES(work, sizeof(*work), true))
		work_wait(work);
}

static void worker_wait(struct kthread_worker *worker)
{
	unsigned long irq = km_spin_lock(&kthread_work_lock);

	turn_await(worker, next_turn - 1, irq);
}

void kthread_flush_worker(struct kthread_worker *worker)
{
	KERN_MIGHT_SLEEP("kthread_flush_worker");
	if (TOUCH_BYTES(worker, sizeof(*worker), true))
		worker_wait(worker);
}

/* -- cancelling ------------------------------------------------------------------------------- */

static bool work_cancel(struct kthread_work *work, struct timer_list *timer)
{
	unsigned long irq;
	bool waited;

	/* Never queued, and perhaps never set up: all zero. */
	if (!READ_ONCE(work->worker))
		return false;
	km_port_seam();
	irq = km_spin_lock(&kthread_work_lock);
	work->canceling++;
	waited = !list_empty(&work->node);
	if (waited) {
		unpend_locked(work);
		settle_locked(work->worker);
	}
	km_spin_unlock(&kthread_work_lock, irq);
	watch_enter();
	/* Its handler may be under way: canceling keeps it from queueing. */
	if (timer)
		timer_delete_sync(timer);
	work_wait(work);
	watch_leave();
	irq = km_spin_lock(&kthread_work_lock);
	work->canceling--;
	km_spin_unlock(&kthread_work_lock, irq);
	km_port_seam();
	return waited;
}

bool kthread_cancel_work_sync(struct kthread_work *work)
{
	KERN_MIGHT_SLEEP("kthread_cancel_work_sync");
	return TOUCH_BYTES(work, sizeof(*work), true) && work_cancel(work, NULL);
}

bool kthread_cancel_delayed_work_sync(struct kthread_delayed_work *dwork)
{
	KERN_MIGHT_SLEEP("kthread_cancel_delayed_work_sync");
	return TOUCH_BYTES(dwork, sizeof(*dwork), true) &&
	       work_cancel(&dwork->work, &dwork->timer);
}

/* -- the thread ------------------------------------------------------------------------------- */

static struct kthread_work *take_locked(struct kthread_worker *worker)
{
	struct kthread_work *work = list_first_entry_or_null(&worker->work_list,
							     struct kthread_work, node);

	if (work) {
		worker->current_work = work;
		worker->km_turn = work->km_turn;
		unpend_locked(work);
	}
	return work;
}

/* One item; false if there is none.  K3 */
static bool worker_step(struct kthread_worker *worker)
{
	unsigned long irq = km_spin_lock(&kthread_work_lock);
	struct kthread_work *work = take_locked(worker);
	kthread_work_func_t func = work ? work->func : NULL;
	struct balance balance;

	km_spin_unlock(&kthread_work_lock, irq);
	if (!work)
		return false;
	__set_current_state(TASK_RUNNING);
	balance_begin(&balance);
	func(work);
	balance_end(&balance, "kthread worker", func);
	irq = km_spin_lock(&kthread_work_lock);
	worker->current_work = NULL;
	settle_locked(worker);
	km_spin_unlock(&kthread_work_lock, irq);
	return true;
}

int kthread_worker_fn(void *worker_ptr)
{
	struct kthread_worker *worker = worker_ptr;
	unsigned long irq;

	WARN_ON(worker->task && worker->task != current);
	irq = km_spin_lock(&kthread_work_lock);
	worker->task = current;
	km_spin_unlock(&kthread_work_lock, irq);
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (kthread_should_stop())
			break;
		if (!worker_step(worker))
			schedule();
		cond_resched();
	}
	__set_current_state(TASK_RUNNING);
	irq = km_spin_lock(&kthread_work_lock);
	worker->task = NULL;
	km_spin_unlock(&kthread_work_lock, irq);
	return 0;
}

/* For kthread_destroy_worker(): what is queued runs, the thread ends. */
void kthread_worker_end(struct kthread_worker *worker)
{
	struct task_struct *task = worker->task;

	worker_wait(worker);
	if (task)
		kthread_stop(task);
}

/* Its memory has gone, its lists with it: delayed items that were not cancelled find nobody. */
void kthread_worker_forget(struct kthread_worker *worker)
{
	unsigned long irq = km_spin_lock(&kthread_work_lock);
	struct kthread_work *work, *next;

	list_for_each_entry_safe(work, next, &kthread_pending, km_pending)
		if (work->worker == worker) {
			INIT_LIST_HEAD(&work->node);
			unpend_locked(work);
		}
	km_spin_unlock(&kthread_work_lock, irq);
}
