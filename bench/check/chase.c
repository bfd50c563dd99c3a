/* SPDX-License-Identifier: MIT */
/* A binary tree: deep chains of pointers, little else. */
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>

#define NODES 255

struct node {
	struct node *left, *right;
	u32 key, visits;
};

static unsigned int rounds;
module_param(rounds, uint, 0444);

static struct node *root;

static void insert(struct node *node)
{
	struct node **at = &root;

	while (*at)
		at = node->key < (*at)->key ? &(*at)->left : &(*at)->right;
	*at = node;
}

static u32 look_up(u32 key)
{
	struct node *node = root;
	u32 depth = 0;

	while (node && node->key != key) {
		node->visits++;
		node = key < node->key ? node->left : node->right;
		depth++;
	}
	return depth;
}

static void drop(struct node *node)
{
	if (!node)
		return;
	drop(node->left);
	drop(node->right);
	kfree(node);
}

static int __init bench_init(void)
{
	u32 depth = 0;

	for (u32 i = 0; i < NODES; i++) {
		struct node *node = kzalloc(sizeof(*node), GFP_KERNEL);

		if (!node)
			break;
		node->key = i * 167 % NODES;
		insert(node);
	}
	for (u32 round = 0; round < rounds; round++) {
		for (u32 key = 0; key < NODES; key++)
			depth += look_up(key);
		cond_resched();
	}
	drop(root);
	return depth == 1 ? -EIO : 0;
}

static void __exit bench_exit(void)
{
}

module_init(bench_init);
module_exit(bench_exit);
MODULE_LICENSE("GPL");
