/* SPDX-License-Identifier: MIT */
/* The owner is freed while its timer is armed; that its callback touches nothing does not help. */
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timer.h>

struct watchdog {
	struct timer_list timer;
	unsigned int number;
};

static unsigned int barks;

static void watchdog_fn(struct timer_list *timer)
{
	barks++;
}

static int __init watchdog_init(void)
{
	struct watchdog *watchdog = kzalloc(sizeof(*watchdog), GFP_KERNEL);

	if (!watchdog)
		return -ENOMEM;
	timer_setup(&watchdog->timer, watchdog_fn, 0);
	mod_timer(&watchdog->timer, jiffies + 5);
	kfree(watchdog); /* finding: use-after-free */
	return 0;
}

static void __exit watchdog_exit(void)
{
}

module_init(watchdog_init);
module_exit(watchdog_exit);
MODULE_LICENSE("GPL");
