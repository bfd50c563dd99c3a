/* SPDX-License-Identifier: MIT */
/*
 * Per-CPU memory in every way a driver uses it: statistics counted in a timer and in tasks, scratch
 * buffers, a counter with a limit, areas made and freed where nobody may sleep.
 */
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/delay.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/percpu_counter.h>
#include <linux/slab.h>
#include <linux/timer.h>

struct lane {
	u64 frames, ticks;
	char scratch[300];
};

struct meter {
	struct lane __percpu *lanes;
	struct percpu_counter used;
	struct task_struct *worker;
	struct timer_list tick;
	u16 __percpu *spare;
};

static struct meter *meter;

static void meter_tick(struct timer_list *timer)
{
	struct meter *m = from_timer(m, timer, tick);

	this_cpu_inc(m->lanes->ticks);
	/* A softirq may give back and take what is there. */
	free_percpu(m->spare);
	m->spare = alloc_percpu_gfp(u16, GFP_ATOMIC);
	mod_timer(&m->tick, jiffies + 2);
}

static int meter_work(void *data)
{
	struct meter *m = data;

	while (!kthread_should_stop()) {
		struct lane *lane = get_cpu_ptr(m->lanes);

		lane->frames++;
		memset(lane->scratch, (int)lane->frames, sizeof(lane->scratch));
		put_cpu_ptr(m->lanes);
		if (percpu_counter_limited_add(&m->used, 1000, 10))
			percpu_counter_sub(&m->used, 10);
		msleep(5);
	}
	return 0;
}

static u64 meter_sum(const struct meter *m)
{
	u64 sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += per_cpu_ptr(m->lanes, cpu)->frames + per_cpu_ptr(m->lanes, cpu)->ticks;
	return sum;
}

static int __init meter_init(void)
{
	int error = -ENOMEM;

	meter = kzalloc(sizeof(*meter), GFP_KERNEL);
	if (!meter)
		return -ENOMEM;
	meter->lanes = alloc_percpu(struct lane);
	if (!meter->lanes)
		goto out_meter;
	error = percpu_counter_init(&meter->used, 0, GFP_KERNEL);
	if (error)
		goto out_lanes;
	timer_setup(&meter->tick, meter_tick, 0);
	meter->worker = kthread_run(meter_work, meter, "meter");
	if (IS_ERR(meter->worker)) {
		error = PTR_ERR(meter->worker);
		goto out_counter;
	}
	mod_timer(&meter->tick, jiffies + 1);
	return 0;

out_counter:
	percpu_counter_destroy(&meter->used);
out_lanes:
	free_percpu(meter->lanes);
out_meter:
	kfree(meter);
	return error;
}

static void __exit meter_exit(void)
{
	timer_shutdown_sync(&meter->tick);
	kthread_stop(meter->worker);
	pr_info("meter: %llu, used %lld\n", meter_sum(meter), percpu_counter_sum(&meter->used));
	free_percpu(meter->spare);
	percpu_counter_destroy(&meter->used);
	free_percpu(meter->lanes);
	kfree(meter);
}

module_init(meter_init);
module_exit(meter_exit);
MODULE_LICENSE("GPL");
