// SPDX-License-Identifier: MIT
/* armed_test.c - what waits is in its page from the moment it is armed until it is taken out */
#include <linux/completion.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/timer.h>
#include <linux/workqueue.h>
#include <kern/armed.h>
#include <kern/upper_test.h>

#define PAGE	((size_t)1 << ARMED_PAGE_BITS)

/* Each in a page of its own, with an empty one between them. */
static struct own_page {
	union {
		struct timer_list timer;
		struct hrtimer precise;
		struct delayed_work delayed;
		struct work_struct work;
		struct tasklet_struct tasklet;
		char bytes[1 << ARMED_PAGE_BITS];
	};
} pages[8] __aligned(1 << ARMED_PAGE_BITS);

static unsigned int calls;

static bool may_be_armed(unsigned int page)
{
	return kern_may_be_armed((uintptr_t)&pages[page], (uintptr_t)&pages[page + 1]);
}

static void timer_function(struct timer_list *timer)
{
	calls++;
}

static enum hrtimer_restart precise_function(struct hrtimer *timer)
{
	calls++;
	return HRTIMER_NORESTART;
}

static void work_function(struct work_struct *work)
{
	calls++;
}

/* Keeps the only worker of its queue. */
static struct completion released;

static void waiting_function(struct work_struct *work)
{
	wait_for_completion(&released);
}

static void tasklet_function(struct tasklet_struct *tasklet)
{
	calls++;
}

static void a_timer_is_there_while_it_is_pending(void)
{
	struct timer_list *timer = &pages[1].timer;

	timer_setup(timer, timer_function, 0);
	CHECK(!may_be_armed(1));
	mod_timer(timer, jiffies + 1000);
	mod_timer(timer, jiffies + 2000);
	CHECK(may_be_armed(1) && !may_be_armed(0) && !may_be_armed(2));
	CHECK(kern_may_be_armed((uintptr_t)pages, (uintptr_t)&pages[8]));
	CHECK(timer_delete_sync(timer));
	CHECK(!may_be_armed(1));
	mod_timer(timer, jiffies + 1);
	WAIT_FOR(!timer_pending(timer));
	CHECK(!may_be_armed(1));
}

static void so_is_an_hrtimer(void)
{
	struct hrtimer *timer = &pages[1].precise;

	hrtimer_init(timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	timer->function = precise_function;
	hrtimer_start(timer, ms_to_ktime(1000), HRTIMER_MODE_REL);
	CHECK(may_be_armed(1));
	hrtimer_cancel(timer);
	CHECK(!may_be_armed(1));
	hrtimer_start(timer, ms_to_ktime(1), HRTIMER_MODE_REL);
	WAIT_FOR(!hrtimer_active(timer));
	CHECK(!may_be_armed(1));
}

static void so_is_work(void)
{
	struct workqueue_struct *wq = alloc_ordered_workqueue("one", 0);
	struct delayed_work *delayed = &pages[3].delayed;
	struct work_struct *work = &pages[1].work, *first = &pages[7].work;

	init_completion(&released);
	INIT_WORK(first, waiting_function);
	INIT_WORK(work, work_function);
	INIT_DELAYED_WORK(delayed, work_function);
	queue_work(wq, first);
	queue_work(wq, work);
	CHECK(may_be_armed(1));
	complete(&released);
	flush_work(work);
	CHECK(!may_be_armed(1) && !may_be_armed(7));
	destroy_workqueue(wq);
	schedule_delayed_work(delayed, 1000);
	CHECK(may_be_armed(3));
	CHECK(cancel_delayed_work_sync(delayed));
	CHECK(!may_be_armed(3));
}

static void so_is_a_tasklet_that_is_disabled(void)
{
	struct tasklet_struct *tasklet = &pages[5].tasklet;
	unsigned int before = calls;

	tasklet_setup(tasklet, tasklet_function);
	tasklet_disable(tasklet);
	tasklet_schedule(tasklet);
	msleep(2);
	CHECK(may_be_armed(5) && calls == before);
	tasklet_enable(tasklet);
	WAIT_FOR(calls == before + 1);
	tasklet_kill(tasklet);
	CHECK(!may_be_armed(5));
}

KM_TESTS(upper_setup, T(a_timer_is_there_while_it_is_pending), T(so_is_an_hrtimer), T(so_is_work),
	 T(so_is_a_tasklet_that_is_disabled));
