// SPDX-License-Identifier: MIT
/* rearming.c - a timer, an hrtimer, a delayed work and a tasklet that start themselves again */
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

struct engine {
	struct timer_list timer;
	struct hrtimer hrtimer;
	struct delayed_work work;
	struct tasklet_struct tasklet;
	bool stops;
	unsigned int turns[4];
};

static struct engine *engine;

static void timer_fn(struct timer_list *timer)
{
	struct engine *self = from_timer(self, timer, timer);

	self->turns[0]++;
	tasklet_schedule(&self->tasklet);
	mod_timer(timer, jiffies + 3);
}

static enum hrtimer_restart hrtimer_fn(struct hrtimer *hrtimer)
{
	struct engine *self = container_of(hrtimer, struct engine, hrtimer);

	self->turns[1]++;
	hrtimer_forward_now(hrtimer, ms_to_ktime(5));
	return HRTIMER_RESTART;
}

static void work_fn(struct work_struct *work)
{
	struct engine *self = container_of(to_delayed_work(work), struct engine, work);

	self->turns[2]++;
	if (!READ_ONCE(self->stops))
		schedule_delayed_work(&self->work, 2);
}

static void tasklet_fn(struct tasklet_struct *tasklet)
{
	struct engine *self = from_tasklet(self, tasklet, tasklet);

	self->turns[3]++;
}

static int __init rearming_init(void)
{
	engine = kzalloc(sizeof(*engine), GFP_KERNEL);
	if (!engine)
		return -ENOMEM;
	timer_setup(&engine->timer, timer_fn, 0);
	hrtimer_init(&engine->hrtimer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	engine->hrtimer.function = hrtimer_fn;
	INIT_DELAYED_WORK(&engine->work, work_fn);
	tasklet_setup(&engine->tasklet, tasklet_fn);
	mod_timer(&engine->timer, jiffies + 1);
	hrtimer_start(&engine->hrtimer, ms_to_ktime(1), HRTIMER_MODE_REL);
	schedule_delayed_work(&engine->work, 1);
	return 0;
}

static void __exit rearming_exit(void)
{
	WRITE_ONCE(engine->stops, true);
	timer_shutdown_sync(&engine->timer);
	tasklet_kill(&engine->tasklet);
	hrtimer_cancel(&engine->hrtimer);
	cancel_delayed_work_sync(&engine->work);
	kfree(engine);
}

module_init(rearming_init);
module_exit(rearming_exit);
MODULE_LICENSE("GPL");
