/* SPDX-License-Identifier: MIT */
/* The constructor alone decides what a fresh object holds. */
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>

struct node {
	struct list_head children;
	int weight;
};

static struct kmem_cache *node_cache;

static void node_ctor(void *object)
{
	struct node *node = object;

	INIT_LIST_HEAD(&node->children);
	node->weight = 1;
}

static int __init node_init(void)
{
	struct node *node;

	node_cache = kmem_cache_create("flag_node", sizeof(struct node), 0, 0, node_ctor);
	if (!node_cache)
		return -ENOMEM;
	node = kmem_cache_alloc(node_cache, GFP_KERNEL);
	if (!node) {
		kmem_cache_destroy(node_cache);
		return -ENOMEM;
	}
	kmem_cache_free(node_cache, node);
	return 0;
}

static void __exit node_exit(void)
{
	kmem_cache_destroy(node_cache);
}

module_init(node_init);
module_exit(node_exit);
MODULE_LICENSE("GPL");
