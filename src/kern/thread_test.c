// SPDX-License-Identifier: MIT
/* thread_test.c - kthreads: birth, stop, end, what is told and what is left */
#include <linux/completion.h>
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/preempt.h>
#include <linux/spinlock.h>
#include <kern/kern_test.h>

static int started;

static int until_stopped(void *data)
{
	started++;
	CHECK_EQ(data, 0x1234);
	CHECK(current->flags & PF_KTHREAD);
	while (!kthread_should_stop())
		schedule_timeout_interruptible(10);
	return 42;
}

static void stop_wakes_waits_and_returns_the_value(void)
{
	struct task_struct *task = kthread_run(until_stopped, (void *)0x1234, "worker/%d", 7);

	REQUIRE(!IS_ERR(task));
	CHECK(!strcmp(task->comm, "worker/7"));
	CHECK(task->pid > 1);
	CHECK(kthread_data(task) == (void *)0x1234);
	CHECK(kthread_func(task) == (void *)until_stopped);
	schedule_timeout_uninterruptible(3);
	CHECK_EQ(started, 1);
	CHECK_EQ(kthread_stop(task), 42);
}

static void a_thread_that_never_ran_returns_eintr(void)
{
	struct task_struct *task = kthread_create(until_stopped, NULL, "never");

	REQUIRE(!IS_ERR(task));
	started = 0;
	schedule_timeout_uninterruptible(3);
	CHECK_EQ(started, 0);
	CHECK_EQ(kthread_stop(task), -EINTR);
	CHECK_EQ(started, 0);
}

static int seven(void *data)
{
	return 7;
}

static void a_reference_outlives_the_thread(void)
{
	struct task_struct *task = test_thread(seven, NULL, "short");

	wait_for_completion(&task->kthread_exited);
	CHECK(completion_done(&task->kthread_exited));
	CHECK_EQ(test_join(task), 7);
}

static int complete_and_exit(void *data)
{
	kthread_complete_and_exit(data, 3);
}

static void complete_and_exit_does_both(void)
{
	DECLARE_COMPLETION_ONSTACK(done);
	struct task_struct *task = test_thread(complete_and_exit, &done, "exiter");

	wait_for_completion(&done);
	CHECK_EQ(test_join(task), 3);
}

static void sleeping_takes_the_time_asked_for(void)
{
	unsigned long before = jiffies;

	CHECK_EQ(schedule_timeout_uninterruptible(20), 0);
	CHECK(time_after_eq(jiffies, before + 20));
	CHECK_EQ(current->__state, TASK_RUNNING);
	__set_current_state(TASK_RUNNING);
	CHECK(schedule_timeout(10000) > 5000);	/* not asleep: back at once */
}

static int sleep_long(void *data)
{
	return (int)schedule_timeout_interruptible(100000);
}

static void a_wake_up_ends_a_sleep_early(void)
{
	struct task_struct *task = test_thread(sleep_long, NULL, "sleeper");

	while (task_is_running(task))
		schedule_timeout_uninterruptible(1);
	CHECK_EQ(wake_up_process(task), 1);
	CHECK(test_join(task) > 90000);
}

static void count_left(const char *kind, const void *object, uintptr_t pc, const char *name,
		       void *arg)
{
	unsigned int *count = arg;

	CHECK(!strcmp(kind, "kthread"));
	CHECK(!strcmp(name, "left"));
	CHECK(pc != 0);
	++*count;
}

static void a_thread_that_is_left_is_listed(void)
{
	unsigned int count = 0;
	struct task_struct *task;

	CHECK_EQ(kern_left(count_left, &count), 0);
	task = kthread_create(seven, NULL, "left");
	CHECK_EQ(kern_left(count_left, &count), 1);
	CHECK_EQ(count, 1);
	kthread_stop(task);
	CHECK_EQ(kern_left(count_left, &count), 0);
}

static void birth_and_end_are_told(void)
{
	struct task_struct *task;

	test_listen();
	task = kthread_run(until_stopped, (void *)0x1234, "told");
	REQUIRE(!IS_ERR(task));
	CHECK_EQ(TOLD(ALLOC_ASK), 1);
	CHECK_EQ(TOLD(RESOURCE_NEW), 1);
	CHECK(told.object[KM_POINT_RESOURCE_NEW] == task);
	kthread_stop(task);
	CHECK_EQ(TOLD(RESOURCE_GONE), 1);
	CHECK_EQ(TOLD(THREAD_END), 1);
	CHECK_EQ(TOLD(CONTEXT_BAD), 0);
	CHECK_EQ(TOLD(LOCK_BAD), 0);
	test_listen_end();
}

static void a_refused_thread_is_enomem(void)
{
	struct task_struct *task;

	test_listen();
	told.verdict = KM_REFUSE;
	task = kthread_run(seven, NULL, "refused");
	CHECK_EQ(PTR_ERR(task), -ENOMEM);
	CHECK_EQ(TOLD(RESOURCE_NEW), 0);
	test_listen_end();
}

static DEFINE_SPINLOCK(kept);

static int keep_the_lock(void *data)
{
	spin_lock(&kept);
	return 0;
}

static void a_lock_kept_at_the_end_is_told(void)
{
	test_listen();
	test_join(test_thread(keep_the_lock, NULL, "keeper"));
	CHECK_EQ(TOLD(CONTEXT_BAD), 1);
	CHECK(TOLD_TEXT(CONTEXT_BAD, "kthread"));
	test_listen_end();
}

static int stop_count;

static int count_up(void *data)
{
	__atomic_add_fetch(&stop_count, 1, __ATOMIC_SEQ_CST);
	return 0;
}

static void many_threads_come_and_go(void)
{
	stop_count = 0;
	for (int i = 0; i < 100; i++) {
		struct task_struct *a = test_thread(count_up, NULL, "a");
		struct task_struct *b = test_thread(count_up, NULL, "b");

		test_join(b);
		test_join(a);
	}
	CHECK_EQ(stop_count, 200);
}

KM_TESTS(test_kern_up, T(stop_wakes_waits_and_returns_the_value),
	 T(a_thread_that_never_ran_returns_eintr), T(a_reference_outlives_the_thread),
	 T(complete_and_exit_does_both), T(sleeping_takes_the_time_asked_for),
	 T(a_wake_up_ends_a_sleep_early), T(a_thread_that_is_left_is_listed),
	 T(birth_and_end_are_told), T(a_refused_thread_is_enomem),
	 T(a_lock_kept_at_the_end_is_told), T(many_threads_come_and_go));
