/* SPDX-License-Identifier: MIT */
/* kfree_rcu() waits for the readers that may still hold the old version. */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>

struct route {
	struct rcu_head rcu;
	int hops;
};

static struct route __rcu *route;
static struct task_struct *reader;

static int read_loop(void *data)
{
	while (!kthread_should_stop()) {
		const struct route *seen;

		rcu_read_lock();
		seen = rcu_dereference(route);
		for (int i = 0; i < 50; i++)
			WARN_ON(seen->hops < 0);
		rcu_read_unlock();
		usleep_range(50, 100);
	}
	return 0;
}

static int __init route_init(void)
{
	struct route *first = kzalloc(sizeof(*first), GFP_KERNEL);

	if (!first)
		return -ENOMEM;
	rcu_assign_pointer(route, first);
	reader = kthread_run(read_loop, NULL, "reader");
	if (IS_ERR(reader)) {
		kfree(first);
		return PTR_ERR(reader);
	}
	for (int i = 1; i < 200; i++) {
		struct route *next = kzalloc(sizeof(*next), GFP_KERNEL), *old;

		if (!next)
			continue;
		next->hops = i;
		old = rcu_dereference_protected(route, 1);
		rcu_assign_pointer(route, next);
		kfree_rcu(old, rcu);
		udelay(20);
	}
	return 0;
}

static void __exit route_exit(void)
{
	kthread_stop(reader);
	kfree(rcu_dereference_protected(route, 1));
}

module_init(route_init);
module_exit(route_exit);
MODULE_LICENSE("GPL");
