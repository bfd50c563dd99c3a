/* SPDX-License-Identifier: MIT */
/* What each open arms is set up once. */
#include <linux/hrtimer.h>
#include <linux/module.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

static struct timer_list blink, fade;
static struct hrtimer beat;
static struct work_struct report;
static unsigned int blinks;

static void blink_fn(struct timer_list *timer)
{
	blinks++;
}

static enum hrtimer_restart beat_fn(struct hrtimer *timer)
{
	blinks++;
	return HRTIMER_NORESTART;
}

static void report_fn(struct work_struct *work)
{
	pr_info("%u\n", blinks);
}

static void lamp_setup(void)
{
	timer_setup(&blink, blink_fn, 0);
	timer_setup(&fade, blink_fn, 0);
	hrtimer_init(&beat, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	beat.function = beat_fn;
	INIT_WORK(&report, report_fn);
}

static void lamp_open(void)
{
	mod_timer(&blink, jiffies + HZ);
	mod_timer(&fade, jiffies + 2 * HZ);
	hrtimer_start(&beat, ms_to_ktime(50), HRTIMER_MODE_REL);
	schedule_work(&report);
}

static int __init lamp_init(void)
{
	lamp_setup();
	lamp_open();
	lamp_open();
	return 0;
}

static void __exit lamp_exit(void)
{
	timer_delete_sync(&blink);
	timer_delete_sync(&fade);
	hrtimer_cancel(&beat);
	cancel_work_sync(&report);
	/* Stopped, it may be set up again. */
	lamp_setup();
}

module_init(lamp_init);
module_exit(lamp_exit);
MODULE_LICENSE("GPL");
