// SPDX-License-Identifier: MIT
/*
 * tasklet.c - functions that run once in softirq context, on one CPU at a time
 *
 * Owns: two lists a CPU (normal, high) of scheduled tasklets, and the list of those found disabled.
 * K1  TASKLET_STATE_SCHED is set exactly while a tasklet is on a list.
 * K2  TASKLET_STATE_RUN is set while its function runs; who does not get it puts the tasklet back.
 * K3  A disabled tasklet waits on `parked` and does not keep its softirq raised; tasklet_enable()
 * puts it back. Lock: tasklet_lock.  tasklet_kill() and tasklet_disable() sleep.
 */
#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/interrupt.h>
#include <linux/sched.h>
#include <linux/wait.h>
#include <asm/processor.h>
#include <kern/armed.h>
#include <kern/balance.h>
#include <kern/core.h>
#include <kern/parts.h>
#include <kern/spin.h>
#include <kern/tell.h>

struct tasklet_list {
	struct tasklet_struct *first, **end;
};

static struct tasklet_list lists[KM_MAX_CPUS][2];
static struct tasklet_list parked;
static struct km_spin tasklet_lock = KM_SPIN_INIT;
static DECLARE_WAIT_QUEUE_HEAD(tasklet_wait);

static bool state_test_and_set(struct tasklet_struct *t, unsigned int bit)
{
	return __atomic_fetch_or(&t->state, 1UL << bit, __ATOMIC_SEQ_CST) & 1UL << bit;
}

static void state_clear(struct tasklet_struct *t, unsigned int bit)
{
	__atomic_fetch_and(&t->state, ~(1UL << bit), __ATOMIC_SEQ_CST);
}

static bool state_has(struct tasklet_struct *t, unsigned int bit)
{
	return __atomic_load_n(&t->state, __ATOMIC_SEQ_CST) & 1UL << bit;
}

static void list_reset(struct tasklet_list *list)
{
	list->first = NULL;
	list->end = &list->first;
}

static void list_append(struct tasklet_list *list, struct tasklet_struct *t)
{
	t->next = NULL;
	*list->end = t;
	list->end = &t->next;
	armed_add(t);
}

static bool list_take(struct tasklet_list *list, struct tasklet_struct *t)
{
	struct tasklet_struct **link;

	for (link = &list->first; *link; link = &(*link)->next)
		if (*link == t) {
			*link = t->next;
			if (list->end == &t->next)
				list->end = link;
			armed_drop(t);
			return true;
		}
	return false;
}

static void tasklet_wake(void)
{
	if (waitqueue_active(&tasklet_wait))
		wake_up_all(&tasklet_wait);
}

static void tasklet_queue(struct tasklet_struct *t, bool is_high)
{
	unsigned long irq = km_spin_lock(&tasklet_lock);

	list_append(&lists[km_port_cpu()][is_high], t);
	raise_softirq_irqoff(is_high ? HI_SOFTIRQ : TASKLET_SOFTIRQ);
	km_spin_unlock(&tasklet_lock, irq);
	km_port_seam();
}

void tasklet_setup(struct tasklet_struct *t, void (*callback)(struct tasklet_struct *))
{
	TOUCH(t);
	*t = (struct tasklet_struct){ .callback = callback, .use_callback = true };
}

void tasklet_init(struct tasklet_struct *t, void (*func)(unsigned long), unsigned long data)
{
	TOUCH(t);
	*t = (struct tasklet_struct){ .func = func, .data = data };
}

void __tasklet_schedule(struct tasklet_struct *t)
{
	tasklet_queue(t, false);
}

void __tasklet_hi_schedule(struct tasklet_struct *t)
{
	tasklet_queue(t, true);
}

/**
 * tasklet_schedule() - have a tasklet run soon, on this CPU; once, however often it is called
 * before it runs Context: any.
 */
void tasklet_schedule(struct tasklet_struct *t)
{
	TOUCH(t);
	if (!state_test_and_set(t, TASKLET_STATE_SCHED))
		__tasklet_schedule(t);
}

void tasklet_hi_schedule(struct tasklet_struct *t)
{
	TOUCH(t);
	if (!state_test_and_set(t, TASKLET_STATE_SCHED))
		__tasklet_hi_schedule(t);
}

static void tasklet_call(struct tasklet_struct *t)
{
	const void *function = t->use_callback ? (const void *)t->callback : (const void *)t->func;
	struct balance balance;

	balance_begin(&balance);
	if (t->use_callback)
		t->callback(t);
	else
		t->func(t->data);
	balance_end(&balance, "tasklet", function);
}

