// SPDX-License-Identifier: MIT
/*
 * workqueue.c - the queues: make, flush, drain, destroy
 *
 * Owns: the table of queues (nothing is allocated), the system queues.  Invariants and lock:
 * work.h. Everything but the internal calls sleeps.
 */
#include <linux/bug.h>
#include <linux/sched.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <kern/work.h>

struct km_spin work_lock = KM_SPIN_INIT;
struct workqueue_struct workqueues[WORKQUEUES];
static unsigned int workqueues_tried;	/* no later one was ever used */
u64 work_turn;

struct workqueue_struct *system_wq;
struct workqueue_struct *system_highpri_wq;
struct workqueue_struct *system_long_wq;
struct workqueue_struct *system_unbound_wq;
struct workqueue_struct *system_freezable_wq;
struct workqueue_struct *system_power_efficient_wq;

static int max_active_of(const char *name, unsigned int flags, int asked)
{
	int clamped = asked ? asked : WQ_DFL_ACTIVE;

	if (clamped < 1 || clamped > WQ_MAX_ACTIVE) {
		clamped = clamped < 1 ? 1 : WQ_MAX_ACTIVE;
		pr_warn("workqueue: max_active %d requested for %s is out of range, "
			"clamping between %d and %d\n",
			asked, name, 1, WQ_MAX_ACTIVE);
	}
	return clamped;
}

static struct workqueue_struct *workqueue_new(const char *name, unsigned int flags, int max_active)
{
	unsigned long irq = km_spin_lock(&work_lock);
	struct workqueue_struct *wq = NULL;
	unsigned int nr;

	for (nr = 0; nr < WORKQUEUES && !wq; nr++)
		if (!workqueues[nr].is_used)
			wq = &workqueues[nr];
	workqueues_tried = max(workqueues_tried, nr);
	if (wq) {
		*wq = (struct workqueue_struct){ .flags = flags,
						 .max_active = max_active,
						 .is_used = true };
		strscpy(wq->name, name, sizeof(wq->name));
		INIT_LIST_HEAD(&wq->pending);
		INIT_LIST_HEAD(&wq->waiters);
	}
	km_spin_unlock(&work_lock, irq);
	return wq;
}

/**
 * alloc_workqueue() - make a queue
 * @fmt:        its name, as printf
 * @flags:      WQ_*; WQ_HIGHPRI items go first, the others only describe
 * @max_active: how many items may run at once; 0: WQ_DFL_ACTIVE
 *
 * Context: task, nothing held (sleep-in-atomic).  Return: NULL if none can be had.
 */
struct workqueue_struct *alloc_workqueue(const char *fmt, unsigned int flags, int max_active, ...)
{
	char name[sizeof(((struct workqueue_struct *)0)->name)];
	struct workqueue_struct *wq;
	va_list args;

	KERN_MIGHT_SLEEP("alloc_workqueue");
	if (resource_refused("alloc_workqueue", WATCH_CALLER(), WATCH_FRAME()))
		return NULL;
	va_start(args, max_active);
	touch_format(ASKER(), fmt, args);
	vscnprintf(name, sizeof(name), fmt, args);
	va_end(args);
	wq = workqueue_new(name, flags, max_active_of(name, flags, max_active));
	if (wq)
		resource_new("workqueue", wq, WATCH_CALLER(), WATCH_FRAME());
	return wq;
}

/* The lowest turn of an item that waits or runs. */
static u64 workqueue_oldest_locked(const struct workqueue_struct *wq)
{
	u64 oldest = ~0ULL;
	unsigned int nr;

	if (!list_empty(&wq->pending))
		oldest = list_first_entry(&wq->pending, struct work_struct, entry)->turn; /* Q2 */
	for (nr = 0; nr < WORKERS_MAX && wq->active; nr++)
		if (workers[nr].work && workers[nr].wq == wq && workers[nr].turn < oldest)
			oldest = workers[nr].turn;
	return oldest;
}

void workqueue_settle_locked(struct workqueue_struct *wq)
{
	struct work_waiter *waiter, *next;
	u64 oldest;

	if (list_empty(&wq->waiters))
		return;
	oldest = workqueue_oldest_locked(wq);
	list_for_each_entry_safe(waiter, next, &wq->waiters, entry) {
		if (waiter->work || waiter->before_turn > oldest)
			continue;
		list_del_init(&waiter->entry);
		WRITE_ONCE(waiter->is_done, true);
		wake_up_process(waiter->task);
	}
}

static void workqueue_flush(struct workqueue_struct *wq)
{
	struct work_waiter waiter = { .task = current };
	unsigned long irq = km_spin_lock(&work_lock);

	waiter.before_turn = work_turn;
	waiter_add_locked(&waiter, &wq->waiters);
	workqueue_settle_locked(wq);
	km_spin_unlock(&work_lock, irq);
	waiter_wait(&waiter);
}

/**
 * flush_workqueue() - wait until every item queued before has run
 * Context: task, nothing held (sleep-in-atomic); not an item of the same queue.
 */
void __flush_workqueue(struct workqueue_struct *wq)
{
	if (!TOUCH_QUEUE(wq))
		return;
	KERN_MIGHT_SLEEP("flush_workqueue");
	workqueue_flush(wq);
}

/* Items may still queue items of the same queue; nobody else may. */
static void workqueue_drain(struct workqueue_struct *wq)
{
	unsigned int rounds = 0;
	unsigned long irq;
	bool is_empty;

	irq = km_spin_lock(&work_lock);
	wq->flags |= __WQ_DRAINING;
	km_spin_unlock(&work_lock, irq);
	do {
		workqueue_flush(wq);
		irq = km_spin_lock(&work_lock);
		is_empty = list_empty(&wq->pending) && !wq->active;
		if (is_empty)
			wq->flags &= ~__WQ_DRAINING;
		km_spin_unlock(&work_lock, irq);
		if (!is_empty && (++rounds == 10 || (rounds % 100 == 0 && rounds <= 1000)))
			pr_warn("workqueue %s: drain_workqueue() isn't complete after %u tries\n",
				wq->name, rounds);
	} while (!is_empty);
}

