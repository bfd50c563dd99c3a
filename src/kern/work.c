// SPDX-License-Identifier: MIT
/*
 * work.c - the items of work: queue, delay, cancel, wait for
 *
 * Owns: work_struct, delayed_work and rcu_work.  Invariants and lock: work.h.
 * Queueing and cancelling without _sync may be done anywhere; flush and *_sync sleep.
 */
#include <linux/bug.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <kern/armed.h>
#include <kern/await.h>
#include <kern/tell.h>
#include <kern/work.h>

static bool work_take_out_locked(struct work_struct *work, struct delayed_work *dwork);

static bool work_is_queued_locked(const struct work_struct *work)
{
	struct work_struct *other;

	for (unsigned int nr = 0; nr < WORKQUEUES; nr++) {
		if (!workqueues[nr].is_used)
			continue;
		list_for_each_entry(other, &workqueues[nr].pending, entry)
			if (other == work)
				return true;
	}
	return false;
}

/* @work is about to be set up: if it waits, that is told, and it no longer does. */
static void work_forget(const struct asker *asker, struct work_struct *work)
{
	unsigned long irq = km_spin_lock(&work_lock);
	bool was_queued = work_is_queued_locked(work);

	if (was_queued)
		work_take_out_locked(work, NULL);
	km_spin_unlock(&work_lock, irq);
	if (was_queued)
		armed_anew(asker, INIT_ACTIVE "work_struct", work);
}

void km_work_init(struct work_struct *work, work_func_t func)
{
	TOUCH(work);
	if (watch_points && kern_is_armed_near(work, sizeof(*work)))
		work_forget(ASKER(), work);
	*work = (struct work_struct){ .func = func };
	INIT_LIST_HEAD(&work->entry);
}

void km_delayed_work_init(struct delayed_work *dwork, work_func_t func, unsigned int timer_flags)
{
	TOUCH(dwork);
	km_work_init(&dwork->work, func);
	timer_setup(&dwork->timer, delayed_work_timer_fn, timer_flags | TIMER_IRQSAFE);
	dwork->wq = NULL;
	dwork->cpu = WORK_CPU_UNBOUND;
}

/* May the caller queue on @wq now?  Not while it drains, unless from one of its own items. */
static bool workqueue_admits_locked(const struct workqueue_struct *wq)
{
	struct worker *worker = in_task() ? worker_of(current) : NULL;

	return wq->is_used &&
	       (!(wq->flags & __WQ_DRAINING) || (worker && worker->work && worker->wq == wq));
}

/* Q1, Q2.  Returns the task to wake. */
static struct task_struct *work_insert_locked(struct workqueue_struct *wq, struct work_struct *work)
{
	work->data |= WORK_STRUCT_PENDING;
	work->wq = wq;
	work->turn = work_turn++;
	list_add_tail(&work->entry, &wq->pending);
	armed_add(work);
	return worker_rouse_locked();
}

/**
 * queue_work_on() - have @work->func run in task context soon
 * @cpu: not obeyed: workers are not bound to CPUs
 * Context: any.  Return: false if it is pending already, or disabled.
 */
bool queue_work_on(int cpu, struct workqueue_struct *wq, struct work_struct *work)
{
	struct task_struct *task = NULL;
	unsigned long irq;
	bool may, refused;

	if (!TOUCH_QUEUE(wq))
		return false;
	TOUCH(work);
	if (WARN_ON_ONCE(!work->func))
		return false;
	ARMED("work", work);
	irq = km_spin_lock(&work_lock);
	may = !(work->data & WORK_STRUCT_PENDING) && !work->disabled;
	refused = may && !workqueue_admits_locked(wq);
	if (may && !refused)
		task = work_insert_locked(wq, work);
	km_spin_unlock(&work_lock, irq);
	if (task)
		wake_up_process(task);
	km_port_seam();
	WARN_ONCE(refused, "workqueue: cannot queue %ps on wq %s\n", work->func, wq->name);
	return may && !refused;
}

