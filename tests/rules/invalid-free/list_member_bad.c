/* SPDX-License-Identifier: MIT */
/* Entries are freed from a timer by the address of their list member, which is not the first. */
#include <linux/jiffies.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timer.h>

struct lease {
	u32 address;
	struct list_head node;
};

static LIST_HEAD(leases);
static struct timer_list expiry;

static void leases_expire(struct timer_list *timer)
{
	struct list_head *at, *next;

	list_for_each_safe(at, next, &leases) {
		list_del(at);
		kfree(at); /* finding: invalid-free */
		kfree(list_entry(at, struct lease, node));
	}
}

static int __init leases_init(void)
{
	timer_setup(&expiry, leases_expire, 0);
	for (int i = 0; i < 3; i++) {
		struct lease *lease = kmalloc(sizeof(*lease), GFP_KERNEL);

		if (!lease)
			break;
		lease->address = i;
		list_add(&lease->node, &leases);
	}
	mod_timer(&expiry, jiffies + 10);
	return 0;
}

static void __exit leases_exit(void)
{
	timer_delete_sync(&expiry);
	leases_expire(&expiry);
}

module_init(leases_init);
module_exit(leases_exit);
MODULE_LICENSE("GPL");
