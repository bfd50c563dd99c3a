/* SPDX-License-Identifier: MIT */
static struct kmem_cache *node_cache;

static int node_try(struct tree *tree)
{
	struct node *node;

	node = kmem_cache_alloc(node_cache, GFP_KERNEL);
	if (!node)
		return -ENOMEM;
	if (tree->is_full) {
		kmem_cache_free(node_cache, node);
		return -ENOSPC;
	}
	tree->node = node;
	return 0;
}

static int edge_try(struct tree *tree, struct tree *other)
{
	struct edge *edge = kmem_cache_zalloc(tree->cache, GFP_KERNEL);

	if (!edge)
		return -ENOMEM;
	kmem_cache_free(other->cache, edge);
	edge = kmem_cache_zalloc(tree->cache, GFP_KERNEL);
	kfree(edge);
	return 0;
}
