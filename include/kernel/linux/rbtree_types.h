/* SPDX-License-Identifier: MIT */
/* rbtree_types.h - nodes and roots of red-black trees */
#ifndef _LINUX_RBTREE_TYPES_H
#define _LINUX_RBTREE_TYPES_H

struct rb_node {
	/* address of the parent | colour (rbtree_augmented.h) */
	unsigned long __rb_parent_color;
	struct rb_node *rb_right;
	struct rb_node *rb_left;
} __attribute__((aligned(sizeof(long))));

struct rb_root { struct rb_node *rb_node; };

/* A root that knows its first node. */
struct rb_root_cached {
	struct rb_root rb_root;
	struct rb_node *rb_leftmost;
};

#define RB_ROOT		(struct rb_root) { (void *)0, }
#define RB_ROOT_CACHED	(struct rb_root_cached) { { (void *)0, }, (void *)0 }

#endif