/* The delay is over.  Runs with interrupts off (TIMER_IRQSAFE), so that no handler finds the item
 * between timer and list. */
void delayed_work_timer_fn(struct timer_list *timer)
{
	struct delayed_work *dwork = container_of(timer, struct delayed_work, timer);
	struct task_struct *task = NULL;
	unsigned long irq = km_spin_lock(&work_lock);
	/* Cancelled, or cancelled and armed anew, after the timer had expired: then this call is
	 * stale. */
	bool is_ours = dwork->work.data & WORK_STRUCT_PENDING && list_empty(&dwork->work.entry) &&
		       !timer_pending(timer);
	bool refused = is_ours && !dwork->wq->is_used;

	if (is_ours && !refused)
		task = work_insert_locked(dwork->wq, &dwork->work);
	km_spin_unlock(&work_lock, irq);
	if (task)
		wake_up_process(task);
	WARN_ONCE(refused, "workqueue: delayed work %ps fires after its workqueue was destroyed\n",
		  dwork->work.func);
}

static struct task_struct *delayed_start_locked(struct workqueue_struct *wq,
						struct delayed_work *dwork, unsigned long delay)
{
	if (!delay)
		return work_insert_locked(wq, &dwork->work);
	dwork->work.data |= WORK_STRUCT_PENDING;
	dwork->wq = wq;
	mod_timer(&dwork->timer, jiffies + delay);
	return NULL;
}

static bool delayed_refused(struct workqueue_struct *wq, struct delayed_work *dwork, bool refused)
{
	WARN_ON_ONCE(!refused && dwork->timer.function != delayed_work_timer_fn);
	return WARN_ONCE(refused, "workqueue: cannot queue %ps on wq %s\n", dwork->work.func,
			 wq->name);
}

/**
 * queue_delayed_work_on() - as queue_work_on(), after @delay jiffies
 * Context: any.  Return: false if it is pending already, or disabled.
 */
bool queue_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork,
			   unsigned long delay)
{
	if (!TOUCH_QUEUE(wq))
		return false;
	TOUCH(dwork);
	ARMED("work", &dwork->work);
	struct task_struct *task = NULL;
	unsigned long irq = km_spin_lock(&work_lock);
	bool may = !(dwork->work.data & WORK_STRUCT_PENDING) && !dwork->work.disabled;
	bool refused = may && !workqueue_admits_locked(wq);

	if (may && !refused)
		task = delayed_start_locked(wq, dwork, delay);
	km_spin_unlock(&work_lock, irq);
	if (task)
		wake_up_process(task);
	if (may)
		delayed_refused(wq, dwork, refused);
	return may && !refused;
}

/* Takes a pending item from its list or, if @dwork, its timer; true if it was pending. */
static bool work_take_out_locked(struct work_struct *work, struct delayed_work *dwork)
{
	struct workqueue_struct *wq = work->wq;

	if (!(work->data & WORK_STRUCT_PENDING))
		return false;
	if (list_empty(&work->entry)) {
		if (!dwork)
			return false; /* an rcu_work whose grace period is not over: only
					 flush_rcu_work() */
		timer_delete(&dwork->timer);
		work->data &= ~WORK_STRUCT_PENDING;
		return true;
	}
	list_del_init(&work->entry);
	armed_drop(work);
	work->data &= ~WORK_STRUCT_PENDING;
	waiters_end_locked(&wq->waiters, work);
	workqueue_settle_locked(wq);
	return true;
}

/**
 * mod_delayed_work_on() - queue a delayed item, or give a pending one the new @delay
 * Context: any.  Return: true if it was pending.
 */
bool mod_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork,
			 unsigned long delay)
{
	if (!TOUCH_QUEUE(wq))
		return false;
	TOUCH(dwork);
	ARMED("work", &dwork->work);
	struct task_struct *task = NULL;
	unsigned long irq = km_spin_lock(&work_lock);
	bool was_pending = work_take_out_locked(&dwork->work, dwork);
	bool may = !dwork->work.disabled;
	bool refused = may && !workqueue_admits_locked(wq);

	if (may && !refused)
		task = delayed_start_locked(wq, dwork, delay);
	km_spin_unlock(&work_lock, irq);
	if (task)
		wake_up_process(task);
	if (may)
		delayed_refused(wq, dwork, refused);
	return was_pending;
}

