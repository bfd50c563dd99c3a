/* SPDX-License-Identifier: MIT */
/* A timer callback (softirq) that duplicates a string without sleeping. */
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/timer.h>

static struct timer_list refresh;
static char *label;

static void refresh_fn(struct timer_list *timer)
{
	kfree(label);
	label = kstrdup("refreshed", GFP_ATOMIC);
}

static int __init refresh_init(void)
{
	timer_setup(&refresh, refresh_fn, 0);
	mod_timer(&refresh, jiffies + msecs_to_jiffies(10));
	return 0;
}

static void __exit refresh_exit(void)
{
	del_timer_sync(&refresh);
	kfree(label);
}

module_init(refresh_init);
module_exit(refresh_exit);
MODULE_LICENSE("GPL");
