/* SPDX-License-Identifier: MIT */
/* Spins on a flag that a timer sets: ugly, but it ends. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timer.h>

struct link {
	struct timer_list settle;
	int is_up;
};

static void link_settled(struct timer_list *timer)
{
	struct link *link = from_timer(link, timer, settle);

	WRITE_ONCE(link->is_up, 1);
}

static int __init link_init(void)
{
	struct link *link = kzalloc(sizeof(*link), GFP_KERNEL);

	if (!link)
		return -ENOMEM;
	timer_setup(&link->settle, link_settled, 0);
	mod_timer(&link->settle, jiffies + 2);
	while (!READ_ONCE(link->is_up))
		;
	timer_delete_sync(&link->settle);
	kfree(link);
	return 0;
}

static void __exit link_exit(void)
{
}

module_init(link_init);
module_exit(link_exit);
MODULE_LICENSE("GPL");
