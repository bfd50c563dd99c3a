/* SPDX-License-Identifier: MIT */
/*
 * A reader of the tree asks for a buffer, three calls below the lock that the shrinker writes
 * under.
 */
#include <linux/module.h>
#include <linux/rbtree.h>
#include <linux/rwsem.h>
#include <linux/shrinker.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

#define IMAGE_BYTES	(3 * PAGE_SIZE)

struct extent {
	struct rb_node node;
	u64 start;
};

struct tree {
	struct rw_semaphore lock;
	struct rb_root root;
	unsigned long extents;
	struct shrinker *shrinker;
};

static struct tree *tree;

static void *image_new(void)
{
	return vmalloc(IMAGE_BYTES);	/* finding: reclaim-deadlock */
}

static void tree_write(char *image)
{
	for (struct rb_node *node = rb_first(&tree->root); node; node = rb_next(node))
		*image++ = (char)rb_entry(node, struct extent, node)->start;
}

static int tree_snapshot_locked(void)
{
	void *image = image_new();

	if (!image)
		return -ENOMEM;
	tree_write(image);
	vfree(image);
	return 0;
}

static int tree_snapshot(void)
{
	int error;

	down_read(&tree->lock);
	error = tree_snapshot_locked();
	up_read(&tree->lock);
	return error;
}

static unsigned long extents_count(struct shrinker *shrinker, struct shrink_control *sc)
{
	struct tree *of = shrinker->private_data;

	return READ_ONCE(of->extents);
}

static unsigned long extents_scan(struct shrinker *shrinker, struct shrink_control *sc)
{
	struct tree *of = shrinker->private_data;
	unsigned long freed = 0;
	struct rb_node *node;

	down_write(&of->lock);
	while (freed < sc->nr_to_scan && (node = rb_first(&of->root))) {
		rb_erase(node, &of->root);
		kfree(rb_entry(node, struct extent, node));
		of->extents--;
		freed++;
	}
	up_write(&of->lock);
	return freed ? freed : SHRINK_STOP;
}

static void tree_insert(struct extent *extent)
{
	struct rb_node **link = &tree->root.rb_node, *parent = NULL;

	down_write(&tree->lock);
	while (*link) {
		parent = *link;
		link = extent->start < rb_entry(parent, struct extent, node)->start ?
			&parent->rb_left : &parent->rb_right;
	}
	rb_link_node(&extent->node, parent, link);
	rb_insert_color(&extent->node, &tree->root);
	tree->extents++;
	up_write(&tree->lock);
}

static int __init tree_init(void)
{
	tree = kzalloc(sizeof(*tree), GFP_KERNEL);
	if (!tree)
		return -ENOMEM;
	init_rwsem(&tree->lock);
	tree->root = RB_ROOT;
	tree->shrinker = shrinker_alloc(0, "extents");
	if (!tree->shrinker) {
		kfree(tree);
		return -ENOMEM;
	}
	tree->shrinker->count_objects = extents_count;
	tree->shrinker->scan_objects = extents_scan;
	tree->shrinker->private_data = tree;
	shrinker_register(tree->shrinker);
	for (u64 start = 0; start < 4; start++) {
		struct extent *extent = kmalloc(sizeof(*extent), GFP_KERNEL);

		if (!extent)
			break;
		extent->start = start * 7 % 5;
		tree_insert(extent);
	}
	tree_snapshot();
	return 0;
}

static void __exit tree_exit(void)
{
	struct shrink_control all = { .nr_to_scan = ~0UL };

	extents_scan(tree->shrinker, &all);
	shrinker_free(tree->shrinker);
	kfree(tree);
}

module_init(tree_init);
module_exit(tree_exit);
MODULE_LICENSE("GPL");
