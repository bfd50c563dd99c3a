/* SPDX-License-Identifier: MIT */
/* The exit stops timers that arm themselves, and waits for work that it queues. */
#include <linux/hrtimer.h>
#include <linux/module.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

static struct timer_list poll_timer;
static struct delayed_work refresh;
static struct work_struct flush;
static struct hrtimer beat;
static unsigned int polls;

static void poll_fn(struct timer_list *timer)
{
	polls++;
	mod_timer(timer, jiffies + HZ);
}

static void refresh_fn(struct work_struct *work)
{
	schedule_delayed_work(&refresh, 5 * HZ);
}

static void flush_fn(struct work_struct *work)
{
}

static enum hrtimer_restart beat_fn(struct hrtimer *timer)
{
	hrtimer_forward_now(timer, ms_to_ktime(50));
	return HRTIMER_RESTART;
}

static void start_polling(void)
{
	timer_setup(&poll_timer, poll_fn, 0);
	mod_timer(&poll_timer, jiffies + HZ);
}

static int __init armed_init(void)
{
	start_polling();
	INIT_DELAYED_WORK(&refresh, refresh_fn);
	schedule_delayed_work(&refresh, HZ);
	INIT_WORK(&flush, flush_fn);
	hrtimer_init(&beat, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	beat.function = beat_fn;
	hrtimer_start(&beat, ms_to_ktime(50), HRTIMER_MODE_REL);
	return 0;
}

static void __exit armed_exit(void)
{
	timer_shutdown_sync(&poll_timer);
	cancel_delayed_work_sync(&refresh);
	hrtimer_cancel(&beat);
	schedule_work(&flush);
	flush_work(&flush);
}

module_init(armed_init);
module_exit(armed_exit);
MODULE_LICENSE("GPL");
