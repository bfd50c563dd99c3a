// SPDX-License-Identifier: MIT
/* softirq_test.c - softirqs, bottom halves held back, tasklets */
#include <linux/bottom_half.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <kern/upper_test.h>

static unsigned int runs, flood;
static int seen_count, seen_irqs_off;

static void block_action(void)
{
	seen_count = preempt_count();
	seen_irqs_off = irqs_disabled();
	ADD(runs, 1);
	if (flood) {
		flood--;
		raise_softirq(BLOCK_SOFTIRQ);
	}
}

static void prepare(void)
{
	open_softirq(BLOCK_SOFTIRQ, block_action);
	runs = flood = 0;
}

static void a_raised_softirq_runs_with_interrupts_on(void)
{
	prepare();
	raise_softirq(BLOCK_SOFTIRQ);
	WAIT_FOR(GET(runs));
	CHECK_EQ(seen_count, SOFTIRQ_OFFSET);
	CHECK_EQ(seen_irqs_off, 0);
	CHECK_EQ(preempt_count(), 0);
}

static void it_waits_while_bottom_halves_are_disabled(void)
{
	prepare();
	local_bh_disable();
	CHECK(in_softirq());
	CHECK(!in_serving_softirq());
	CHECK(in_task());
	raise_softirq(BLOCK_SOFTIRQ);
	udelay(200);
	CHECK_EQ(GET(runs), 0);
	local_bh_disable();
	local_bh_enable();
	CHECK_EQ(GET(runs), 0);
	local_bh_enable();
	CHECK_EQ(GET(runs), 1);
	CHECK_EQ(preempt_count(), 0);
}

static void it_waits_while_interrupts_are_off(void)
{
	unsigned long flags;

	prepare();
	local_irq_save(flags);
	raise_softirq_irqoff(BLOCK_SOFTIRQ);
	CHECK_EQ(GET(runs), 0);
	CHECK(local_softirq_pending() & 1u << BLOCK_SOFTIRQ);
	local_irq_restore(flags);
	WAIT_FOR(GET(runs) == 1);
}

static void a_flood_ends_in_ksoftirqd_and_runs_all(void)
{
	prepare();
	flood = 60;
	raise_softirq(BLOCK_SOFTIRQ);
	WAIT_FOR(GET(runs) == 61);
}

static void enabling_what_was_not_disabled_is_told(void)
{
	upper_listen(1u << KM_POINT_CONTEXT_BAD);
	local_bh_enable();
	CHECK_EQ(upper_seen[KM_POINT_CONTEXT_BAD].count, 1);
	upper_listen(0);
	CHECK_EQ(preempt_count(), 0);
}

static struct tasklet_struct tasklet;
static unsigned int tasklet_runs, tasklet_again;

static void tasklet_run(struct tasklet_struct *t)
{
	CHECK(t == &tasklet);
	CHECK(in_serving_softirq());
	CHECK(!irqs_disabled());
	ADD(tasklet_runs, 1);
	if (tasklet_again) {
		tasklet_again--;
		tasklet_schedule(t);
	}
}

static void tasklet_run_old(unsigned long data)
{
	ADD(tasklet_runs, data);
}

static void a_tasklet_runs_once_however_often_it_is_scheduled(void)
{
	tasklet_setup(&tasklet, tasklet_run);
	tasklet_runs = tasklet_again = 0;
	local_bh_disable();
	tasklet_schedule(&tasklet);
	tasklet_schedule(&tasklet);
	tasklet_hi_schedule(&tasklet);
	CHECK_EQ(GET(tasklet_runs), 0);
	local_bh_enable();
	WAIT_FOR(GET(tasklet_runs));
	msleep(2);
	CHECK_EQ(tasklet_runs, 1);
	tasklet_hi_schedule(&tasklet);
	WAIT_FOR(GET(tasklet_runs) == 2);
}

static void a_tasklet_may_schedule_itself_without_end(void)
{
	tasklet_setup(&tasklet, tasklet_run);
	tasklet_runs = 0;
	tasklet_again = 100;
	tasklet_schedule(&tasklet);
	WAIT_FOR(GET(tasklet_runs) == 101);
	tasklet_kill(&tasklet);
}

