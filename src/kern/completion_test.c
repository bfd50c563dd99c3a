// SPDX-License-Identifier: MIT
/* completion_test.c - completions: order, time limits, lifetime */
#include <linux/completion.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/timer.h>
#include <kern/kern_test.h>

static int complete_it(void *data)
{
	complete(data);
	return 0;
}

static void completing_first_is_remembered(void)
{
	DECLARE_COMPLETION_ONSTACK(done);

	CHECK(!completion_done(&done));
	CHECK(!try_wait_for_completion(&done));
	complete(&done);
	complete(&done);
	CHECK(completion_done(&done));
	wait_for_completion(&done);
	CHECK(try_wait_for_completion(&done));
	CHECK(!completion_done(&done));
}

static void a_completion_on_the_stack_is_safe(void)
{
	for (int round = 0; round < 50; round++) {
		DECLARE_COMPLETION_ONSTACK(done);
		struct task_struct *task = test_thread(complete_it, &done, "completer");

		wait_for_completion(&done);
		memset(&done, 0xff, sizeof(done));
		test_join(task);
	}
}

static void waiting_ends_with_the_time(void)
{
	DECLARE_COMPLETION_ONSTACK(done);
	unsigned long before = jiffies;

	CHECK_EQ(wait_for_completion_timeout(&done, 10), 0);
	CHECK(time_after_eq(jiffies, before + 10));
	CHECK(list_empty(&done.wait_list));
	CHECK_EQ(wait_for_completion_timeout(&done, 0), 0);
	complete(&done);
	CHECK_EQ(wait_for_completion_timeout(&done, 10), 10);
	CHECK_EQ(wait_for_completion_interruptible_timeout(&done, 3), 0);
}

struct timed {
	struct timer_list timer;
	struct completion done;
};

static void complete_from_timer(struct timer_list *timer)
{
	complete(&container_of(timer, struct timed, timer)->done);
}

static void an_early_completion_leaves_time_over(void)
{
	static struct timed timed;
	unsigned long left;

	init_completion(&timed.done);
	timer_setup(&timed.timer, complete_from_timer, 0);
	mod_timer(&timed.timer, jiffies + 5);
	left = wait_for_completion_timeout(&timed.done, 1000);
	CHECK(left >= 1);
	CHECK(left <= 996);
	timer_delete_sync(&timed.timer);
}

static int woken;

static int wait_for_all(void *data)
{
	wait_for_completion(data);
	__atomic_add_fetch(&woken, 1, __ATOMIC_SEQ_CST);
	return 0;
}

static void complete_all_serves_everyone(void)
{
	static DECLARE_COMPLETION(done);
	struct task_struct *tasks[4];

	woken = 0;
	for (int i = 0; i < 4; i++)
		tasks[i] = test_thread(wait_for_all, &done, "waiter");
	schedule_timeout_uninterruptible(3);
	CHECK_EQ(READ_ONCE(woken), 0);
	complete(&done);
	schedule_timeout_uninterruptible(3);
	CHECK_EQ(READ_ONCE(woken), 1);
	complete_all(&done);
	for (int i = 0; i < 4; i++)
		test_join(tasks[i]);
	CHECK_EQ(woken, 4);
	wait_for_completion(&done);
	CHECK(completion_done(&done));
	reinit_completion(&done);
	CHECK(!completion_done(&done));
}

KM_TESTS(test_kern_up, T(completing_first_is_remembered), T(a_completion_on_the_stack_is_safe),
	 T(waiting_ends_with_the_time), T(an_early_completion_leaves_time_over),
	 T(complete_all_serves_everyone));
