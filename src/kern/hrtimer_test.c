// SPDX-License-Identifier: MIT
/* hrtimer_test.c - timers of nanosecond resolution */
#include <linux/hrtimer.h>
#include <kern/upper_test.h>

static struct probe {
	struct hrtimer timer;
	unsigned int calls, restarts, missed, busy_us;
	int preempt_count, irqs_off;
	ktime_t at;
	bool is_over;
} probe;

static enum hrtimer_restart probe_run(struct hrtimer *timer)
{
	probe.preempt_count = preempt_count();
	probe.irqs_off = irqs_disabled();
	probe.at = ktime_get();
	SET(probe.is_over, false);
	ADD(probe.calls, 1);
	if (probe.busy_us)
		udelay(probe.busy_us);
	SET(probe.is_over, true);
	if (!probe.restarts)
		return HRTIMER_NORESTART;
	probe.restarts--;
	probe.missed += hrtimer_forward_now(timer, us_to_ktime(200)) - 1;
	return HRTIMER_RESTART;
}

static void probe_reset(enum hrtimer_mode mode)
{
	memset(&probe, 0, sizeof(probe));
	hrtimer_init(&probe.timer, CLOCK_MONOTONIC, mode);
	probe.timer.function = probe_run;
}

static void a_relative_timer_runs_in_hard_interrupt_context(void)
{
	ktime_t start;

	probe_reset(HRTIMER_MODE_REL);
	start = ktime_get();
	CHECK(!hrtimer_active(&probe.timer));
	hrtimer_start(&probe.timer, us_to_ktime(300), HRTIMER_MODE_REL);
	CHECK(hrtimer_active(&probe.timer));
	CHECK(hrtimer_is_queued(&probe.timer));
	CHECK(ktime_to_us(hrtimer_get_remaining(&probe.timer)) <= 300);
	WAIT_FOR(GET(probe.calls));
	CHECK(ktime_us_delta(probe.at, start) >= 300);
	CHECK_EQ(probe.preempt_count & HARDIRQ_MASK, HARDIRQ_OFFSET);
	CHECK_EQ(probe.irqs_off, 1);
	WAIT_FOR(!hrtimer_active(&probe.timer));
}

static void a_soft_timer_runs_in_softirq_context(void)
{
	probe_reset(HRTIMER_MODE_REL_SOFT);
	hrtimer_start(&probe.timer, us_to_ktime(100), HRTIMER_MODE_REL_SOFT);
	WAIT_FOR(GET(probe.calls));
	CHECK_EQ(probe.preempt_count, SOFTIRQ_OFFSET);
	CHECK_EQ(probe.irqs_off, 0);
}

static void an_absolute_time_of_the_past_is_due_at_once(void)
{
	probe_reset(HRTIMER_MODE_ABS);
	hrtimer_start(&probe.timer, 1, HRTIMER_MODE_ABS_PINNED);
	WAIT_FOR(GET(probe.calls));
}

static void restart_repeats_at_the_interval(void)
{
	ktime_t start;

	probe_reset(HRTIMER_MODE_REL);
	probe.restarts = 9;
	start = ktime_get();
	hrtimer_start(&probe.timer, us_to_ktime(200), HRTIMER_MODE_REL);
	WAIT_FOR(GET(probe.calls) == 10);
	CHECK(ktime_us_delta(probe.at, start) >= 2000);
	msleep(2);
	CHECK_EQ(probe.calls, 10);
	CHECK_EQ(hrtimer_cancel(&probe.timer), 0);
}

static void forward_counts_the_intervals(void)
{
	probe_reset(HRTIMER_MODE_ABS);
	hrtimer_set_expires(&probe.timer, 1000);
	CHECK_EQ(hrtimer_forward(&probe.timer, 999, 100), 0);
	CHECK_EQ(hrtimer_get_expires_ns(&probe.timer), 1000);
	CHECK_EQ(hrtimer_forward(&probe.timer, 1000, 100), 1);
	CHECK_EQ(hrtimer_get_expires_ns(&probe.timer), 1100);
	CHECK_EQ(hrtimer_forward(&probe.timer, 1350, 100), 3);
	CHECK_EQ(hrtimer_get_expires_ns(&probe.timer), 1400);
}

static void a_cancelled_timer_does_not_run(void)
{
	probe_reset(HRTIMER_MODE_REL);
	hrtimer_start(&probe.timer, ms_to_ktime(3), HRTIMER_MODE_REL);
	CHECK_EQ(hrtimer_try_to_cancel(&probe.timer), 1);
	CHECK_EQ(hrtimer_cancel(&probe.timer), 0);
	msleep(6);
	CHECK_EQ(probe.calls, 0);
}

static void starting_again_moves_the_timer(void)
{
	probe_reset(HRTIMER_MODE_REL);
	hrtimer_start(&probe.timer, ms_to_ktime(5000), HRTIMER_MODE_REL);
	hrtimer_start(&probe.timer, us_to_ktime(100), HRTIMER_MODE_REL);
	WAIT_FOR(GET(probe.calls) == 1);
	CHECK(!hrtimer_is_queued(&probe.timer));
}

static void cancel_waits_for_a_running_callback(void)
{
	unsigned int round;

	for (round = 0; round < 20; round++) {
		probe_reset(HRTIMER_MODE_REL_SOFT);
		probe.busy_us = 300;
		hrtimer_start(&probe.timer, 0, HRTIMER_MODE_REL_SOFT);
		while (!GET(probe.calls))
			udelay(10);
		CHECK_EQ(hrtimer_cancel(&probe.timer), 0);
		CHECK(GET(probe.is_over));
	}
}

static void left_see(const char *kind, const void *object, uintptr_t pc, const char *name,
		     void *arg)
{
	CHECK_EQ(strcmp(kind, "hrtimer"), 0);
	CHECK(object == &probe.timer);
	CHECK(pc == (uintptr_t)probe_run);
}

static void a_pending_hrtimer_is_reported_as_left(void)
{
	probe_reset(HRTIMER_MODE_REL);
	CHECK_EQ(hrtimer_left(left_see, NULL), 0);
	hrtimer_start(&probe.timer, ms_to_ktime(5000), HRTIMER_MODE_REL);
	CHECK_EQ(hrtimer_left(left_see, NULL), 1);
	hrtimer_cancel(&probe.timer);
}

static void schedule_hrtimeout_sleeps_until_the_time(void)
{
	ktime_t end = ktime_add_us(ktime_get(), 400);

	set_current_state(TASK_UNINTERRUPTIBLE);
	CHECK_EQ(schedule_hrtimeout(&end, HRTIMER_MODE_ABS), 0);
	CHECK(ktime_get() >= end);
	CHECK_EQ(current->__state, TASK_RUNNING);
}

KM_TESTS(upper_setup, T(a_relative_timer_runs_in_hard_interrupt_context),
	 T(a_soft_timer_runs_in_softirq_context), T(an_absolute_time_of_the_past_is_due_at_once),
	 T(restart_repeats_at_the_interval), T(forward_counts_the_intervals),
	 T(a_cancelled_timer_does_not_run), T(starting_again_moves_the_timer),
	 T(cancel_waits_for_a_running_callback), T(a_pending_hrtimer_is_reported_as_left),
	 T(schedule_hrtimeout_sleeps_until_the_time));
