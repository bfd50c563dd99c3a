// SPDX-License-Identifier: MIT
/* irq_test.c - device interrupts */
#include <linux/errno.h>
#include <linux/interrupt.h>
#include <kern/upper_test.h>

#define LINE	5

static unsigned int hard_runs, thread_runs, wrong_id, stay_us;
static int hard_count, hard_irqs_off, thread_count;
static irqreturn_t hard_answer;
static int id_a, id_b;
static bool leaks_lock;

static irqreturn_t hard_run(int irq, void *dev_id)
{
	if (irq != LINE || (dev_id != &id_a && dev_id != &id_b))
		ADD(wrong_id, 1);
	hard_count = preempt_count();
	hard_irqs_off = irqs_disabled();
	ADD(hard_runs, 1);
	if (stay_us)
		udelay(stay_us);
	if (leaks_lock)
		preempt_disable();
	return hard_answer;
}

static irqreturn_t thread_run(int irq, void *dev_id)
{
	thread_count = preempt_count();
	ADD(thread_runs, 1);
	return IRQ_HANDLED;
}

static void reset(void)
{
	hard_runs = thread_runs = wrong_id = stay_us = 0;
	leaks_lock = false;
	hard_answer = IRQ_HANDLED;
}

static void fire(void)
{
	km_port_interrupt(0, KM_VECTOR_DEVICE + LINE);
}

static void a_handler_runs_in_hard_interrupt_context(void)
{
	reset();
	CHECK_EQ(request_irq(LINE, hard_run, 0, "dev-a", &id_a), 0);
	fire();
	WAIT_FOR(GET(hard_runs));
	CHECK_EQ(hard_count & HARDIRQ_MASK, HARDIRQ_OFFSET);
	CHECK_EQ(hard_irqs_off, 1);
	CHECK_EQ(wrong_id, 0);
	CHECK_EQ(strcmp(free_irq(LINE, &id_a), "dev-a"), 0);
	hard_runs = 0;
	fire();
	msleep(2);
	CHECK_EQ(hard_runs, 0);
}

static void wrong_requests_are_refused(void)
{
	reset();
	CHECK_EQ(request_irq(NR_IRQS, hard_run, 0, "x", &id_a), -EINVAL);
	CHECK_EQ(request_irq(LINE, hard_run, IRQF_SHARED, "x", NULL), -EINVAL);
	CHECK_EQ(request_irq(LINE, NULL, 0, "x", &id_a), -EINVAL);
	CHECK_EQ(request_threaded_irq(LINE, NULL, thread_run, 0, "x", &id_a), -EINVAL);
	CHECK(strstr(km_test_console(), "Threaded irq requested with handler=NULL and !ONESHOT"));
}

static void a_taken_line_is_busy_unless_both_share(void)
{
	reset();
	CHECK_EQ(request_irq(LINE, hard_run, 0, "one", &id_a), 0);
	CHECK_EQ(request_irq(LINE, hard_run, IRQF_SHARED, "two", &id_b), -EBUSY);
	CHECK(strstr(km_test_console(), "Flags mismatch irq 5. 00000080 (two) vs. 00000000 (one)"));
	free_irq(LINE, &id_a);
	CHECK_EQ(request_irq(LINE, hard_run, IRQF_SHARED, "one", &id_a), 0);
	CHECK_EQ(request_irq(LINE, hard_run, IRQF_SHARED, "two", &id_b), 0);
	fire();
	WAIT_FOR(GET(hard_runs) >= 2);
	free_irq(LINE, &id_b);
	free_irq(LINE, &id_a);
}

static void freeing_twice_warns(void)
{
	reset();
	upper_listen(1u << KM_POINT_WARN);
	CHECK(!free_irq(LINE, &id_a));
	CHECK_EQ(upper_seen[KM_POINT_WARN].count, 1);
	CHECK(strstr(upper_seen[KM_POINT_WARN].what, "Trying to free already-free IRQ 5"));
	upper_listen(0);
}

static void a_disabled_line_replays_once_when_enabled(void)
{
	reset();
	CHECK_EQ(request_irq(LINE, hard_run, IRQF_NO_AUTOEN, "dev", &id_a), 0);
	fire();
	fire();
	msleep(1);
	CHECK_EQ(GET(hard_runs), 0);
	disable_irq(LINE);
	enable_irq(LINE);
	CHECK_EQ(GET(hard_runs), 0);
	enable_irq(LINE);
	WAIT_FOR(GET(hard_runs) >= 1);
	upper_listen(1u << KM_POINT_WARN);
	enable_irq(LINE);
	CHECK(strstr(upper_seen[KM_POINT_WARN].what, "Unbalanced enable for IRQ 5"));
	upper_listen(0);
	free_irq(LINE, &id_a);
}

