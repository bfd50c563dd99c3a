/* SPDX-License-Identifier: MIT */
/* The timer is stopped first. */
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

struct meter {
	struct workqueue_struct *queue;
	struct work_struct sum;
	struct timer_list tick;
	u32 ticks, sums;
};

static struct meter *meter;

static void meter_sum(struct work_struct *work)
{
	struct meter *m = container_of(work, struct meter, sum);

	m->sums += m->ticks;
}

static void meter_tick(struct timer_list *timer)
{
	struct meter *m = from_timer(m, timer, tick);

	m->ticks++;
	queue_work(m->queue, &m->sum);
	mod_timer(timer, jiffies + 3);
}

static int __init meter_init(void)
{
	meter = kzalloc(sizeof(*meter), GFP_KERNEL);
	if (!meter)
		return -ENOMEM;
	meter->queue = alloc_workqueue("meter", WQ_MEM_RECLAIM, 1);
	if (!meter->queue) {
		kfree(meter);
		return -ENOMEM;
	}
	INIT_WORK(&meter->sum, meter_sum);
	timer_setup(&meter->tick, meter_tick, 0);
	mod_timer(&meter->tick, jiffies + 3);
	return 0;
}

static void __exit meter_exit(void)
{
	timer_shutdown_sync(&meter->tick);
	destroy_workqueue(meter->queue);
	kfree(meter);
}

module_init(meter_init);
module_exit(meter_exit);
MODULE_LICENSE("GPL");
