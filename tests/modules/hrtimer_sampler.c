/* SPDX-License-Identifier: MIT */
/*
 * An hrtimer that fills, self-rearming delayed work that drains, GFP_NOWAIT with a
 * preallocated reserve.
 */
#include <linux/module.h>
#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/llist.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct event {
	struct llist_node node;
	ktime_t when;
	bool is_spare;
};

struct sampler {
	struct hrtimer timer;
	struct delayed_work drain;
	struct llist_head events;
	struct event *spare;
	atomic_t lost;
	atomic_long_t bytes;
	unsigned int fires, drained;
};

static struct sampler *sampler;
static unsigned int period_us = 500;
module_param(period_us, uint, 0644);

static enum hrtimer_restart sampler_fire(struct hrtimer *timer)
{
	struct sampler *s = container_of(timer, struct sampler, timer);
	struct event *event;

	event = kzalloc(sizeof(*event), GFP_NOWAIT | __GFP_NOWARN);
	if (!event) {
		event = xchg(&s->spare, NULL);
		if (!event) {
			atomic_inc(&s->lost);
			goto out;
		}
	}
	event->when = hrtimer_cb_get_time(timer);
	atomic_long_add(sizeof(*event), &s->bytes);
	llist_add(&event->node, &s->events);
out:
	if (++s->fires >= 40)
		return HRTIMER_NORESTART;
	hrtimer_forward_now(timer, us_to_ktime(period_us));
	return HRTIMER_RESTART;
}

static void sampler_empty(struct sampler *s)
{
	struct llist_node *all = llist_del_all(&s->events);
	struct event *event, *next;

	llist_for_each_entry_safe(event, next, llist_reverse_order(all), node) {
		s->drained++;
		if (!cmpxchg(&s->spare, NULL, event))
			continue;
		kfree(event);
	}
}

static void sampler_drain(struct work_struct *work)
{
	struct sampler *s = container_of(to_delayed_work(work), struct sampler, drain);

	sampler_empty(s);
	if (READ_ONCE(s->fires) < 40)
		schedule_delayed_work(&s->drain, msecs_to_jiffies(4));
}

static int __init sampler_init(void)
{
	struct sampler *s = kzalloc(sizeof(*s), GFP_KERNEL);

	if (!s)
		return -ENOMEM;
	s->spare = kzalloc(sizeof(*s->spare), GFP_KERNEL);
	if (!s->spare) {
		kfree(s);
		return -ENOMEM;
	}
	init_llist_head(&s->events);
	INIT_DELAYED_WORK(&s->drain, sampler_drain);
	hrtimer_init(&s->timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	s->timer.function = sampler_fire;
	sampler = s;
	hrtimer_start(&s->timer, us_to_ktime(period_us), HRTIMER_MODE_REL);
	schedule_delayed_work(&s->drain, 1);
	return 0;
}

static void __exit sampler_exit(void)
{
	hrtimer_cancel(&sampler->timer);
	cancel_delayed_work_sync(&sampler->drain);
	sampler_empty(sampler);
	pr_info("%u of %u, %ld bytes\n", sampler->drained, sampler->fires,
		atomic_long_read(&sampler->bytes));
	kfree(sampler->spare);
	kfree(sampler);
}

module_init(sampler_init);
module_exit(sampler_exit);
MODULE_LICENSE("GPL");
