/* SPDX-License-Identifier: MIT */
/*
 * An object of a SLAB_TYPESAFE_BY_RCU cache may be looked at after its free, under RCU; not any
 * more when the cache and its slabs are gone.
 */
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct node {
	spinlock_t lock;
	int key;
};

static void node_ctor(void *object)
{
	struct node *node = object;

	spin_lock_init(&node->lock);
	node->key = 0;
}

static int __init nodes_init(void)
{
	struct kmem_cache *cache;
	struct node *node;
	int key = 0;

	cache = kmem_cache_create("nodes", sizeof(*node), 0, SLAB_TYPESAFE_BY_RCU, node_ctor);
	if (!cache)
		return -ENOMEM;
	node = kmem_cache_alloc(cache, GFP_KERNEL);
	if (!node) {
		kmem_cache_destroy(cache);
		return -ENOMEM;
	}
	node->key = 1;
	rcu_read_lock();
	kmem_cache_free(cache, node);
	spin_lock(&node->lock);
	key = node->key;
	spin_unlock(&node->lock);
	rcu_read_unlock();
	kmem_cache_destroy(cache);
	pr_info("key %d\n", key);
	return 0;
}

static void __exit nodes_exit(void)
{
}

module_init(nodes_init);
module_exit(nodes_exit);
MODULE_LICENSE("GPL");
