/* SPDX-License-Identifier: MIT */
/* The walk is a loop. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timer.h>

#define LINKS 300

struct link {
	struct link *next;
	u32 value;
};

static struct link chain[LINKS];
static struct timer_list timer;
static u32 total;

static u32 chain_sum(const struct link *link)
{
	u32 sum = 0;

	for (; link; link = link->next)
		sum += link->value;
	return sum;
}

static void timer_fn(struct timer_list *unused)
{
	total = chain_sum(chain);
}

static int __init timer_init(void)
{
	for (u32 i = 0; i < LINKS - 1; i++)
		chain[i] = (struct link){ &chain[i + 1], i };
	timer_setup(&timer, timer_fn, 0);
	mod_timer(&timer, jiffies + 2);
	return 0;
}

static void __exit timer_exit(void)
{
	timer_delete_sync(&timer);
}

module_init(timer_init);
module_exit(timer_exit);
MODULE_LICENSE("GPL");
