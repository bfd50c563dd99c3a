// SPDX-License-Identifier: MIT
/*
 * hrtimer.c - timers of nanosecond resolution
 *
 * Owns: two heaps of pending timers a CPU (served in hard interrupt, served in HRTIMER_SOFTIRQ) and
 * the one running of each.
 * H1  timer->base is the base of the CPU that has it in its heap, or that ran it last.
 * H2  A timer whose callback runs stays with its base when started again, so that hrtimer_cancel()
 *     finds it.
 * H3  Heap keys are on the monotonic clock; node.expires is on the timer's own.
 * Lock: hrtimer_lock, over all CPUs; callbacks run without it.  hrtimer_cancel() spins;
 * schedule_hrtimeout() sleeps.
 */
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/limits.h>
#include <linux/sched.h>
#include <asm/processor.h>
#include <kern/armed.h>
#include <kern/balance.h>
#include <kern/due.h>
#include <kern/parts.h>
#include <kern/spin.h>
#include <kern/tell.h>

struct hrtimer_clock_base {
	struct km_due *top;
	struct hrtimer *running;
	unsigned int cpu;
	bool is_soft;
};

/* Which clock a timer follows rides in is_rel's upper bits: monotonic and boot time are one. */
#define HRTIMER_IS_REL	0x01
#define HRTIMER_IS_REAL	0x02

unsigned int hrtimer_resolution = HIGH_RES_NSEC;
static struct hrtimer_clock_base bases[KM_MAX_CPUS][2];
static struct km_spin hrtimer_lock = KM_SPIN_INIT;
static u64 hrtimer_turn;

static struct hrtimer *hrtimer_of(struct km_due *due)
{
	return container_of(due, struct hrtimer, node.due);
}

static ktime_t hrtimer_offset(const struct hrtimer *timer)
{
	return timer->is_rel & HRTIMER_IS_REAL ? ktime_mono_to_any(0, TK_OFFS_REAL) : 0;
}

ktime_t hrtimer_cb_get_time(const struct hrtimer *timer)
{
	return ktime_add(ktime_get(), hrtimer_offset(timer));
}

/*
 * This CPU's next deadline to the port; hrtimer_lock held. A soft timer's too: its interrupt raises
 * the softirq.
 */
static void hrtimer_arm_locked(void)
{
	struct hrtimer_clock_base *base = bases[km_port_cpu()];
	u64 hard = base[0].top ? base[0].top->key : U64_MAX;
	u64 soft = base[1].top ? base[1].top->key : U64_MAX;

	tick_set(TICK_HRTIMER, hard < soft ? hard : soft);
}

static void hrtimer_dequeue_locked(struct hrtimer *timer)
{
	timer->base->top = due_remove(timer->base->top, &timer->node.due);
	armed_drop(timer);
	WRITE_ONCE(timer->state, HRTIMER_STATE_INACTIVE);
}

static void hrtimer_enqueue_locked(struct hrtimer *timer, struct hrtimer_clock_base *base)
{
	ktime_t key = timer->node.expires - hrtimer_offset(timer);

	timer->base = base;
	WRITE_ONCE(timer->state, HRTIMER_STATE_ENQUEUED);
	armed_add(timer);
	base->top = due_insert(base->top, &timer->node.due, key < 0 ? 0 : key, hrtimer_turn++);
	if (base->top != &timer->node.due)
		return;
	if (base->cpu == km_port_cpu())
		hrtimer_arm_locked();
	else
		km_port_interrupt(base->cpu, KM_VECTOR_IPI);
}

/**
 * hrtimer_init() - prepare a timer; its function is set by the caller
 * @which_clock: CLOCK_MONOTONIC, CLOCK_BOOTTIME or CLOCK_REALTIME
 * @mode:        HRTIMER_MODE_SOFT: the callback runs in softirq context; otherwise in hard
 *               interrupt context
 * Context: any.
 */
/* As timer_forget() of timer.c. */
static void hrtimer_forget(const struct asker *asker, struct hrtimer *timer)
{
	unsigned long irq = km_spin_lock(&hrtimer_lock);
	bool was_armed = false;
	unsigned int nr;

	for (nr = 0; nr < 2 * km_port_cpus() && !was_armed; nr++)
		was_armed = due_has(bases[nr / 2][nr % 2].top, &timer->node.due);
	if (was_armed)
		hrtimer_dequeue_locked(timer);
	km_spin_unlock(&hrtimer_lock, irq);
	if (was_armed)
		armed_anew(asker, INIT_ACTIVE "hrtimer", timer);
}

void hrtimer_init(struct hrtimer *timer, clockid_t which_clock, enum hrtimer_mode mode)
{
	bool is_soft = mode & HRTIMER_MODE_SOFT;

	TOUCH(timer);
	if (watch_points && hrtimer_is_any() && kern_is_armed_near(timer, sizeof(*timer)))
		hrtimer_forget(ASKER(), timer);
	*timer = (struct hrtimer){
		.is_soft = is_soft, .is_hard = !is_soft, .base = &bases[0][is_soft],
		.is_rel = which_clock == CLOCK_REALTIME ? HRTIMER_IS_REAL : 0,
	};
}

