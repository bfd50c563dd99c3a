// SPDX-License-Identifier: MIT
/* timer_test.c - timers of jiffy resolution */
#include <linux/timer.h>
#include <asm/processor.h>
#include <kern/upper_test.h>

static struct probe {
	struct timer_list timer;
	unsigned int calls;
	int preempt_count, irqs_off;
	unsigned long jiffies_seen;
	unsigned int rearm;		/* arm itself that often */
	unsigned int busy_us;
	bool is_over;
} probe;

static void probe_run(struct timer_list *timer)
{
	struct probe *p = from_timer(p, timer, timer);

	p->preempt_count = preempt_count();
	p->irqs_off = irqs_disabled();
	p->jiffies_seen = jiffies;
	SET(p->is_over, false);
	if (p->rearm) {
		p->rearm--;
		mod_timer(timer, jiffies + 1);
	}
	ADD(p->calls, 1);
	if (p->busy_us)
		udelay(p->busy_us);
	SET(p->is_over, true);
}

static void probe_reset(void)
{
	memset(&probe, 0, sizeof(probe));
	timer_setup(&probe.timer, probe_run, 0);
}

static void a_timer_runs_once_in_softirq_context_and_not_early(void)
{
	unsigned long at;

	probe_reset();
	at = jiffies + 3;
	CHECK(!timer_pending(&probe.timer));
	CHECK_EQ(mod_timer(&probe.timer, at), 0);
	CHECK(timer_pending(&probe.timer));
	CHECK_EQ(mod_timer(&probe.timer, at), 1);
	WAIT_FOR(GET(probe.calls));
	CHECK(!timer_pending(&probe.timer));
	CHECK(time_after_eq(probe.jiffies_seen, at));
	CHECK_EQ(probe.preempt_count, SOFTIRQ_OFFSET);
	CHECK_EQ(probe.irqs_off, 0);
	msleep(5);
	CHECK_EQ(probe.calls, 1);
}

static void a_deleted_timer_does_not_run(void)
{
	probe_reset();
	mod_timer(&probe.timer, jiffies + 3);
	CHECK_EQ(timer_delete(&probe.timer), 1);
	CHECK_EQ(del_timer(&probe.timer), 0);
	CHECK_EQ(mod_timer_pending(&probe.timer, jiffies + 1), 0);
	msleep(6);
	CHECK_EQ(probe.calls, 0);
}

static void a_time_that_has_passed_is_due_at_once(void)
{
	probe_reset();
	mod_timer(&probe.timer, jiffies - 100);
	WAIT_FOR(GET(probe.calls));
}

static void reduce_moves_only_to_earlier(void)
{
	unsigned long at;

	probe_reset();
	at = jiffies + 1000;
	CHECK_EQ(timer_reduce(&probe.timer, at), 0);
	CHECK_EQ(timer_reduce(&probe.timer, at + 5), 1);
	CHECK_EQ(probe.timer.expires, at);
	CHECK_EQ(timer_reduce(&probe.timer, at - 5), 1);
	CHECK_EQ(probe.timer.expires, at - 5);
	CHECK_EQ(del_timer_sync(&probe.timer), 1);
}

static void a_timer_may_arm_itself(void)
{
	probe_reset();
	probe.rearm = 4;
	mod_timer(&probe.timer, jiffies + 1);
	WAIT_FOR(GET(probe.calls) == 5);
	CHECK(!timer_pending(&probe.timer));
}

static void delete_sync_waits_for_a_running_callback(void)
{
	unsigned int round;

	for (round = 0; round < 20; round++) {
		probe_reset();
		probe.busy_us = 300;
		mod_timer(&probe.timer, jiffies);
		while (!GET(probe.calls))
			udelay(10);
		CHECK_EQ(timer_delete_sync(&probe.timer), 0);
		CHECK(GET(probe.is_over));
	}
}

static void a_timer_that_is_shut_down_cannot_be_armed(void)
{
	probe_reset();
	mod_timer(&probe.timer, jiffies + 50);
	CHECK_EQ(timer_shutdown_sync(&probe.timer), 1);
	CHECK_EQ(mod_timer(&probe.timer, jiffies + 1), 0);
	CHECK(!timer_pending(&probe.timer));
	msleep(3);
	CHECK_EQ(probe.calls, 0);
}

static void a_timer_for_another_cpu_runs_there(void)
{
	if (km_port_cpus() < 2) {
		km_test_skip("one CPU");
		return;
	}
	probe_reset();
	probe.timer.expires = jiffies + 2;
	add_timer_on(&probe.timer, 1);
	WAIT_FOR(GET(probe.calls));
	CHECK_EQ(probe.timer.flags & TIMER_CPUMASK, 1);
}

