/* SPDX-License-Identifier: MIT */
/* cleanup_srcu_struct() before the memory goes, on each way. */
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/srcu.h>

struct hub {
	struct srcu_struct readers;
	void __rcu *table;
};

static struct hub *hub;

static int __init hub_init(void)
{
	void *table;

	hub = kzalloc(sizeof(*hub), GFP_KERNEL);
	if (!hub)
		return -ENOMEM;
	if (init_srcu_struct(&hub->readers))
		goto out_hub;
	table = kzalloc(256, GFP_KERNEL);
	if (!table)
		goto out_srcu;
	rcu_assign_pointer(hub->table, table);
	return 0;
out_srcu:
	cleanup_srcu_struct(&hub->readers);
out_hub:
	kfree(hub);
	return -ENOMEM;
}

static void __exit hub_exit(void)
{
	synchronize_srcu(&hub->readers);
	cleanup_srcu_struct(&hub->readers);
	kfree(rcu_dereference_protected(hub->table, 1));
	kfree(hub);
}

module_init(hub_init);
module_exit(hub_exit);
MODULE_LICENSE("GPL");