void hrtimer_setup(struct hrtimer *timer, enum hrtimer_restart (*function)(struct hrtimer *),
		   clockid_t clock_id, enum hrtimer_mode mode)
{
	TOUCH(timer);
	hrtimer_init(timer, clock_id, mode);
	timer->function = function;
}

/**
 * hrtimer_start_range_ns() - start a timer, also one that is pending
 * @tim:      when, absolute or relative as @mode says
 * @range_ns: how much later it may be
 * Context: any.
 */
void hrtimer_start_range_ns(struct hrtimer *timer, ktime_t tim, u64 range_ns,
			    const enum hrtimer_mode mode)
{
	struct hrtimer_clock_base *base;
	unsigned long irq;

	TOUCH(timer);
	if (WARN_ON_ONCE(!timer->base || !timer->function))
		return;
	ARMED("hrtimer", timer);
	irq = km_spin_lock(&hrtimer_lock);
	if (timer->state & HRTIMER_STATE_ENQUEUED)
		hrtimer_dequeue_locked(timer);
	if (mode & HRTIMER_MODE_REL)
		tim = ktime_add_safe(tim, hrtimer_cb_get_time(timer));
	timer->is_rel = (timer->is_rel & HRTIMER_IS_REAL) |
			(mode & HRTIMER_MODE_REL ? HRTIMER_IS_REL : 0);
	timer->_softexpires = tim;
	timer->node.expires = ktime_add_safe(tim, range_ns);
	base = &bases[km_port_cpu()][timer->is_soft];
	/* H2 */
	hrtimer_enqueue_locked(timer, timer->base->running == timer ? timer->base : base);
	km_spin_unlock(&hrtimer_lock, irq);
	km_port_seam();
}

/**
 * hrtimer_try_to_cancel() - stop a timer unless its callback runs
 * Context: any.  Return: 1 it was pending, 0 it was not, -1 its callback runs.
 */
int hrtimer_try_to_cancel(struct hrtimer *timer)
{
	unsigned long irq;
	int ret = 0;

	km_port_seam();
	TOUCH(timer);
	irq = km_spin_lock(&hrtimer_lock);
	if (timer->base && timer->base->running == timer) {
		ret = -1;
	} else if (timer->state & HRTIMER_STATE_ENQUEUED) {
		hrtimer_dequeue_locked(timer);
		ret = 1;
	}
	km_spin_unlock(&hrtimer_lock, irq);
	km_port_seam();
	return ret;
}

/**
 * hrtimer_cancel() - stop a timer and wait until its callback is over
 * Context: not the callback itself, no lock held that it takes.  Spins.  Return: 1 if it was
 * pending, 0 if not.
 */
int hrtimer_cancel(struct hrtimer *timer)
{
	int ret;

	TOUCH(timer);
	while ((ret = hrtimer_try_to_cancel(timer)) < 0)
		cpu_relax();
	return ret;
}

int hrtimer_callback_running(const struct hrtimer *timer)
{
	return timer->base && READ_ONCE(timer->base->running) == timer;
}

/* Pending, or its callback runs. */
bool hrtimer_active(const struct hrtimer *timer)
{
	TOUCH(timer);
	unsigned long irq = km_spin_lock(&hrtimer_lock);
	bool active = timer->state != HRTIMER_STATE_INACTIVE || hrtimer_callback_running(timer);

	km_spin_unlock(&hrtimer_lock, irq);
	return active;
}

ktime_t __hrtimer_get_remaining(const struct hrtimer *timer, bool adjust)
{
	return hrtimer_expires_remaining(timer);
}

/**
 * hrtimer_forward() - move a timer's expiry past @now in steps of @interval
 * @timer: not pending (its callback may run)
 * Context: any.  Return: how many intervals were added.
 */
u64 hrtimer_forward(struct hrtimer *timer, ktime_t now, ktime_t interval)
{
	ktime_t late = ktime_sub(now, hrtimer_get_expires(timer));
	u64 steps;

	if (late < 0 || WARN_ON(timer->state & HRTIMER_STATE_ENQUEUED))
		return 0;
	if (interval < hrtimer_resolution)
		interval = hrtimer_resolution;
	steps = (u64)late / interval + 1;
	hrtimer_add_expires(timer, interval * steps);
	return steps;
}

/*
 * Run what is due of @base; returns with hrtimer_lock held as on entry. @irq: the word of the
 * caller's lock.
 */
static unsigned long hrtimer_run_locked(struct hrtimer_clock_base *base, unsigned long irq)
{
	while (base->top && base->top->key <= km_port_clock_ns()) {
		struct hrtimer *timer = hrtimer_of(base->top);
		enum hrtimer_restart (*function)(struct hrtimer *) = timer->function;
		enum hrtimer_restart restart;
		struct balance balance;

		hrtimer_dequeue_locked(timer);
		base->running = timer;
		km_spin_unlock(&hrtimer_lock, irq);
		balance_begin(&balance);
		restart = function(timer);
		balance_end(&balance, "hrtimer", function);
		irq = km_spin_lock(&hrtimer_lock);
		/*
		 * After HRTIMER_NORESTART *timer may be gone; after RESTART it is the caller's word
		 * that it is not.
		 */
		if (restart == HRTIMER_RESTART && !(timer->state & HRTIMER_STATE_ENQUEUED))
			hrtimer_enqueue_locked(timer, base);
		base->running = NULL;
	}
	return irq;
}

