/* SPDX-License-Identifier: MIT */
/* A reader that finds an entry to be removed removes it when the read side is over. */
#include <linux/module.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct route {
	struct list_head link;
	unsigned int age;
};

static LIST_HEAD(routes);
static DEFINE_SPINLOCK(routes_lock);

static void route_drop(struct route *route)
{
	spin_lock(&routes_lock);
	list_del_rcu(&route->link);
	spin_unlock(&routes_lock);
	synchronize_rcu_expedited();
	kfree(route);
}

static void routes_age(void)
{
	struct route *route, *old = NULL;

	rcu_read_lock();
	list_for_each_entry_rcu(route, &routes, link)
		if (route->age > 1)
			old = route;
	rcu_read_unlock();
	if (old)
		route_drop(old);
}

static int __init routes_init(void)
{
	for (unsigned int age = 0; age < 3; age++) {
		struct route *route = kmalloc(sizeof(*route), GFP_KERNEL);

		if (!route)
			break;
		route->age = age;
		list_add_rcu(&route->link, &routes);
	}
	routes_age();
	return 0;
}

static void __exit routes_exit(void)
{
	struct route *route, *next;

	list_for_each_entry_safe(route, next, &routes, link)
		kfree(route);
}

module_init(routes_init);
module_exit(routes_exit);
MODULE_LICENSE("GPL");
