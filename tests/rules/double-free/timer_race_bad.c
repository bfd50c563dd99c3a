/* SPDX-License-Identifier: MIT */
/*
 * The time-out handler and the exit function both free the request: whoever comes second is wrong.
 */
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timer.h>

struct pending {
	struct timer_list timeout;
	int tag;
};

static struct pending *pending;
static void *payload;

static void timed_out(struct timer_list *timer)
{
	kfree(payload);
}

static int __init pending_init(void)
{
	pending = kzalloc(sizeof(*pending), GFP_KERNEL);
	if (!pending)
		return -ENOMEM;
	payload = kmalloc(100, GFP_KERNEL);
	timer_setup(&pending->timeout, timed_out, 0);
	mod_timer(&pending->timeout, jiffies + 50);
	return 0;
}

static void __exit pending_exit(void)
{
	del_timer_sync(&pending->timeout);
	kfree(payload); /* finding: double-free */
	kfree(pending);
}

module_init(pending_init);
module_exit(pending_exit);
MODULE_LICENSE("GPL");
