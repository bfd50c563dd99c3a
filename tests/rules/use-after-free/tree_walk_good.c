/* SPDX-License-Identifier: MIT */
/* The next node is asked for before this one goes. */
#include <linux/module.h>
#include <linux/rbtree.h>
#include <linux/slab.h>

struct extent {
	struct rb_node node;
	u64 start, bytes;
};

static struct rb_root extents = RB_ROOT;

static struct extent *extent_of(struct rb_node *node)
{
	return rb_entry(node, struct extent, node);
}

static bool extent_less(struct rb_node *a, const struct rb_node *b)
{
	return extent_of(a)->start < rb_entry(b, struct extent, node)->start;
}

static void extents_end(void)
{
	struct rb_node *at, *next;

	for (at = rb_first(&extents); at; at = next) {
		next = rb_next(at);
		rb_erase(at, &extents);
		kfree(extent_of(at));
	}
}

static int __init extents_init(void)
{
	for (u64 at = 0; at < 6; at++) {
		struct extent *extent = kzalloc(sizeof(*extent), GFP_KERNEL);

		if (!extent) {
			extents_end();
			return -ENOMEM;
		}
		extent->start = at * 5 % 6;
		rb_add(&extent->node, &extents, extent_less);
	}
	return 0;
}

static void __exit extents_exit(void)
{
	extents_end();
}

module_init(extents_init);
module_exit(extents_exit);
MODULE_LICENSE("GPL");
