/* SPDX-License-Identifier: MIT */
static struct kmem_cache *node_cache, *edge_cache;

static int node_try(struct tree *tree)
{
	struct node *node;

	node = kmem_cache_alloc(node_cache, GFP_KERNEL);
	if (!node)
		return -ENOMEM;
	if (tree->is_full) {
		kmem_cache_free(edge_cache, node); /* expect: invalid-free.cache */
		return -ENOSPC;
	}
	tree->node = node;
	return 0;
}

static int edge_try(struct tree *tree)
{
	struct edge *edge = kzalloc(sizeof(*edge), GFP_KERNEL);

	if (!edge)
		return -ENOMEM;
	kmem_cache_free(edge_cache, edge); /* expect: invalid-free.cache */
	return 0;
}

static int node_drop(struct tree *tree)
{
	struct node *node = kmem_cache_zalloc(node_cache, GFP_KERNEL);

	if (!node)
		return -ENOMEM;
	vfree(node); /* expect: invalid-free.cache */
	return 0;
}