static void a_disabled_tasklet_waits_until_it_is_enabled(void)
{
	tasklet_setup(&tasklet, tasklet_run);
	tasklet_runs = tasklet_again = 0;
	tasklet_disable(&tasklet);
	tasklet_schedule(&tasklet);
	msleep(3);
	CHECK_EQ(tasklet_runs, 0);
	tasklet_enable(&tasklet);
	WAIT_FOR(GET(tasklet_runs) == 1);
	tasklet_kill(&tasklet);
}

static void kill_waits_until_the_tasklet_is_over(void)
{
	tasklet_setup(&tasklet, tasklet_run);
	tasklet_runs = tasklet_again = 0;
	tasklet_schedule(&tasklet);
	tasklet_kill(&tasklet);
	CHECK_EQ(GET(tasklet_runs), 1);
	CHECK_EQ(tasklet.state, 0);
}

static void the_old_form_gets_its_data(void)
{
	tasklet_init(&tasklet, tasklet_run_old, 7);
	tasklet_runs = 0;
	tasklet_schedule(&tasklet);
	WAIT_FOR(GET(tasklet_runs) == 7);
}

static void left_see(const char *kind, const void *object, uintptr_t pc, const char *name,
		     void *arg)
{
	CHECK_EQ(strcmp(kind, "tasklet"), 0);
	CHECK(object == &tasklet);
	CHECK(pc == (uintptr_t)tasklet_run);
}

static void a_scheduled_tasklet_is_reported_as_left(void)
{
	tasklet_setup(&tasklet, tasklet_run);
	tasklet_runs = tasklet_again = 0;
	CHECK_EQ(tasklet_left(left_see, NULL), 0);
	tasklet_disable(&tasklet);
	tasklet_schedule(&tasklet);
	CHECK_EQ(tasklet_left(left_see, NULL), 1);
	tasklet_enable(&tasklet);
	WAIT_FOR(GET(tasklet_runs) == 1);
}

static struct irq_work work;
static unsigned int work_runs;
static int work_count;

static void work_run(struct irq_work *w)
{
	work_count = preempt_count();
	CHECK(irqs_disabled());
	CHECK(!irq_work_is_pending(w));
	CHECK(irq_work_is_busy(w));
	ADD(work_runs, 1);
}

static void irq_work_runs_in_hard_interrupt_context(void)
{
	unsigned long flags;

	init_irq_work(&work, work_run);
	work_runs = 0;
	local_irq_save(flags);
	CHECK(irq_work_queue(&work));
	CHECK(!irq_work_queue(&work));
	CHECK_EQ(GET(work_runs), 0);
	local_irq_restore(flags);
	irq_work_sync(&work);
	CHECK_EQ(work_runs, 1);
	CHECK_EQ(work_count & HARDIRQ_MASK, HARDIRQ_OFFSET);
	CHECK(irq_work_queue_on(&work, km_port_cpus() - 1));
	irq_work_sync(&work);
	CHECK_EQ(work_runs, 2);
}

static void irq_work_runs_each_time_it_is_queued(void)
{
	unsigned int round;
	unsigned long flags;

	init_irq_work(&work, work_run);
	work_runs = 0;
	preempt_disable();
	for (round = 1; round <= 10; round++) {
		CHECK(irq_work_queue(&work));
		local_irq_save(flags);	/* now it comes, if it did not yet */
		local_irq_restore(flags);
		while (irq_work_is_busy(&work))
			cpu_relax();
		CHECK_EQ(GET(work_runs), round);
	}
	preempt_enable();
}

KM_TESTS(upper_setup, T(a_raised_softirq_runs_with_interrupts_on),
	 T(it_waits_while_bottom_halves_are_disabled), T(it_waits_while_interrupts_are_off),
	 T(a_flood_ends_in_ksoftirqd_and_runs_all), T(enabling_what_was_not_disabled_is_told),
	 T(a_tasklet_runs_once_however_often_it_is_scheduled),
	 T(a_tasklet_may_schedule_itself_without_end),
	 T(a_disabled_tasklet_waits_until_it_is_enabled), T(kill_waits_until_the_tasklet_is_over),
	 T(the_old_form_gets_its_data), T(a_scheduled_tasklet_is_reported_as_left),
	 T(irq_work_runs_in_hard_interrupt_context), T(irq_work_runs_each_time_it_is_queued));