void drain_workqueue(struct workqueue_struct *wq)
{
	if (!TOUCH_QUEUE(wq))
		return;
	KERN_MIGHT_SLEEP("drain_workqueue");
	workqueue_drain(wq);
}

/**
 * destroy_workqueue() - let what is queued run, then remove the queue
 * @wq: no delayed item of it may still wait for its time
 * Context: task, nothing held (sleep-in-atomic).
 */
void destroy_workqueue(struct workqueue_struct *wq)
{
	unsigned long irq;

	if (!TOUCH_QUEUE(wq))
		return;
	KERN_MIGHT_SLEEP("destroy_workqueue");
	workqueue_drain(wq);
	resource_gone("workqueue", wq, WATCH_CALLER(), WATCH_FRAME());
	irq = km_spin_lock(&work_lock);
	wq->flags |= __WQ_DESTROYING;
	wq->is_used = false;
	km_spin_unlock(&work_lock, irq);
}

bool workqueue_congested(int cpu, struct workqueue_struct *wq)
{
	unsigned long irq = km_spin_lock(&work_lock);
	bool congested = wq->active >= wq->max_active && !list_empty(&wq->pending);

	km_spin_unlock(&work_lock, irq);
	return congested;
}

void workqueue_set_max_active(struct workqueue_struct *wq, int max_active)
{
	struct task_struct *task;
	unsigned long irq;

	if (WARN_ON(wq->flags & __WQ_ORDERED))
		return;
	max_active = max_active_of(wq->name, wq->flags, max_active);
	irq = km_spin_lock(&work_lock);
	wq->max_active = max_active;
	task = worker_rouse_locked();
	km_spin_unlock(&work_lock, irq);
	if (task)
		wake_up_process(task);
}

static struct workqueue_struct *workqueue_system(const char *name, unsigned int flags)
{
	struct workqueue_struct *wq = workqueue_new(name, flags, WQ_DFL_ACTIVE);

	wq->is_system = true;
	return wq;
}

/* Called by workqueue_boot() (worker.c) before the first worker starts. */
void workqueue_boot_queues(void)
{
	unsigned int nr;

	for (nr = 0; nr < WORKQUEUES; nr++)
		workqueues[nr].is_used = false;
	workqueues_tried = 0;
	work_turn = 1;
	system_wq = workqueue_system("events", 0);
	system_highpri_wq = workqueue_system("events_highpri", WQ_HIGHPRI);
	system_long_wq = workqueue_system("events_long", 0);
	system_unbound_wq = workqueue_system("events_unbound", WQ_UNBOUND);
	system_freezable_wq = workqueue_system("events_freezable", WQ_FREEZABLE);
	system_power_efficient_wq = workqueue_system("events_power_efficient", WQ_POWER_EFFICIENT);
}

/* The pending item after @skip others, of any queue; NULL when there is none. */
static struct work_struct *work_pick(unsigned int skip, uintptr_t *ret_func)
{
	unsigned long irq = km_spin_lock(&work_lock);
	struct work_struct *work, *found = NULL;
	unsigned int nr;

	for (nr = 0; nr < workqueues_tried && !found; nr++) {
		if (!workqueues[nr].is_used)
			continue;
		list_for_each_entry(work, &workqueues[nr].pending, entry) {
			if (work->data & WORK_STRUCT_ENGINE || skip--)
				continue;
			found = work;
			*ret_func = (uintptr_t)work->func;
			break;
		}
		if (found)
			break;
	}
	km_spin_unlock(&work_lock, irq);
	return found;
}

/* A look without the lock: does work wait in any queue? */
static bool work_is_any(void)
{
	unsigned int nr = 0;

	while (nr < workqueues_tried &&
	       (!workqueues[nr].is_used || list_empty(&workqueues[nr].pending)))
		nr++;
	return nr < workqueues_tried;
}

unsigned int workqueue_pending(kern_left_fn see, void *arg)
{
	struct timer_list *timer;
	struct delayed_work *dwork;
	struct work_struct *work;
	unsigned int nr, count = 0;
	uintptr_t function;

	for (nr = 0; work_is_any() && (work = work_pick(nr, &function)); nr++, count++)
		see("work", work, function, NULL, arg);
	for (nr = 0; timer_is_any() && timer_pick(nr, &timer, &function); nr++) {
		if (function != (uintptr_t)delayed_work_timer_fn)
			continue;
		dwork = container_of(timer, struct delayed_work, timer);
		see("delayed work", dwork, (uintptr_t)dwork->work.func, NULL, arg);
		count++;
	}
	return count;
}

unsigned int workqueue_left(kern_left_fn see, void *arg)
{
	unsigned int nr, count = workqueue_pending(see, arg);
	struct work_struct *work;

	for (nr = 0; nr < WORKERS_MAX; nr++) {
		work = READ_ONCE(workers[nr].work);
		if (!work || workers[nr].is_engine)
			continue;
		see("running work", work, (uintptr_t)workers[nr].func, NULL, arg);
		count++;
	}
	for (nr = 0; nr < WORKQUEUES; nr++) {
		if (!workqueues[nr].is_used || workqueues[nr].is_system)
			continue;
		see("workqueue", &workqueues[nr], 0, workqueues[nr].name, arg);
		count++;
	}
	return count;
}
