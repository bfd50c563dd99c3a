/* SPDX-License-Identifier: MIT */
/* A timer counts slots of a static table round. */
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/timer.h>

#define SLOTS	3

static struct timer_list tick;
static unsigned int hits[SLOTS], slot;

static void tick_fn(struct timer_list *timer)
{
	hits[slot]++;
	if (++slot < SLOTS)
		mod_timer(timer, jiffies + 2);
	else
		slot = 0;
}

static int __init hits_init(void)
{
	timer_setup(&tick, tick_fn, 0);
	mod_timer(&tick, jiffies + 2);
	return 0;
}

static void __exit hits_exit(void)
{
	timer_delete_sync(&tick);
	pr_info("%u hits in the first slot\n", hits[0]);
}

module_init(hits_init);
module_exit(hits_exit);
MODULE_LICENSE("GPL");
