// SPDX-License-Identifier: MIT
/*
 * timer.c - timers of jiffy resolution
 *
 * Owns: one heap of pending timers a CPU, the timer each CPU runs just now.  Callbacks run in
 * TIMER_SOFTIRQ. T1  timer->is_queued says whether it is in the heap of CPU (flags &
 * TIMER_CPUMASK). T2  A timer whose callback runs stays with its CPU when armed again, so that
 * timer_delete_sync() finds it. T3  A timer never expires early: one armed for tick n runs when
 * tick n is over. T4  function == NULL: shut down; arming it does nothing. T5  A timer that is set
 * up while it is armed is told, where rules are enforced, and taken out of the heap. Lock:
 * timer_lock, over all CPUs.  Callbacks run without it.  Nothing sleeps; timer_delete_sync() spins.
 */
#include <linux/bug.h>
#include <linux/interrupt.h>
#include <linux/limits.h>
#include <linux/sched.h>
#include <linux/timer.h>
#include <linux/workqueue.h>
#include <asm/processor.h>
#include <kern/armed.h>
#include <kern/balance.h>
#include <kern/core.h>
#include <kern/due.h>
#include <kern/parts.h>
#include <kern/spin.h>
#include <kern/tell.h>

static struct timer_base {
	struct km_due *top;
	struct timer_list *running;
} bases[KM_MAX_CPUS];
static struct km_spin timer_lock = KM_SPIN_INIT;
static u64 timer_turn;

static struct timer_list *timer_of(struct km_due *due)
{
	return container_of(due, struct timer_list, due);
}

static struct timer_base *timer_base_of(const struct timer_list *timer)
{
	return &bases[timer->flags & TIMER_CPUMASK];
}

/* This CPU's next deadline to the port; timer_lock held. */
static void timer_arm_locked(void)
{
	struct km_due *top = bases[km_port_cpu()].top;

	tick_set(TICK_TIMER, top ? jiffies_ns(top->key) : U64_MAX);
}

static void timer_dequeue_locked(struct timer_list *timer)
{
	struct timer_base *base = timer_base_of(timer);

	base->top = due_remove(base->top, &timer->due);
	armed_drop(timer);
	WRITE_ONCE(timer->is_queued, 0);
}

static void timer_enqueue_locked(struct timer_list *timer, unsigned int cpu)
{
	struct timer_base *base = &bases[cpu];
	u64 now = jiffies_64;
	/* T3; times of the past, also those that look like the far future, are due now. */
	u64 key = (s64)(timer->expires - now) < 0 ? now : (u64)timer->expires + 1;

	timer->flags = (timer->flags & ~TIMER_CPUMASK) | cpu;
	WRITE_ONCE(timer->is_queued, 1);
	armed_add(timer);
	base->top = due_insert(base->top, &timer->due, key, timer_turn++);
	if (base->top != &timer->due)
		return;
	if (cpu == km_port_cpu())
		timer_arm_locked();
	else
		km_port_interrupt(cpu, KM_VECTOR_IPI);
}

/* T5 */
static void timer_forget(const struct asker *asker, struct timer_list *timer)
{
	unsigned long irq = km_spin_lock(&timer_lock);
	bool was_armed = false;
	unsigned int cpu;

	for (cpu = 0; cpu < km_port_cpus() && !was_armed; cpu++)
		was_armed = due_has(bases[cpu].top, &timer->due);
	if (was_armed)
		timer_dequeue_locked(timer);
	km_spin_unlock(&timer_lock, irq);
	if (was_armed)
		armed_anew(asker, INIT_ACTIVE "timer_list", timer);
}

void init_timer_key(struct timer_list *timer, void (*func)(struct timer_list *), unsigned int flags)
{
	TOUCH(timer);
	if (watch_points && timer_is_any() && kern_is_armed_near(timer, sizeof(*timer)))
		timer_forget(ASKER(), timer);
	*timer = (struct timer_list){ .function = func,
				      .flags = (flags & ~TIMER_CPUMASK) | km_port_cpu() };
}

enum timer_change { TIMER_MOVE, TIMER_MOVE_PENDING, TIMER_ONLY_EARLIER };

/* @cpu < 0: this one. */
static int timer_change(struct timer_list *timer, unsigned long expires, enum timer_change how,
			int cpu)
{
	unsigned long irq = km_spin_lock(&timer_lock);
	unsigned int target = cpu < 0 ? km_port_cpu() : (unsigned int)cpu;
	int was_pending = timer_pending(timer);

	if (!timer->function || (!was_pending && how == TIMER_MOVE_PENDING))
		goto out;
	if (was_pending && (timer->expires == expires ||
			    (how == TIMER_ONLY_EARLIER && time_before_eq(timer->expires, expires))))
		goto out;
	if (was_pending)
		timer_dequeue_locked(timer);
	if (timer_base_of(timer)->running == timer)	/* T2 */
		target = timer->flags & TIMER_CPUMASK;
	timer->expires = expires;
	timer_enqueue_locked(timer, target);
out:
	km_spin_unlock(&timer_lock, irq);
	km_port_seam();
	return was_pending;
}

