/* SPDX-License-Identifier: MIT */
/*
 * sampler.c - a driver as it comes from the first day: it works, and it is wrong in six places
 *
 * A sensor is sampled by a timer; what it says is kept in a list, and a worker makes a report of it
 * now and then.  docs/tutorial.md takes it from here to a driver that `kmalloc check` calls clean.
 */
#include <linux/jiffies.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

#define KEPT	4

struct sample {
	struct list_head node;
	unsigned long when;
};

struct sampler {
	spinlock_t lock;		/* samples, count */
	struct list_head samples;
	unsigned int count;
	struct timer_list timer;
	struct work_struct report;
	char *name;
	unsigned long *history;
};

static struct sampler *sampler;

static void sampler_report(struct work_struct *work)
{
	struct sampler *s = container_of(work, struct sampler, report);
	struct sample *sample, *next;
	LIST_HEAD(done);
	int i = 0;

	spin_lock_irq(&s->lock);
	list_splice_init(&s->samples, &done);
	s->count = 0;
	spin_unlock_irq(&s->lock);
	list_for_each_entry_safe(sample, next, &done, node) {
		s->history[i++] = sample->when;
		kfree(sample);
	}
}

static void sampler_tick(struct timer_list *timer)
{
	struct sampler *s = from_timer(s, timer, timer);
	struct sample *sample = kmalloc(sizeof(*sample), GFP_KERNEL);

	sample->when = jiffies;
	spin_lock(&s->lock);
	list_add_tail(&sample->node, &s->samples);
	s->count++;
	spin_unlock(&s->lock);
	if (s->count > KEPT)
		schedule_work(&s->report);
	mod_timer(&s->timer, jiffies + HZ / 10);
}

static int __init sampler_init(void)
{
	sampler = kzalloc(sizeof(*sampler), GFP_KERNEL);
	if (!sampler)
		return -ENOMEM;
	sampler->name = kstrdup("thermometer", GFP_KERNEL);
	if (!sampler->name)
		return -ENOMEM;
	sampler->history = kcalloc(KEPT, sizeof(*sampler->history), GFP_KERNEL);
	if (!sampler->history)
		return -ENOMEM;
	spin_lock_init(&sampler->lock);
	INIT_LIST_HEAD(&sampler->samples);
	INIT_WORK(&sampler->report, sampler_report);
	timer_setup(&sampler->timer, sampler_tick, 0);
	mod_timer(&sampler->timer, jiffies + HZ / 10);
	return 0;
}

static void __exit sampler_exit(void)
{
	cancel_work_sync(&sampler->report);
	timer_delete_sync(&sampler->timer);
	kfree(sampler->history);
	kfree(sampler->name);
	kfree(sampler);
}

module_init(sampler_init);
module_exit(sampler_exit);
MODULE_DESCRIPTION("samples of a sensor, wrong in six places");
MODULE_LICENSE("GPL");
