// SPDX-License-Identifier: MIT
/*
 * worker.c - the threads that run work items
 *
 * Owns: one pool of workers for all queues.
 * R1  While a worker runs an item, another is idle or being made, unless WORKERS_MAX is reached: an
 * item that sleeps does not keep the others waiting. R2  Who makes an item runnable rouses one idle
 * worker; a worker that takes an item rouses the next if more are runnable. Invariants and lock of
 * items and queues: work.h.  Workers sleep; the internal calls do not.
 */
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/sprintf.h>
#include <kern/armed.h>
#include <kern/balance.h>
#include <kern/work.h>

struct worker workers[WORKERS_MAX];
static unsigned int workers_idle, workers_count;
static bool worker_is_made;	/* one is being made just now */

void workqueue_boot_queues(void);

struct worker *worker_running_locked(const struct work_struct *work)
{
	unsigned int nr;

	/* The function too: the memory may belong to another item by now (Q4). */
	for (nr = 0; nr < WORKERS_MAX; nr++)
		if (workers[nr].work == work && workers[nr].func == work->func)
			return &workers[nr];
	return NULL;
}

struct worker *worker_of(const struct task_struct *task)
{
	unsigned int nr;

	for (nr = 0; nr < WORKERS_MAX; nr++)
		if (workers[nr].is_used && workers[nr].task == task)
			return &workers[nr];
	return NULL;
}

struct task_struct *worker_rouse_locked(void)
{
	unsigned int nr;

	for (nr = 0; workers_idle && nr < WORKERS_MAX; nr++)
		if (workers[nr].is_idle) {
			workers[nr].is_idle = false;
			workers_idle--;
			return workers[nr].task;
		}
	return NULL;
}

/* The first item of @wq that may run now (Q3); NULL if none may. */
static struct work_struct *workqueue_next_locked(struct workqueue_struct *wq)
{
	struct work_struct *work;

	if (!wq->is_used || wq->active >= wq->max_active)
		return NULL;
	list_for_each_entry(work, &wq->pending, entry)
		if (!worker_running_locked(work))
			return work;
	return NULL;
}

/* The item that runs next: of a WQ_HIGHPRI queue if there is one, then in order of queueing. */
static struct work_struct *work_next_locked(void)
{
	struct work_struct *work, *best = NULL;
	bool is_high, best_is_high = false;
	unsigned int nr;

	km_port_effort(WORKQUEUES);
	for (nr = 0; nr < WORKQUEUES; nr++) {
		work = workqueue_next_locked(&workqueues[nr]);
		if (!work)
			continue;
		is_high = workqueues[nr].flags & WQ_HIGHPRI;
		if (best && (best_is_high > is_high ||
			     (best_is_high == is_high && best->turn < work->turn)))
			continue;
		best = work;
		best_is_high = is_high;
	}
	return best;
}

static void worker_take_locked(struct worker *worker, struct work_struct *work)
{
	struct workqueue_struct *wq = work->wq;
	struct work_waiter *waiter, *next;

	list_del_init(&work->entry);
	armed_drop(work);
	work->data &= ~WORK_STRUCT_PENDING;
	worker->is_engine = work->data & WORK_STRUCT_ENGINE;
	worker->work = work;
	worker->func = work->func;
	worker->wq = wq;
	worker->turn = work->turn;
	wq->active++;
	list_for_each_entry_safe(waiter, next, &wq->waiters, entry)
		if (waiter->work == work)
			list_move_tail(&waiter->entry, &worker->waiters);
}

static void worker_done_locked(struct worker *worker)
{
	worker->work = NULL;
	worker->wq->active--;
	waiters_end_locked(&worker->waiters, NULL);
	workqueue_settle_locked(worker->wq);
}

static int worker_run(void *data);

