/* SPDX-License-Identifier: MIT */
/* kthread_worker_test.c - workers: order, flushing, cancelling, items that queue themselves */
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <kern/kern_test.h>

static struct kthread_worker worker;
static struct task_struct *thread;
static unsigned int ran[8], runs;

struct item {
	struct kthread_work work;
	unsigned int number, again;
};

static void item_fn(struct kthread_work *work)
{
	struct item *item = container_of(work, struct item, work);

	ran[runs++ % ARRAY_SIZE(ran)] = item->number;
	if (item->again) {
		item->again--;
		CHECK(kthread_queue_work(&worker, work));
	}
}

static void slow_fn(struct kthread_work *work)
{
	(void)work;
	schedule_timeout_uninterruptible(3);
	WRITE_ONCE(runs, runs + 1);
}

static void worker_up(void)
{
	runs = 0;
	kthread_init_worker(&worker);
	thread = kthread_run(kthread_worker_fn, &worker, "worker");
	CHECK(!IS_ERR(thread));
}

static void worker_down(void)
{
	kthread_flush_worker(&worker);
	CHECK_EQ(kthread_stop(thread), 0);
	CHECK(!worker.task && list_empty(&worker.work_list));
}

/* The first test: no item was ever queued. */
static void flushing_nothing_does_not_wait(void)
{
	worker_up();
	kthread_flush_worker(&worker);
	CHECK_EQ(runs, 0);
	while (!READ_ONCE(worker.task))
		schedule_timeout_uninterruptible(1);
	worker_down();
}

static void items_run_in_the_order_they_came(void)
{
	struct item items[4];

	worker_up();
	for (unsigned int i = 0; i < 4; i++) {
		items[i] = (struct item){ .number = i };
		kthread_init_work(&items[i].work, item_fn);
		CHECK(kthread_queue_work(&worker, &items[i].work));
	}
	kthread_flush_worker(&worker);
	CHECK_EQ(runs, 4);
	for (unsigned int i = 0; i < 4; i++)
		CHECK_EQ(ran[i], i);
	worker_down();
}

static void what_is_queued_is_not_queued_again(void)
{
	struct item item = { .number = 1 };

	kthread_init_worker(&worker);
	runs = 0;
	kthread_init_work(&item.work, item_fn);
	CHECK(kthread_queue_work(&worker, &item.work));
	CHECK(!kthread_queue_work(&worker, &item.work));
	CHECK(kthread_cancel_work_sync(&item.work));
	CHECK(!kthread_cancel_work_sync(&item.work));
	CHECK_EQ(runs, 0);
	CHECK(list_empty(&worker.work_list));
}

static void flushing_waits_for_the_item_alone(void)
{
	struct kthread_work slow, other;

	worker_up();
	kthread_init_work(&slow, slow_fn);
	kthread_init_work(&other, slow_fn);
	kthread_flush_work(&slow);
	CHECK(kthread_queue_work(&worker, &slow));
	CHECK(kthread_queue_work(&worker, &other));
	kthread_flush_work(&slow);
	CHECK(READ_ONCE(runs) >= 1);
	kthread_flush_work(&other);
	CHECK_EQ(runs, 2);
	worker_down();
}

static void an_item_may_queue_itself(void)
{
	struct item item = { .number = 7, .again = 3 };

	worker_up();
	kthread_init_work(&item.work, item_fn);
	CHECK(kthread_queue_work(&worker, &item.work));
	while (READ_ONCE(runs) < 4)
		schedule_timeout_uninterruptible(1);
	kthread_flush_work(&item.work);
	CHECK_EQ(runs, 4);
	worker_down();
}

static void delayed_items_wait_and_can_be_taken_back(void)
{
	struct kthread_delayed_work dwork;
	unsigned long begin = jiffies;

	worker_up();
	kthread_init_delayed_work(&dwork, slow_fn);
	CHECK(kthread_queue_delayed_work(&worker, &dwork, 20));
	CHECK(!kthread_queue_delayed_work(&worker, &dwork, 1));
	CHECK(kthread_cancel_delayed_work_sync(&dwork));
	CHECK(!kthread_cancel_delayed_work_sync(&dwork));
	CHECK(kthread_queue_delayed_work(&worker, &dwork, 1000));
	CHECK(kthread_mod_delayed_work(&worker, &dwork, 5));
	while (!READ_ONCE(runs))
		schedule_timeout_uninterruptible(1);
	CHECK(jiffies - begin >= 5 && jiffies - begin < 1000);
	CHECK(kthread_queue_delayed_work(&worker, &dwork, 0));
	kthread_flush_worker(&worker);
	CHECK_EQ(runs, 2);
	worker_down();
}

static void cancelling_waits_for_the_one_that_runs(void)
{
	struct kthread_work slow;

	worker_up();
	kthread_init_work(&slow, slow_fn);
	CHECK(kthread_queue_work(&worker, &slow));
	while (!READ_ONCE(worker.current_work))
		schedule_timeout_uninterruptible(1);
	CHECK(!kthread_cancel_work_sync(&slow));
	CHECK_EQ(READ_ONCE(runs), 1);
	worker_down();
}

KM_TESTS(test_kern_up, T(flushing_nothing_does_not_wait),
	 T(items_run_in_the_order_they_came), T(what_is_queued_is_not_queued_again),
	 T(flushing_waits_for_the_item_alone), T(an_item_may_queue_itself),
	 T(delayed_items_wait_and_can_be_taken_back), T(cancelling_waits_for_the_one_that_runs));
