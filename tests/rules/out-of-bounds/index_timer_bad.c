/* SPDX-License-Identifier: MIT */
/* A timer counts slots of a static table round, and the wrap comes one slot late. */
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/timer.h>

#define SLOTS	3

static struct timer_list tick;
static unsigned int hits[SLOTS], slot;

static void tick_fn(struct timer_list *timer)
{
	hits[slot]++; /* finding: out-of-bounds */
	if (slot++ > SLOTS - 1)
		slot = 0;
	else
		mod_timer(timer, jiffies + 2);
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
