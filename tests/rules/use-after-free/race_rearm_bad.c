/* SPDX-License-Identifier: MIT */
/* The timer arms itself again after it was deleted, and finds its buffer gone. */
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timer.h>

static struct timer_list sampler;
static u32 *samples;
static unsigned int next;

static void sampler_fn(struct timer_list *timer)
{
	samples[next++ % 16] = (u32)jiffies; /* finding: use-after-free */
	mod_timer(timer, jiffies + 5);
}

static int __init sampler_init(void)
{
	samples = kcalloc(16, sizeof(*samples), GFP_KERNEL);
	if (!samples)
		return -ENOMEM;
	timer_setup(&sampler, sampler_fn, 0);
	mod_timer(&sampler, jiffies + 5);
	return 0;
}

static void __exit sampler_exit(void)
{
	timer_delete(&sampler);
	kfree(samples);
	/* The sensor takes a while to power down. */
	msleep(20);
	timer_delete_sync(&sampler);
}

module_init(sampler_init);
module_exit(sampler_exit);
MODULE_LICENSE("GPL");