static void rcu_work_ready(struct rcu_head *rcu)
{
	struct rcu_work *rwork = container_of(rcu, struct rcu_work, rcu);
	struct task_struct *task;
	unsigned long irq = km_spin_lock(&work_lock);

	task = work_insert_locked(rwork->wq, &rwork->work);
	km_spin_unlock(&work_lock, irq);
	if (task)
		wake_up_process(task);
}

bool queue_rcu_work(struct workqueue_struct *wq, struct rcu_work *rwork)
{
	if (!TOUCH_QUEUE(wq))
		return false;
	TOUCH(rwork);
	unsigned long irq = km_spin_lock(&work_lock);
	bool may = !(rwork->work.data & WORK_STRUCT_PENDING) && !rwork->work.disabled;

	if (may) {
		rwork->work.data |= WORK_STRUCT_PENDING;
		rwork->wq = wq;
	}
	km_spin_unlock(&work_lock, irq);
	if (may)
		call_rcu(&rwork->rcu, rcu_work_ready);
	return may;
}

void waiters_end_locked(struct list_head *waiters, const struct work_struct *work)
{
	struct work_waiter *waiter, *next;

	list_for_each_entry_safe(waiter, next, waiters, entry) {
		if (work && waiter->work != work)
			continue;
		list_del_init(&waiter->entry);
		WRITE_ONCE(waiter->is_done, true);
		wake_up_process(waiter->task);
	}
}

void waiter_add_locked(struct work_waiter *waiter, struct list_head *waiters)
{
	list_add_tail(&waiter->entry, waiters);
}

void waiter_wait(struct work_waiter *waiter)
{
	await_done(&waiter->is_done, &work_lock);
}

/* Puts @waiter where the end of @work is told; false: it neither waits on a list nor runs. */
static bool work_await_locked(struct work_struct *work, struct work_waiter *waiter)
{
	struct worker *worker;

	waiter->task = current;
	waiter->work = work;
	if (work->data & WORK_STRUCT_PENDING && !list_empty(&work->entry)) {
		waiter_add_locked(waiter, &work->wq->waiters);
		return true;
	}
	worker = worker_running_locked(work);
	if (worker)
		waiter_add_locked(waiter, &worker->waiters);
	return worker;
}

static bool work_wait(struct work_struct *work)
{
	struct work_waiter waiter = { .work = work };
	unsigned long irq = km_spin_lock(&work_lock);
	bool waits = work_await_locked(work, &waiter);

	km_spin_unlock(&work_lock, irq);
	if (waits)
		waiter_wait(&waiter);
	return waits;
}

/**
 * flush_work() - wait until an item that is queued or runs has run
 * Context: task, nothing held (sleep-in-atomic); not the item itself.  Return: false if there was
 * nothing to wait for.
 */
bool flush_work(struct work_struct *work)
{
	TOUCH(work);
	KERN_MIGHT_SLEEP("flush_work");
	if (WARN_ON(!work->func))
		return false;
	return work_wait(work);
}

bool flush_delayed_work(struct delayed_work *dwork)
{
	struct task_struct *task = NULL;
	unsigned long irq;

	TOUCH(dwork);
	KERN_MIGHT_SLEEP("flush_delayed_work");
	irq = km_spin_lock(&work_lock);
	if (dwork->work.data & WORK_STRUCT_PENDING && list_empty(&dwork->work.entry)) {
		timer_delete(&dwork->timer);
		task = work_insert_locked(dwork->wq, &dwork->work);
	}
	km_spin_unlock(&work_lock, irq);
	if (task)
		wake_up_process(task);
	return work_wait(&dwork->work);
}

