/* SPDX-License-Identifier: MIT */
/* A share of nothing: the divisor is 0 when no port is up. */
#include <linux/module.h>
#include <linux/timer.h>

static struct timer_list timer;
static unsigned int ports_up, budget = 64, share;
module_param(ports_up, uint, 0444);

static void divide(struct timer_list *unused)
{
	share = budget / ports_up; /* finding: crash */
}

static int __init divide_init(void)
{
	timer_setup(&timer, divide, 0);
	mod_timer(&timer, jiffies + 1);
	return 0;
}

static void __exit divide_exit(void)
{
	timer_delete_sync(&timer);
	pr_info("share %u\n", share);
}

module_init(divide_init);
module_exit(divide_exit);
MODULE_LICENSE("GPL");