static struct timer_list held;
static unsigned int held_is_in, held_may_go, held_cpu;

static void held_run(struct timer_list *timer)
{
	held_cpu = km_port_cpu();
	SET(held_is_in, 1);
	while (!GET(held_may_go))
		cpu_relax();
}

/* Else the callback could run on two CPUs at once, and nobody could wait for it. */
static void a_timer_armed_while_it_runs_stays_on_its_cpu(void)
{
	unsigned int other;

	if (km_port_cpus() < 2) {
		km_test_skip("one CPU");
		return;
	}
	preempt_disable();
	other = km_port_cpu() ? 0 : 1;
	timer_setup(&held, held_run, 0);
	SET(held_is_in, 0);
	SET(held_may_go, 0);
	held.expires = jiffies;
	add_timer_on(&held, other);
	while (!GET(held_is_in))
		cpu_relax();
	mod_timer(&held, jiffies + 1000);
	CHECK_EQ(held_cpu, other);
	CHECK_EQ(held.flags & TIMER_CPUMASK, other);
	SET(held_may_go, 1);
	preempt_enable();
	CHECK_EQ(timer_delete_sync(&held), 1);
}

static struct timer_list many[50];
static unsigned long many_last;
static unsigned int many_calls, many_disorder;

static void many_run(struct timer_list *timer)
{
	if (timer->expires < many_last)
		ADD(many_disorder, 1);
	many_last = timer->expires;
	ADD(many_calls, 1);
}

static void many_timers_run_in_order(void)
{
	unsigned long now, flags;
	unsigned int nr;

	many_calls = many_disorder = 0;
	many_last = 0;
	/* All of one CPU, and none due before all are armed. */
	local_irq_save(flags);
	now = jiffies + 2;
	for (nr = 0; nr < ARRAY_SIZE(many); nr++) {
		timer_setup(&many[nr], many_run, 0);
		many[nr].expires = now + km_test_random_below(20);
		add_timer(&many[nr]);
	}
	local_irq_restore(flags);
	WAIT_FOR(GET(many_calls) == ARRAY_SIZE(many));
	CHECK_EQ(many_disorder, 0);
}

static void leak_run(struct timer_list *timer)
{
	ADD(probe.calls, 1);
	preempt_disable();
}

static void a_callback_that_leaks_a_preempt_count_is_told(void)
{
	probe_reset();
	timer_setup(&probe.timer, leak_run, 0);
	upper_listen(1u << KM_POINT_CONTEXT_BAD);
	mod_timer(&probe.timer, jiffies);
	WAIT_FOR(GET(probe.calls));
	WAIT_FOR(GET(upper_seen[KM_POINT_CONTEXT_BAD].count) == 1);
	CHECK(strstr(upper_seen[KM_POINT_CONTEXT_BAD].what, "timer leaked atomic"));
	upper_listen(0);
	CHECK_EQ(preempt_count(), 0);
}

static unsigned int left_count;
static uintptr_t left_pc;

static void left_see(const char *kind, const void *object, uintptr_t pc, const char *name,
		     void *arg)
{
	CHECK_EQ(strcmp(kind, "timer"), 0);
	CHECK(object == &probe.timer);
	left_pc = pc;
	left_count++;
}

static void a_pending_timer_is_reported_as_left(void)
{
	probe_reset();
	left_count = 0;
	CHECK_EQ(timer_left(left_see, NULL), 0);
	mod_timer(&probe.timer, jiffies + 1000);
	CHECK_EQ(timer_left(left_see, NULL), 1);
	CHECK_EQ(left_count, 1);
	CHECK(left_pc == (uintptr_t)probe_run);
	del_timer_sync(&probe.timer);
}

KM_TESTS(upper_setup, T(a_timer_runs_once_in_softirq_context_and_not_early),
	 T(a_deleted_timer_does_not_run), T(a_time_that_has_passed_is_due_at_once),
	 T(reduce_moves_only_to_earlier), T(a_timer_may_arm_itself),
	 T(delete_sync_waits_for_a_running_callback),
	 T(a_timer_that_is_shut_down_cannot_be_armed), T(a_timer_for_another_cpu_runs_there),
	 T(a_timer_armed_while_it_runs_stays_on_its_cpu),
	 T(many_timers_run_in_order), T(a_callback_that_leaks_a_preempt_count_is_told),
	 T(a_pending_timer_is_reported_as_left));
