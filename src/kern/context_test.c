// SPDX-License-Identifier: MIT
/* context_test.c - counters, what they say, what is told */
#include <linux/hardirq.h>
#include <linux/interrupt.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/spinlock.h>
#include <kern/kern_test.h>

static void a_fresh_task_may_sleep(void)
{
	CHECK(kern_may_sleep());
	CHECK(in_task());
	CHECK(!in_interrupt());
	CHECK(!in_atomic());
	CHECK(preemptible());
	CHECK(!irqs_disabled());
}

static void preempt_disable_nests(void)
{
	preempt_disable();
	preempt_disable();
	CHECK_EQ(preempt_count(), 2);
	preempt_enable();
	CHECK(in_atomic());
	CHECK(!kern_may_sleep());
	preempt_enable();
	CHECK(!in_atomic());
}

static void bottom_halves_nest(void)
{
	local_bh_disable();
	local_bh_disable();
	CHECK_EQ(softirq_count(), 2 * SOFTIRQ_DISABLE_OFFSET);
	CHECK(in_softirq());
	CHECK(!in_serving_softirq());
	CHECK(in_task());
	CHECK(!kern_may_sleep());
	local_bh_enable();
	CHECK(in_softirq());
	local_bh_enable();
	CHECK(!in_softirq());
	CHECK(kern_may_sleep());
}

static int tasklet_runs;
static unsigned int tasklet_context;

static void tasklet_count(struct tasklet_struct *tasklet)
{
	tasklet_runs++;
	tasklet_context = (unsigned int)preempt_count();
}

static void a_raised_softirq_runs_when_the_outermost_section_ends(void)
{
	static DECLARE_TASKLET(tasklet, tasklet_count);

	tasklet_runs = 0;
	local_bh_disable();
	local_bh_disable();
	tasklet_schedule(&tasklet);
	CHECK_EQ(tasklet_runs, 0);
	local_bh_enable();
	CHECK_EQ(tasklet_runs, 0);
	local_bh_enable();
	CHECK_EQ(tasklet_runs, 1);
	CHECK(tasklet_context & SOFTIRQ_OFFSET);
	CHECK(!(tasklet_context & HARDIRQ_MASK));
	tasklet_kill(&tasklet);
}

static void irq_save_nests(void)
{
	unsigned long outer, inner;

	local_irq_save(outer);
	CHECK(irqs_disabled());
	local_irq_save(inner);
	local_irq_restore(inner);
	CHECK(irqs_disabled());
	CHECK(irqs_disabled_flags(inner));
	CHECK(!irqs_disabled_flags(outer));
	CHECK(!kern_may_sleep());
	local_irq_restore(outer);
	CHECK(!irqs_disabled());
}

static void might_sleep_is_told_with_what_was_called(void)
{
	test_listen();
	might_sleep();
	CHECK_EQ(TOLD(MIGHT_SLEEP), 1);
	CHECK(TOLD_TEXT(MIGHT_SLEEP, "might_sleep"));
	might_sleep_if(0);
	CHECK_EQ(TOLD(MIGHT_SLEEP), 1);
	cond_resched();
	CHECK(TOLD_TEXT(MIGHT_SLEEP, "cond_resched"));
	test_listen_end();
}

static void an_unbalanced_enable_is_told_and_ignored(void)
{
	test_listen();
	preempt_enable();
	CHECK_EQ(TOLD(CONTEXT_BAD), 1);
	CHECK_EQ(preempt_count(), 0);
	local_bh_enable();
	CHECK_EQ(TOLD(CONTEXT_BAD), 2);
	CHECK_EQ(preempt_count(), 0);
	__non_block_end();
	CHECK_EQ(TOLD(CONTEXT_BAD), 3);
	test_listen_end();
}

static void non_block_sections_forbid_sleep(void)
{
	non_block_start();
	CHECK(!kern_may_sleep());
	non_block_end();
	CHECK(kern_may_sleep());
}

static void scheduling_while_atomic_is_told_and_survived(void)
{
	test_listen();
	preempt_disable();
	schedule_timeout_uninterruptible(2);
	CHECK_EQ(preempt_count(), 1);
	preempt_enable();
	CHECK_EQ(TOLD(MIGHT_SLEEP), 1);
	CHECK(TOLD_TEXT(MIGHT_SLEEP, "schedule"));
	local_irq_disable();
	schedule_timeout_uninterruptible(2);
	CHECK(irqs_disabled());
	local_irq_enable();
	CHECK_EQ(TOLD(MIGHT_SLEEP), 2);
	CHECK_EQ(TOLD(CONTEXT_BAD), 0);
	test_listen_end();
}

/* One place, one finding: rules tell a place once.  A later schedule() elsewhere is its own. */
static void schedule_is_told_also_after_another_call_was(void)
{
	test_listen();
	preempt_disable();
	might_sleep();
	CHECK_EQ(TOLD(MIGHT_SLEEP), 1);
	schedule_timeout_uninterruptible(1);
	preempt_enable();
	CHECK_EQ(TOLD(MIGHT_SLEEP), 2);
	test_listen_end();
}

static void the_context_report_names_locks_and_task(void)
{
	static DEFINE_SPINLOCK(outer_lock);
	static DEFINE_SPINLOCK(inner_lock);
	struct km_context context;

	test_listen();
	spin_lock(&outer_lock);
	spin_lock_irq(&inner_lock);
	kern_context(&context);
	CHECK_EQ(context.lock_count, 2);
	CHECK(!strcmp(context.locks[0].name, "outer_lock"));
	CHECK(!strcmp(context.locks[1].name, "inner_lock"));
	CHECK(context.locks[0].taken_at != 0);
	CHECK_EQ(context.preempt_count, 2);
	CHECK(context.irqs_off);
	CHECK_EQ(context.pid, 1);
	CHECK(!strcmp(context.comm, "init"));
	CHECK(!strcmp(context.kind, "task"));
	spin_unlock_irq(&inner_lock);
	spin_unlock(&outer_lock);
	kern_context(&context);
	CHECK_EQ(context.lock_count, 0);
	test_listen_end();
}

KM_TESTS(test_kern_up, T(a_fresh_task_may_sleep), T(preempt_disable_nests), T(bottom_halves_nest),
	 T(a_raised_softirq_runs_when_the_outermost_section_ends), T(irq_save_nests),
	 T(might_sleep_is_told_with_what_was_called), T(an_unbalanced_enable_is_told_and_ignored),
	 T(non_block_sections_forbid_sleep), T(scheduling_while_atomic_is_told_and_survived),
	 T(schedule_is_told_also_after_another_call_was),
	 T(the_context_report_names_locks_and_task));