void hrtimer_tick(void)
{
	struct hrtimer_clock_base *base = bases[km_port_cpu()];
	unsigned long irq = km_spin_lock(&hrtimer_lock);

	irq = hrtimer_run_locked(&base[0], irq);
	if (base[1].top && base[1].top->key <= km_port_clock_ns())
		raise_softirq_irqoff(HRTIMER_SOFTIRQ);
	hrtimer_rearm();
	km_spin_unlock(&hrtimer_lock, irq);
}

/*
 * As hrtimer_arm_locked(), but a soft timer that is due already waits for its softirq, not for
 * another interrupt.
 */
void hrtimer_rearm(void)
{
	struct hrtimer_clock_base *base = bases[km_port_cpu()];
	u64 hard = base[0].top ? base[0].top->key : U64_MAX;
	u64 soft = base[1].top && base[1].top->key > km_port_clock_ns() ? base[1].top->key
									: U64_MAX;

	tick_set(TICK_HRTIMER, hard < soft ? hard : soft);
}

static void hrtimer_softirq(void)
{
	unsigned long irq = km_spin_lock(&hrtimer_lock);

	irq = hrtimer_run_locked(&bases[km_port_cpu()][1], irq);
	hrtimer_arm_locked();
	km_spin_unlock(&hrtimer_lock, irq);
}

struct hrtimer_sleeper {
	struct hrtimer timer;
	struct task_struct *task;
};

static enum hrtimer_restart hrtimer_wake(struct hrtimer *timer)
{
	struct hrtimer_sleeper *sleeper = container_of(timer, struct hrtimer_sleeper, timer);
	struct task_struct *task = READ_ONCE(sleeper->task);

	WRITE_ONCE(sleeper->task, NULL);
	if (task)
		wake_up_process(task);
	return HRTIMER_NORESTART;
}

/**
 * schedule_hrtimeout_range() - sleep until a time
 * @expires: NULL: until woken.  The caller has set the task's state.
 * Context: task.  Return: 0 when the time has come, -EINTR when woken before.
 */
int schedule_hrtimeout_range(ktime_t *expires, u64 delta, const enum hrtimer_mode mode)
{
	struct hrtimer_sleeper sleeper = { .task = current };

	if (!expires) {
		schedule();
		return -EINTR;
	}
	if (!*expires) {
		__set_current_state(TASK_RUNNING);
		return 0;
	}
	hrtimer_init(&sleeper.timer, CLOCK_MONOTONIC, mode);
	sleeper.timer.function = hrtimer_wake;
	hrtimer_start_range_ns(&sleeper.timer, *expires, delta, mode);
	if (READ_ONCE(sleeper.task))
		schedule();
	hrtimer_cancel(&sleeper.timer);
	__set_current_state(TASK_RUNNING);
	return sleeper.task ? -EINTR : 0;
}

int schedule_hrtimeout(ktime_t *expires, const enum hrtimer_mode mode)
{
	return schedule_hrtimeout_range(expires, 0, mode);
}

void hrtimer_boot(void)
{
	unsigned int cpu, soft;

	for (cpu = 0; cpu < KM_MAX_CPUS; cpu++)
		for (soft = 0; soft < 2; soft++)
			bases[cpu][soft] = (struct hrtimer_clock_base){ .cpu = cpu,
									.is_soft = soft };
	hrtimer_turn = 0;
	open_softirq(HRTIMER_SOFTIRQ, hrtimer_softirq);
}

bool hrtimer_is_any(void)
{
	unsigned int nr = 0, count = 2 * km_port_cpus();

	while (nr < count && !READ_ONCE(bases[nr / 2][nr % 2].top))
		nr++;
	return nr < count;
}

static bool hrtimer_pick(unsigned int skip, struct hrtimer **ret_timer, uintptr_t *ret_function)
{
	unsigned long irq = km_spin_lock(&hrtimer_lock);
	struct km_due *due = NULL;
	unsigned int nr;

	for (nr = 0; nr < 2 * km_port_cpus() && !due; nr++)
		for (due = bases[nr / 2][nr % 2].top; due && skip; due = due_walk(due))
			skip--;
	if (due) {
		*ret_timer = hrtimer_of(due);
		*ret_function = (uintptr_t)(*ret_timer)->function;
	}
	km_spin_unlock(&hrtimer_lock, irq);
	return due;
}

unsigned int hrtimer_left(kern_left_fn see, void *arg)
{
	unsigned int nr, count = 0;
	struct hrtimer *timer;
	uintptr_t function;

	for (nr = 0; hrtimer_pick(nr, &timer, &function); nr++) {
		if (function == (uintptr_t)hrtimer_wake)
			continue;
		count++;
		see("hrtimer", timer, function, NULL, arg);
	}
	return count;
}
