/* SPDX-License-Identifier: MIT */
/* The holder keeps the timer away. */
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/spinlock.h>
#include <linux/timer.h>

static DEFINE_SPINLOCK(tick_lock);
static struct timer_list timer;

static void tick_fn(struct timer_list *unused)
{
	spin_lock(&tick_lock);
	spin_unlock(&tick_lock);
}

static int __init tick_init(void)
{
	timer_setup(&timer, tick_fn, 0);
	mod_timer(&timer, jiffies + 2);
	spin_lock_bh(&tick_lock);
	for (int i = 0; i < 100; i++)
		udelay(1000);
	spin_unlock_bh(&tick_lock);
	return 0;
}

static void __exit tick_exit(void)
{
	timer_delete_sync(&timer);
}

module_init(tick_init);
module_exit(tick_exit);
MODULE_LICENSE("GPL");