/* R1.  Sleeps. */
static void worker_make(void)
{
	unsigned long irq = km_spin_lock(&work_lock);
	struct worker *worker = NULL;
	struct task_struct *task;
	char name[TASK_COMM_LEN];
	unsigned int nr;

	for (nr = 0; nr < WORKERS_MAX && !worker && !worker_is_made && !workers_idle; nr++)
		if (!workers[nr].is_used)
			worker = &workers[nr];
	if (worker) {
		*worker = (struct worker){ .is_used = true };
		INIT_LIST_HEAD(&worker->waiters);
		worker_is_made = true;
		workers_count++;
	}
	km_spin_unlock(&work_lock, irq);
	if (!worker)
		return;
	scnprintf(name, sizeof(name), "kworker/u%u:%u", km_port_cpus(),
		  (unsigned int)(worker - workers));
	task = thread_start(worker_run, worker, name);
	irq = km_spin_lock(&work_lock);
	worker_is_made = false;
	worker->task = task;
	if (!task) {
		worker->is_used = false;
		workers_count--;
	}
	km_spin_unlock(&work_lock, irq);
}

static void worker_call(struct worker *worker)
{
	struct work_struct *work = worker->work;
	work_func_t func = worker->func;
	struct balance balance;

	balance_begin(&balance);
	func(work);
	balance_end(&balance, "workqueue", func);
}

/* One item; false if there is none, and the worker now counts as idle with its state set to sleep.
 */
static bool worker_step(struct worker *worker)
{
	struct task_struct *task = NULL;
	unsigned long irq = km_spin_lock(&work_lock);
	struct work_struct *work = work_next_locked();
	bool must_make;

	if (!work) {
		if (!worker->is_idle)
			workers_idle++;
		worker->is_idle = true;
		set_current_state(TASK_IDLE);
		km_spin_unlock(&work_lock, irq);
		return false;
	}
	if (worker->is_idle)
		workers_idle--;
	worker->is_idle = false;
	worker_take_locked(worker, work);
	must_make = !workers_idle;
	if (work_next_locked())
		task = worker_rouse_locked();	/* R2 */
	km_spin_unlock(&work_lock, irq);
	if (task)
		wake_up_process(task);
	if (must_make)
		worker_make();
	worker_call(worker);
	irq = km_spin_lock(&work_lock);
	worker_done_locked(worker);
	km_spin_unlock(&work_lock, irq);
	return true;
}

static int worker_run(void *data)
{
	struct worker *worker = data;
	unsigned long irq = km_spin_lock(&work_lock);

	worker->task = current;
	km_spin_unlock(&work_lock, irq);
	while (!kthread_should_stop()) {
		if (worker_step(worker))
			continue;
		if (!kthread_should_stop())
			schedule();
		__set_current_state(TASK_RUNNING);
	}
	irq = km_spin_lock(&work_lock);
	if (worker->is_idle)
		workers_idle--;
	worker->is_idle = false;
	km_spin_unlock(&work_lock, irq);
	return 0;
}

struct work_struct *current_work(void)
{
	struct worker *worker = in_task() ? worker_of(current) : NULL;

	return worker ? worker->work : NULL;
}

bool current_is_workqueue_rescuer(void)
{
	return false;
}

int workqueue_boot(void)
{
	unsigned int nr;

	for (nr = 0; nr < WORKERS_MAX; nr++)
		workers[nr] = (struct worker){ .is_used = false };
	workers_idle = workers_count = 0;
	worker_is_made = false;
	workqueue_boot_queues();
	worker_make();
	return workers_count ? 0 : -ENOMEM;
}

void workqueue_shutdown(void)
{
	unsigned int nr;

	for (nr = 0; nr < WORKQUEUES; nr++)
		workqueues[nr].is_used = false;
	/* One that still runs an item may never come back: it was told as left. */
	for (nr = 0; nr < WORKERS_MAX; nr++)
		if (workers[nr].is_used && !workers[nr].work) {
			thread_stop(workers[nr].task);
			workers[nr].is_used = false;
		}
}
