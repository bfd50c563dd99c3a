/* SPDX-License-Identifier: MIT */
/* Each open sets up what it arms, also what waits: the lists that it is in would break. */
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

static void lamp_open(void)
{
	timer_setup(&blink, blink_fn, 0); /* finding: bug */
	mod_timer(&blink, jiffies + HZ);
	timer_setup(&fade, blink_fn, 0); /* finding: bug */
	mod_timer(&fade, jiffies + 2 * HZ);
	hrtimer_init(&beat, CLOCK_MONOTONIC, HRTIMER_MODE_REL); /* finding: bug */
	beat.function = beat_fn;
	hrtimer_start(&beat, ms_to_ktime(50), HRTIMER_MODE_REL);
	INIT_WORK(&report, report_fn); /* finding: bug */
	schedule_work(&report);
}

static int __init lamp_init(void)
{
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
}

module_init(lamp_init);
module_exit(lamp_exit);
MODULE_LICENSE("GPL");