/* True if it was dealt with; false: it runs on another CPU just now. */
static bool tasklet_serve(struct tasklet_struct *t)
{
	unsigned long irq;

	if (state_test_and_set(t, TASKLET_STATE_RUN))
		return false;
	irq = km_spin_lock(&tasklet_lock);
	if (atomic_read(&t->count)) {
		list_append(&parked, t);	/* K3 */
		state_clear(t, TASKLET_STATE_RUN);
		km_spin_unlock(&tasklet_lock, irq);
		tasklet_wake();
		return true;
	}
	km_spin_unlock(&tasklet_lock, irq);
	state_clear(t, TASKLET_STATE_SCHED);	/* K1: it may be scheduled again from now on */
	tasklet_call(t);
	state_clear(t, TASKLET_STATE_RUN);
	tasklet_wake();
	return true;
}

static void tasklet_action(bool is_high)
{
	struct tasklet_list *list = &lists[km_port_cpu()][is_high];
	unsigned long irq = km_spin_lock(&tasklet_lock);
	struct tasklet_struct *t = list->first, *next;

	list_reset(list);
	km_spin_unlock(&tasklet_lock, irq);
	for (; t; t = next) {
		next = t->next;
		armed_drop(t);
		if (!tasklet_serve(t))
			tasklet_queue(t, is_high);	/* K2 */
	}
}

static void tasklet_softirq(void)
{
	tasklet_action(false);
}

static void tasklet_hi_softirq(void)
{
	tasklet_action(true);
}

void tasklet_disable_nosync(struct tasklet_struct *t)
{
	TOUCH(t);
	atomic_inc(&t->count);
	smp_mb();
}

/**
 * tasklet_disable() - keep a tasklet from running, and wait until it does not
 * Context: task; sleeps.
 */
void tasklet_disable(struct tasklet_struct *t)
{
	TOUCH(t);
	KERN_MIGHT_SLEEP("tasklet_disable");
	tasklet_disable_nosync(t);
	tasklet_unlock_wait(t);
	smp_mb();
}

void tasklet_disable_in_atomic(struct tasklet_struct *t)
{
	tasklet_disable_nosync(t);
	while (state_has(t, TASKLET_STATE_RUN))
		cpu_relax();
}

void tasklet_enable(struct tasklet_struct *t)
{
	TOUCH(t);
	unsigned long irq = km_spin_lock(&tasklet_lock);

	if (atomic_dec_and_test(&t->count) && list_take(&parked, t)) {
		list_append(&lists[km_port_cpu()][0], t);
		raise_softirq_irqoff(TASKLET_SOFTIRQ);
	}
	km_spin_unlock(&tasklet_lock, irq);
}

void tasklet_unlock_wait(struct tasklet_struct *t)
{
	KERN_MIGHT_SLEEP("tasklet_unlock_wait");
	watch_enter();
	wait_event(tasklet_wait, !state_has(t, TASKLET_STATE_RUN));
	watch_leave();
}

/**
 * tasklet_kill() - wait until a scheduled tasklet has run and is over
 * @t: nobody schedules it any more; not disabled
 * Context: task; sleeps.
 */
void tasklet_kill(struct tasklet_struct *t)
{
	TOUCH(t);
	KERN_MIGHT_SLEEP("tasklet_kill");
	if (in_interrupt())
		pr_notice("Attempt to kill tasklet from interrupt\n");
	km_port_seam();
	watch_enter();
	wait_event(tasklet_wait,
		   !state_has(t, TASKLET_STATE_SCHED) && !state_has(t, TASKLET_STATE_RUN));
	watch_leave();
	km_port_seam();
}

void tasklet_boot(void)
{
	unsigned int cpu;

	for (cpu = 0; cpu < KM_MAX_CPUS; cpu++) {
		list_reset(&lists[cpu][0]);
		list_reset(&lists[cpu][1]);
	}
	list_reset(&parked);
	open_softirq(TASKLET_SOFTIRQ, tasklet_softirq);
	open_softirq(HI_SOFTIRQ, tasklet_hi_softirq);
}

bool tasklet_is_any(void)
{
	unsigned int nr = 0, count = 2 * km_port_cpus();

	while (nr < count && !READ_ONCE(lists[nr / 2][nr % 2].first))
		nr++;
	return nr < count || READ_ONCE(parked.first);
}

/* The tasklet after @skip others on any list; NULL when there is none. */
static struct tasklet_struct *tasklet_pick(unsigned int skip)
{
	unsigned long irq = km_spin_lock(&tasklet_lock);
	struct tasklet_struct *t = NULL;
	unsigned int nr, count = 2 * km_port_cpus();

	for (nr = 0; nr <= count && !t; nr++) {
		t = nr == count ? parked.first : lists[nr / 2][nr % 2].first;
		for (; t && skip; t = t->next)
			skip--;
	}
	km_spin_unlock(&tasklet_lock, irq);
	return t;
}

unsigned int tasklet_left(kern_left_fn see, void *arg)
{
	struct tasklet_struct *t;
	unsigned int count;

	for (count = 0; (t = tasklet_pick(count)); count++)
		see("tasklet", t, t->use_callback ? (uintptr_t)t->callback : (uintptr_t)t->func,
		    NULL, arg);
	return count;
}
