/* SPDX-License-Identifier: MIT */
/* An entry that waits for its readers is freed at once too, from another function. */
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

struct route {
	u32 net, gateway;
	struct rcu_head rcu;
};

static struct route __rcu *active;

static void route_replace(struct route *fresh)
{
	struct route *old = rcu_dereference_protected(active, true);

	rcu_assign_pointer(active, fresh);
	if (old)
		kfree_rcu(old, rcu);
	kfree(old);
}

static int __init route_init(void)
{
	struct route *route = kzalloc(sizeof(*route), GFP_KERNEL);

	if (!route)
		return -ENOMEM;
	route_replace(route);
	return 0;
}

static void __exit route_exit(void)
{
	struct route *old = rcu_dereference_protected(active, true);

	rcu_assign_pointer(active, NULL);
	kfree(old);
	kfree_rcu(old, rcu); /* finding: double-free */
}

module_init(route_init);
module_exit(route_exit);
MODULE_LICENSE("GPL");