bool flush_rcu_work(struct rcu_work *rwork)
{
	TOUCH(rwork);
	KERN_MIGHT_SLEEP("flush_rcu_work");
	if (rwork->work.data & WORK_STRUCT_PENDING && list_empty(&rwork->work.entry)) {
		rcu_barrier();
		work_wait(&rwork->work);
		return true;
	}
	return work_wait(&rwork->work);
}

/* Also raises (+1) or lowers (-1) the disable depth in the same step. */
static bool work_take_out(struct work_struct *work, struct delayed_work *dwork, int disable)
{
	unsigned long irq;
	bool was_pending;

	km_port_seam();
	irq = km_spin_lock(&work_lock);
	was_pending = work_take_out_locked(work, dwork);
	work->disabled += disable;
	km_spin_unlock(&work_lock, irq);
	km_port_seam();
	return was_pending;
}

static bool work_disable_sync(struct work_struct *work, struct delayed_work *dwork)
{
	bool was_pending = work_take_out(work, dwork, 1);

	/* A timer callback under way still looks at the item. */
	if (dwork)
		timer_delete_sync(&dwork->timer);
	work_wait(work);
	km_port_seam();
	return was_pending;
}

static bool work_enable(struct work_struct *work)
{
	unsigned long irq = km_spin_lock(&work_lock);
	bool is_enabled = false;

	if (!WARN_ON_ONCE(!work->disabled))
		is_enabled = --work->disabled == 0;
	km_spin_unlock(&work_lock, irq);
	return is_enabled;
}

bool cancel_work(struct work_struct *work)
{
	TOUCH(work);
	return work_take_out(work, NULL, 0);
}

bool cancel_delayed_work(struct delayed_work *dwork)
{
	TOUCH(dwork);
	return work_take_out(&dwork->work, dwork, 0);
}

/**
 * cancel_work_sync() - take an item from its queue, and wait until it does not run; queueing it
 * meanwhile fails Context: task, nothing held (sleep-in-atomic); not the item itself.  Return: true
 * if it was pending.
 */
bool cancel_work_sync(struct work_struct *work)
{
	bool was_pending;

	TOUCH(work);
	KERN_MIGHT_SLEEP("cancel_work_sync");
	was_pending = work_disable_sync(work, NULL);
	work_enable(work);
	return was_pending;
}

bool cancel_delayed_work_sync(struct delayed_work *dwork)
{
	bool was_pending;

	TOUCH(dwork);
	KERN_MIGHT_SLEEP("cancel_delayed_work_sync");
	was_pending = work_disable_sync(&dwork->work, dwork);
	work_enable(&dwork->work);
	return was_pending;
}

bool disable_work(struct work_struct *work)
{
	TOUCH(work);
	return work_take_out(work, NULL, 1);
}

bool disable_work_sync(struct work_struct *work)
{
	TOUCH(work);
	KERN_MIGHT_SLEEP("disable_work_sync");
	return work_disable_sync(work, NULL);
}

bool enable_work(struct work_struct *work)
{
	TOUCH(work);
	return work_enable(work);
}

bool disable_delayed_work(struct delayed_work *dwork)
{
	TOUCH(dwork);
	return work_take_out(&dwork->work, dwork, 1);
}

bool disable_delayed_work_sync(struct delayed_work *dwork)
{
	TOUCH(dwork);
	KERN_MIGHT_SLEEP("disable_delayed_work_sync");
	return work_disable_sync(&dwork->work, dwork);
}

bool enable_delayed_work(struct delayed_work *dwork)
{
	TOUCH(dwork);
	return work_enable(&dwork->work);
}

unsigned int work_busy(struct work_struct *work)
{
	TOUCH(work);
	unsigned long irq = km_spin_lock(&work_lock);
	unsigned int busy = work->data & WORK_STRUCT_PENDING ? WORK_BUSY_PENDING : 0;

	if (worker_running_locked(work))
		busy |= WORK_BUSY_RUNNING;
	km_spin_unlock(&work_lock, irq);
	return busy;
}
