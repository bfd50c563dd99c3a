// SPDX-License-Identifier: MIT
/* wait_test.c - wait queues: no wake-up is lost, exclusive waiters, time limits */
#include <linux/jiffies.h>
#include <linux/wait.h>
#include <linux/wait_bit.h>
#include <kern/kern_test.h>

#define ROUNDS	60

static DECLARE_WAIT_QUEUE_HEAD(queue);
static int ball;	/* whose turn it is */

static int player(void *data)
{
	int me = (int)(long)data;

	for (int i = 0; i < ROUNDS; i++) {
		wait_event(queue, READ_ONCE(ball) == me);
		WRITE_ONCE(ball, !me);
		wake_up(&queue);
	}
	return 0;
}

static void no_wake_up_is_lost(void)
{
	struct task_struct *one, *two;

	ball = 0;
	one = test_thread(player, (void *)0L, "ping");
	two = test_thread(player, (void *)1L, "pong");
	test_join(one);
	test_join(two);
	CHECK_EQ(ball, 0);
	CHECK(!waitqueue_active(&queue));
}

static int flag;

static int raise_flag(void *data)
{
	WRITE_ONCE(flag, 1);
	wake_up(data);
	return 0;
}

static void a_queue_on_the_stack_is_safe(void)
{
	for (int i = 0; i < ROUNDS; i++) {
		DECLARE_WAIT_QUEUE_HEAD_ONSTACK(here);
		struct task_struct *task;

		flag = 0;
		task = test_thread(raise_flag, &here, "raiser");
		wait_event(here, READ_ONCE(flag));
		test_join(task);
		CHECK(!waitqueue_active(&here));
	}
}

static void time_limits_follow_linux(void)
{
	unsigned long before = jiffies;

	flag = 0;
	CHECK_EQ(wait_event_timeout(queue, flag, 5), 0);
	CHECK(time_after_eq(jiffies, before + 5));
	flag = 1;
	CHECK_EQ(wait_event_timeout(queue, flag, 5), 5);
	CHECK_EQ(wait_event_timeout(queue, flag, 0), 1);
	flag = 0;
	CHECK_EQ(wait_event_interruptible_timeout(queue, flag, 2), 0);
	CHECK_EQ(current->__state, TASK_RUNNING);
}

static int tickets, served;

static int taker(void *data)
{
	wait_event_interruptible_exclusive(queue, READ_ONCE(tickets) > 0);
	tickets--;
	__atomic_add_fetch(&served, 1, __ATOMIC_SEQ_CST);
	return 0;
}

static void one_wake_up_wakes_one_exclusive_waiter(void)
{
	struct task_struct *tasks[3];

	tickets = served = 0;
	for (int i = 0; i < 3; i++)
		tasks[i] = test_thread(taker, NULL, "taker");
	schedule_timeout_uninterruptible(3);
	for (int i = 1; i <= 3; i++) {
		tickets = 1;
		CHECK_EQ(wake_up_interruptible(&queue), 1);
		schedule_timeout_uninterruptible(3);
		CHECK_EQ(READ_ONCE(served), i);
	}
	for (int i = 0; i < 3; i++)
		test_join(tasks[i]);
}

static int sleeper(void *data)
{
	wait_event(queue, READ_ONCE(flag));
	return 0;
}

static void an_interruptible_wake_up_leaves_the_others_asleep(void)
{
	struct task_struct *task;

	flag = 0;
	task = test_thread(sleeper, NULL, "sleeper");
	while (!waitqueue_active(&queue))
		schedule_timeout_uninterruptible(1);
	CHECK_EQ(wake_up_interruptible(&queue), 0);
	flag = 1;
	wake_up_all(&queue);
	test_join(task);
}

static int woken_waiter(void *data)
{
	DEFINE_WAIT_FUNC(wait, woken_wake_function);

	add_wait_queue(&queue, &wait);
	while (!READ_ONCE(flag))
		wait_woken(&wait, TASK_INTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
	remove_wait_queue(&queue, &wait);
	return 0;
}

static void wait_woken_keeps_an_early_wake_up(void)
{
	for (int i = 0; i < ROUNDS; i++) {
		struct task_struct *task;

		flag = 0;
		task = test_thread(woken_waiter, NULL, "woken");
		while (!wq_has_sleeper(&queue))
			schedule_timeout_uninterruptible(1);
		WRITE_ONCE(flag, 1);
		wake_up(&queue);
		test_join(task);
	}
}

static unsigned long word;

static int clear_it(void *data)
{
	clear_and_wake_up_bit(3, &word);
	return 0;
}

static void a_bit_can_be_waited_for(void)
{
	struct task_struct *task;

	set_bit(3, &word);
	task = test_thread(clear_it, NULL, "clearer");
	CHECK_EQ(wait_on_bit(&word, 3, TASK_UNINTERRUPTIBLE), 0);
	CHECK(!test_bit(3, &word));
	test_join(task);
}

static int locked_waiter(void *data)
{
	spin_lock(&queue.lock);
	CHECK_EQ(wait_event_interruptible_locked(queue, READ_ONCE(flag)), 0);
	CHECK(spin_is_locked(&queue.lock));
	spin_unlock(&queue.lock);
	return 0;
}

static void the_queue_lock_may_be_the_users(void)
{
	struct task_struct *task;

	flag = 0;
	task = test_thread(locked_waiter, NULL, "locked");
	while (!waitqueue_active(&queue))
		schedule_timeout_uninterruptible(1);
	spin_lock(&queue.lock);
	WRITE_ONCE(flag, 1);
	wake_up_locked(&queue);
	spin_unlock(&queue.lock);
	test_join(task);
	CHECK(!waitqueue_active(&queue));
}

KM_TESTS(test_kern_up, T(no_wake_up_is_lost), T(a_queue_on_the_stack_is_safe),
	 T(time_limits_follow_linux), T(one_wake_up_wakes_one_exclusive_waiter),
	 T(an_interruptible_wake_up_leaves_the_others_asleep), T(wait_woken_keeps_an_early_wake_up),
	 T(a_bit_can_be_waited_for), T(the_queue_lock_may_be_the_users));
