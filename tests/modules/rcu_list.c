/* SPDX-License-Identifier: MIT */
/*
 * A routing table: readers under RCU, a writer that replaces entries, kfree_rcu() and
 * call_rcu().
 */
#include <linux/module.h>
#include <linux/rculist.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/kthread.h>
#include <linux/delay.h>
#include <linux/timer.h>

struct route {
	struct list_head node;
	u32 prefix;
	u32 gateway;
	char *name;
	struct rcu_head rcu;
};

struct stats {
	u64 hits;
	struct rcu_head rcu;
};

static LIST_HEAD(routes);
static DEFINE_SPINLOCK(routes_lock);
static struct stats __rcu *stats;
static struct task_struct *reader;
static struct timer_list ager;

static void route_free_rcu(struct rcu_head *head)
{
	struct route *route = container_of(head, struct route, rcu);

	kfree(route->name);
	kfree(route);
}

static struct route *route_new(u32 prefix, u32 gateway, gfp_t gfp)
{
	struct route *route = kmalloc(sizeof(*route), gfp);

	if (!route)
		return NULL;
	route->name = kasprintf(gfp, "%u.%u/8", prefix >> 24, (prefix >> 16) & 255);
	if (!route->name) {
		kfree(route);
		return NULL;
	}
	route->prefix = prefix;
	route->gateway = gateway;
	return route;
}

static int route_add(u32 prefix, u32 gateway)
{
	struct route *route = route_new(prefix, gateway, GFP_KERNEL);

	if (!route)
		return -ENOMEM;
	spin_lock_bh(&routes_lock);
	list_add_tail_rcu(&route->node, &routes);
	spin_unlock_bh(&routes_lock);
	return 0;
}

static int route_update(u32 prefix, u32 gateway)
{
	struct route *new = route_new(prefix, gateway, GFP_KERNEL);
	struct route *old;

	if (!new)
		return -ENOMEM;
	spin_lock_bh(&routes_lock);
	list_for_each_entry(old, &routes, node) {
		if (old->prefix != prefix)
			continue;
		list_replace_rcu(&old->node, &new->node);
		spin_unlock_bh(&routes_lock);
		call_rcu(&old->rcu, route_free_rcu);
		return 0;
	}
	spin_unlock_bh(&routes_lock);
	kfree(new->name);
	kfree(new);
	return -ENOENT;
}

static u32 route_find(u32 prefix)
{
	struct route *route;
	u32 gateway = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(route, &routes, node) {
		if (route->prefix == prefix) {
			gateway = route->gateway + strlen(route->name);
			break;
		}
	}
	rcu_read_unlock();
	return gateway;
}

static void stats_swap(struct stats *new)
{
	struct stats *old;

	old = rcu_replace_pointer(stats, new, true);
	if (old)
		kfree_rcu(old, rcu);
}

static void ager_tick(struct timer_list *unused)
{
	struct route *route;

	spin_lock(&routes_lock);
	route = list_first_entry_or_null(&routes, struct route, node);
	if (route) {
		list_del_rcu(&route->node);
		call_rcu(&route->rcu, route_free_rcu);
	}
	spin_unlock(&routes_lock);
	if (route)
		mod_timer(&ager, jiffies + HZ / 50);
}

static int reader_main(void *unused)
{
	u32 sum = 0, i;
	struct stats *s;

	while (!kthread_should_stop()) {
		for (i = 0; i < 8; i++)
			sum += route_find(i << 24);
		rcu_read_lock();
		s = rcu_dereference(stats);
		if (s)
			sum += s->hits;
		rcu_read_unlock();
		msleep(5);
	}
	return sum & 1;
}

static void routes_drop(void)
{
	struct route *route, *next;

	spin_lock_bh(&routes_lock);
	list_for_each_entry_safe(route, next, &routes, node) {
		list_del_rcu(&route->node);
		call_rcu(&route->rcu, route_free_rcu);
	}
	spin_unlock_bh(&routes_lock);
	stats_swap(NULL);
	rcu_barrier();
}

static int __init routes_init(void)
{
	struct stats *new;
	int ret;
	u32 i;

	reader = kthread_run(reader_main, NULL, "route-reader");
	if (IS_ERR(reader))
		return PTR_ERR(reader);
	for (i = 0; i < 6; i++) {
		ret = route_add(i << 24, i + 1);
		if (ret)
			goto err;
	}
	for (i = 0; i < 3; i++) {
		new = kzalloc(sizeof(*new), GFP_KERNEL);
		if (!new) {
			ret = -ENOMEM;
			goto err;
		}
		new->hits = i;
		stats_swap(new);
	}
	ret = route_update(3 << 24, 77);
	if (ret)
		goto err;
	timer_setup(&ager, ager_tick, 0);
	mod_timer(&ager, jiffies + HZ / 50);
	return 0;
err:
	kthread_stop(reader);
	routes_drop();
	return ret;
}

static void __exit routes_exit(void)
{
	timer_shutdown_sync(&ager);
	kthread_stop(reader);
	routes_drop();
}

module_init(routes_init);
module_exit(routes_exit);
MODULE_LICENSE("GPL");