/**
 * mod_timer() - arm a timer, or move it if it is pending
 * Context: any.  Return: 1 if it was pending, 0 if not.
 */
int mod_timer(struct timer_list *timer, unsigned long expires)
{
	TOUCH(timer);
	if (!(timer->flags & TIMER_OF_KERN))
		ARMED("timer", timer);
	return timer_change(timer, expires, TIMER_MOVE, -1);
}

int mod_timer_pending(struct timer_list *timer, unsigned long expires)
{
	TOUCH(timer);
	return timer_change(timer, expires, TIMER_MOVE_PENDING, -1);
}

/**
 * timer_reduce() - arm a timer, or move it if that makes it earlier
 * Context: any.  Return: 1 if it was pending, 0 if not.
 */
int timer_reduce(struct timer_list *timer, unsigned long expires)
{
	TOUCH(timer);
	if (!(timer->flags & TIMER_OF_KERN))
		ARMED("timer", timer);
	return timer_change(timer, expires, TIMER_ONLY_EARLIER, -1);
}

/**
 * add_timer() - arm a timer that is not pending, for timer->expires
 * Context: any.  A pending one is left alone, with a warning.
 */
void add_timer(struct timer_list *timer)
{
	TOUCH(timer);
	if (WARN_ON_ONCE(timer_pending(timer)))
		return;
	if (!(timer->flags & TIMER_OF_KERN))
		ARMED("timer", timer);
	timer_change(timer, timer->expires, TIMER_MOVE, -1);
}

void add_timer_local(struct timer_list *timer)
{
	add_timer(timer);
}

void add_timer_global(struct timer_list *timer)
{
	add_timer(timer);
}

void add_timer_on(struct timer_list *timer, int cpu)
{
	TOUCH(timer);
	if (WARN_ON_ONCE(timer_pending(timer) || cpu < 0 || cpu >= (int)km_port_cpus()))
		return;
	if (!(timer->flags & TIMER_OF_KERN))
		ARMED("timer", timer);
	timer_change(timer, timer->expires, TIMER_MOVE, cpu);
}

/* 1: taken out; 0: was not pending; -1: its callback runs (only with @must_not_run). */
static int timer_take_out(struct timer_list *timer, bool must_not_run, bool for_good)
{
	unsigned long irq;
	int was_pending = 0;

	km_port_seam();
	irq = km_spin_lock(&timer_lock);
	if (must_not_run && timer_base_of(timer)->running == timer) {
		/* Its callback has armed it again: that must not come with no function. */
		if (for_good && timer_pending(timer))
			timer_dequeue_locked(timer);
		was_pending = -1;
	} else if (timer_pending(timer)) {
		timer_dequeue_locked(timer);
		was_pending = 1;
	}
	/* T4; also while the callback runs, so that it cannot arm itself again. */
	if (for_good)
		timer->function = NULL;
	km_spin_unlock(&timer_lock, irq);
	km_port_seam();
	return was_pending;
}

/**
 * timer_delete() - disarm a timer; its callback may still run on another CPU
 * Context: any.  Return: 1 if it was pending, 0 if not.
 */
int timer_delete(struct timer_list *timer)
{
	TOUCH(timer);
	return timer_take_out(timer, false, false);
}

int timer_shutdown(struct timer_list *timer)
{
	TOUCH(timer);
	return timer_take_out(timer, false, true);
}

int timer_delete_sync_try(struct timer_list *timer)
{
	TOUCH(timer);
	return timer_take_out(timer, true, false);
}

static int timer_take_out_sync(struct timer_list *timer, bool for_good, const char *what,
			       uintptr_t caller, uintptr_t frame)
{
	int was_pending;

	/* The callback may be what this interrupt interrupted: it would wait for itself. */
	if (in_hardirq() && !(timer->flags & TIMER_IRQSAFE))
		context_might_sleep(what, caller, frame);
	while ((was_pending = timer_take_out(timer, true, for_good)) < 0)
		cpu_relax();
	return was_pending;
}

/**
 * timer_delete_sync() - disarm a timer and wait until its callback is over
 * @timer: must not be armed again by others meanwhile; the caller holds no lock that the callback
 * takes Context: not hard interrupt (unless TIMER_IRQSAFE), not the callback itself.  Spins.
 * Return: 1 if it was pending, 0 if not.
 */
