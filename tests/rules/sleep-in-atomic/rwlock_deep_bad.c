/* SPDX-License-Identifier: MIT */
/* A thread updates an index under a write lock; three calls down a node is made with GFP_KERNEL. */
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/rbtree.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct node {
	struct rb_node link;
	unsigned int key;
};

static DEFINE_RWLOCK(index_lock);
static struct rb_root index_root = RB_ROOT;
static struct kmem_cache *nodes;
static struct task_struct *updater;

static struct node *node_new(unsigned int key)
{
	struct node *node = kmem_cache_zalloc(nodes, GFP_KERNEL); /* finding: sleep-in-atomic */

	if (node)
		node->key = key;
	return node;
}

static bool index_less(struct rb_node *a, const struct rb_node *b)
{
	return rb_entry(a, struct node, link)->key < rb_entry(b, struct node, link)->key;
}

static int index_insert(unsigned int key)
{
	struct node *node = node_new(key);

	if (!node)
		return -ENOMEM;
	rb_add(&node->link, &index_root, index_less);
	return 0;
}

static int index_update(unsigned int key)
{
	int error;

	write_lock(&index_lock);
	error = index_insert(key);
	write_unlock(&index_lock);
	return error;
}

static int updater_fn(void *unused)
{
	for (unsigned int key = 0; key < 3 && !index_update(key); key++)
		;
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

static int __init index_init(void)
{
	nodes = KMEM_CACHE(node, 0);
	if (!nodes)
		return -ENOMEM;
	updater = kthread_run(updater_fn, NULL, "updater");
	if (IS_ERR(updater))
		kmem_cache_destroy(nodes);
	return PTR_ERR_OR_ZERO(updater);
}

static void __exit index_exit(void)
{
	struct node *node, *next;

	kthread_stop(updater);
	rbtree_postorder_for_each_entry_safe(node, next, &index_root, link)
		kmem_cache_free(nodes, node);
	kmem_cache_destroy(nodes);
}

module_init(index_init);
module_exit(index_exit);
MODULE_LICENSE("GPL");