static void a_threaded_handler_runs_in_a_task(void)
{
	reset();
	hard_answer = IRQ_WAKE_THREAD;
	CHECK_EQ(request_threaded_irq(LINE, hard_run, thread_run, 0, "dev", &id_a), 0);
	fire();
	WAIT_FOR(GET(thread_runs));
	CHECK_EQ(thread_count, 0);
	synchronize_irq(LINE);
	free_irq(LINE, &id_a);
	reset();
	CHECK_EQ(request_threaded_irq(LINE, NULL, thread_run, IRQF_ONESHOT, "dev", &id_a), 0);
	fire();
	WAIT_FOR(GET(thread_runs));
	free_irq(LINE, &id_a);
}

static void disable_waits_for_a_running_handler(void)
{
	reset();
	stay_us = 300;
	CHECK_EQ(request_irq(LINE, hard_run, 0, "dev", &id_a), 0);
	km_port_interrupt(km_port_cpus() - 1, KM_VECTOR_DEVICE + LINE);
	WAIT_FOR(GET(hard_runs));
	disable_irq(LINE);
	CHECK(!irqs_disabled());
	free_irq(LINE, &id_a);
}

static void a_handler_that_leaks_is_told(void)
{
	reset();
	leaks_lock = true;
	CHECK_EQ(request_irq(LINE, hard_run, 0, "dev", &id_a), 0);
	upper_listen(1u << KM_POINT_CONTEXT_BAD);
	fire();
	WAIT_FOR(GET(upper_seen[KM_POINT_CONTEXT_BAD].count));
	CHECK(strstr(upper_seen[KM_POINT_CONTEXT_BAD].what, "irq handler leaked"));
	upper_listen(0);
	leaks_lock = false;
	free_irq(LINE, &id_a);
	CHECK_EQ(preempt_count(), 0);
}

static void requests_are_told_and_can_be_refused(void)
{
	reset();
	upper_listen(1u << KM_POINT_RESOURCE_NEW | 1u << KM_POINT_RESOURCE_GONE |
		     1u << KM_POINT_ALLOC_ASK | 1u << KM_POINT_MIGHT_SLEEP);
	CHECK_EQ(request_irq(LINE, hard_run, 0, "dev", &id_a), 0);
	CHECK_EQ(upper_seen[KM_POINT_MIGHT_SLEEP].count, 1);
	CHECK_EQ(upper_seen[KM_POINT_RESOURCE_NEW].count, 1);
	free_irq(LINE, &id_a);
	CHECK_EQ(upper_seen[KM_POINT_RESOURCE_GONE].count, 1);
	upper_seen[KM_POINT_ALLOC_ASK].answer = KM_REFUSE;
	CHECK_EQ(request_irq(LINE, hard_run, 0, "dev", &id_a), -ENOMEM);
	CHECK_EQ(upper_seen[KM_POINT_RESOURCE_NEW].count, 1);
	upper_listen(0);
}

static void left_see(const char *kind, const void *object, uintptr_t pc, const char *name,
		     void *arg)
{
	CHECK_EQ(strcmp(kind, "irq"), 0);
	CHECK_EQ(strcmp(name, "dev"), 0);
	CHECK(pc == (uintptr_t)hard_run);
}

static void a_line_that_was_not_freed_is_reported_as_left(void)
{
	reset();
	CHECK_EQ(irq_left(left_see, NULL), 0);
	CHECK_EQ(request_irq(LINE, hard_run, 0, "dev", &id_a), 0);
	CHECK_EQ(irq_left(left_see, NULL), 1);
	free_irq(LINE, &id_a);
}

KM_TESTS(upper_setup, T(a_handler_runs_in_hard_interrupt_context), T(wrong_requests_are_refused),
	 T(a_taken_line_is_busy_unless_both_share), T(freeing_twice_warns),
	 T(a_disabled_line_replays_once_when_enabled), T(a_threaded_handler_runs_in_a_task),
	 T(disable_waits_for_a_running_handler), T(a_handler_that_leaks_is_told),
	 T(requests_are_told_and_can_be_refused),
	 T(a_line_that_was_not_freed_is_reported_as_left));