int timer_delete_sync(struct timer_list *timer)
{
	TOUCH(timer);
	return timer_take_out_sync(timer, false, "timer_delete_sync", WATCH_CALLER(),
				   WATCH_FRAME());
}

/**
 * timer_shutdown_sync() - as timer_delete_sync(); the timer can never be armed again
 * Context: as timer_delete_sync().  Return: 1 if it was pending, 0 if not.
 */
int timer_shutdown_sync(struct timer_list *timer)
{
	TOUCH(timer);
	return timer_take_out_sync(timer, true, "timer_shutdown_sync", WATCH_CALLER(),
				   WATCH_FRAME());
}

static void timer_call(struct timer_list *timer, void (*function)(struct timer_list *))
{
	struct balance balance;

	balance_begin(&balance);
	function(timer);
	balance_end(&balance, "timer", function);
}

/* TIMER_SOFTIRQ: callbacks of this CPU's due timers, interrupts on (off for TIMER_IRQSAFE). */
static void timer_softirq(void)
{
	struct timer_base *base = &bases[km_port_cpu()];
	unsigned long irq = km_spin_lock(&timer_lock);

	while (base->top && base->top->key <= jiffies_64) {
		struct timer_list *timer = timer_of(base->top);
		void (*function)(struct timer_list *) = timer->function;
		bool irqs_off = timer->flags & TIMER_IRQSAFE;
		unsigned long word = irqs_off ? km_port_irq_save() : 0;

		timer_dequeue_locked(timer);
		base->running = timer;
		km_spin_unlock(&timer_lock, irqs_off ? word : irq);
		if (!WARN_ON_ONCE(!function))
			timer_call(timer, function);
		/* The callback may have freed *timer: only base is touched from here. */
		if (irqs_off)
			km_port_irq_restore(irq);
		irq = km_spin_lock(&timer_lock);
		base->running = NULL;
	}
	timer_arm_locked();
	km_spin_unlock(&timer_lock, irq);
}

void timer_tick(void)
{
	struct km_due *top;
	unsigned long irq = km_spin_lock(&timer_lock);

	top = bases[km_port_cpu()].top;
	if (top && top->key <= jiffies_64) {
		/* The softirq arms the next one. */
		tick_set(TICK_TIMER, U64_MAX);
		raise_softirq_irqoff(TIMER_SOFTIRQ);
	} else {
		timer_arm_locked();
	}
	km_spin_unlock(&timer_lock, irq);
}

bool timer_may_hasten(unsigned int cpu)
{
	const struct km_due *top = bases[cpu].top;

	/* A timer that was deleted leaves the CPU's own as it was: nothing would come of it. */
	if (!top)
		return tick_is_hrtimers(cpu);
	return !(container_of(top, const struct timer_list, due)->flags & TIMER_IS_LIMIT);
}

void timer_boot(void)
{
	unsigned int cpu;

	for (cpu = 0; cpu < KM_MAX_CPUS; cpu++)
		bases[cpu] = (struct timer_base){ 0 };
	timer_turn = 0;
	open_softirq(TIMER_SOFTIRQ, timer_softirq);
}

bool timer_is_any(void)
{
	unsigned int cpu = 0, cpus = km_port_cpus();

	while (cpu < cpus && !READ_ONCE(bases[cpu].top))
		cpu++;
	return cpu < cpus;
}

bool timer_pick(unsigned int skip, struct timer_list **ret_timer, uintptr_t *ret_function)
{
	unsigned long irq = km_spin_lock(&timer_lock);
	struct km_due *due = NULL;
	unsigned int cpu;

	for (cpu = 0; cpu < km_port_cpus() && !due; cpu++)
		for (due = bases[cpu].top; due && skip; due = due_walk(due))
			skip--;
	if (due) {
		*ret_timer = timer_of(due);
		*ret_function = (uintptr_t)(*ret_timer)->function;
	}
	km_spin_unlock(&timer_lock, irq);
	return due;
}

unsigned int timer_left(kern_left_fn see, void *arg)
{
	unsigned int nr, count = 0;
	struct timer_list *timer;
	uintptr_t function;

	for (nr = 0; timer_pick(nr, &timer, &function); nr++) {
		/* Delayed work is told by workqueue.c, the sleepers of schedule_timeout() with
		 * their tasks. */
		if (timer->flags & TIMER_OF_KERN || function == (uintptr_t)delayed_work_timer_fn)
			continue;
		count++;
		see("timer", timer, function, NULL, arg);
	}
	return count;
}
