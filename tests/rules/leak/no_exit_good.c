/* SPDX-License-Identifier: MIT */
/* The same: what is replaced is freed, and the last one is kept. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timer.h>

struct sample { unsigned long when; int value; };

static struct timer_list sampler;
static struct sample *latest;
static int taken;

static void take(struct timer_list *timer)
{
	struct sample *sample = kmalloc(sizeof(*sample), GFP_ATOMIC);

	if (sample) {
		sample->when = jiffies;
		sample->value = latest ? latest->value + 1 : 0;
		kfree(latest);
		latest = sample;
	}
	if (++taken < 4)
		mod_timer(timer, jiffies + 3);
}

static int __init sampler_init(void)
{
	timer_setup(&sampler, take, 0);
	mod_timer(&sampler, jiffies + 3);
	return 0;
}

module_init(sampler_init);
MODULE_LICENSE("GPL");
