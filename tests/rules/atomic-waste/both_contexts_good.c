/* SPDX-License-Identifier: MIT */
/*
 * One site, called from task context and from a timer: GFP_ATOMIC is right, since one of its paths
 * may not sleep.
 */
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timer.h>

static void *slot;
static struct timer_list renew;

static void slot_renew(struct timer_list *timer)
{
	kfree(slot);
	slot = kmalloc(40, GFP_ATOMIC);
}

static int __init slot_init(void)
{
	timer_setup(&renew, slot_renew, 0);
	slot_renew(&renew);
	mod_timer(&renew, jiffies + 3);
	return 0;
}

static void __exit slot_exit(void)
{
	del_timer_sync(&renew);
	kfree(slot);
}

module_init(slot_init);
module_exit(slot_exit);
MODULE_LICENSE("GPL");
