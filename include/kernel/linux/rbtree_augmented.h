/* SPDX-License-Identifier: MIT */
/*
 * rbtree_augmented.h - trees whose nodes hold a value computed from their whole subtree
 *
 * propagate(node, stop): recompute from node upwards until stop or until nothing changes.
 * copy(old, new): new takes old's value.   rotate(old, new): new, now on top of old, takes old's
 * value; old recomputes.
 */
#ifndef _LINUX_RBTREE_AUGMENTED_H
#define _LINUX_RBTREE_AUGMENTED_H

#include <linux/compiler.h>
#include <linux/rbtree.h>

struct rb_augment_callbacks {
	void (*propagate)(struct rb_node *node, struct rb_node *stop);
	void (*copy)(struct rb_node *old, struct rb_node *new);
	void (*rotate)(struct rb_node *old, struct rb_node *new);
};

#define RB_RED		0
#define RB_BLACK	1
#define __rb_parent(pc)		((struct rb_node *)((pc) & ~3UL))
#define __rb_color(pc)		((pc) & 1)
#define __rb_is_black(pc)	__rb_color(pc)
#define __rb_is_red(pc)		(!__rb_color(pc))
#define rb_color(rb)		__rb_color((rb)->__rb_parent_color)
#define rb_is_red(rb)		__rb_is_red((rb)->__rb_parent_color)
#define rb_is_black(rb)		__rb_is_black((rb)->__rb_parent_color)

static inline void rb_set_parent(struct rb_node *rb, struct rb_node *p)
{
	rb->__rb_parent_color = rb_color(rb) | (unsigned long)p;
}

static inline void rb_set_parent_color(struct rb_node *rb, struct rb_node *p, int color)
{
	rb->__rb_parent_color = (unsigned long)p | (unsigned long)color;
}

void __rb_insert_augmented(struct rb_node *node, struct rb_root *root,
			   void (*augment_rotate)(struct rb_node *old, struct rb_node *new))
	KM_SYM_OF_TEXT(__rb_insert_augmented);
void rb_erase_augmented(struct rb_node *node, struct rb_root *root,
			const struct rb_augment_callbacks *augment)
	KM_SYM_OF_TEXT(rb_erase_augmented);

static inline void rb_insert_augmented(struct rb_node *node, struct rb_root *root,
				       const struct rb_augment_callbacks *augment)
{
	__rb_insert_augmented(node, root, augment->rotate);
}

static inline void rb_insert_augmented_cached(struct rb_node *node, struct rb_root_cached *root,
					      bool newleft,
					      const struct rb_augment_callbacks *augment)
{
	if (newleft)
		root->rb_leftmost = node;
	rb_insert_augmented(node, &root->rb_root, augment);
}

static inline void rb_erase_augmented_cached(struct rb_node *node, struct rb_root_cached *root,
					     const struct rb_augment_callbacks *augment)
{
	if (root->rb_leftmost == node)
		root->rb_leftmost = rb_next(node);
	rb_erase_augmented(node, &root->rb_root, augment);
}

static __always_inline struct rb_node *
rb_add_augmented_cached(struct rb_node *node, struct rb_root_cached *tree,
			bool (*less)(struct rb_node *, const struct rb_node *),
			const struct rb_augment_callbacks *augment)
{
	struct rb_node **link = &tree->rb_root.rb_node, *parent = NULL;
	bool leftmost = true;

	while (*link) {
		parent = *link;
		if (less(node, parent)) {
			link = &parent->rb_left;
		} else {
			link = &parent->rb_right;
			leftmost = false;
		}
	}
	rb_link_node(node, parent, link);
	augment->propagate(parent, NULL);
	rb_insert_augmented_cached(node, tree, leftmost, augment);
	return leftmost ? node : NULL;
}

/* RBCOMPUTE(node, exit): sets the value; true if @exit and it was right already. */
#define RB_DECLARE_CALLBACKS(RBSTATIC, RBNAME, RBSTRUCT, RBFIELD, RBAUGMENTED, RBCOMPUTE)	\
static inline void RBNAME##_propagate(struct rb_node *rb, struct rb_node *stop)			\
{												\
	for (; rb != stop; rb = rb_parent(rb))							\
		if (RBCOMPUTE(rb_entry(rb, RBSTRUCT, RBFIELD), true))				\
			break;									\
}												\
static inline void RBNAME##_copy(struct rb_node *rb_old, struct rb_node *rb_new)		\
{												\
	rb_entry(rb_new, RBSTRUCT, RBFIELD)->RBAUGMENTED =					\
		rb_entry(rb_old, RBSTRUCT, RBFIELD)->RBAUGMENTED;				\
}												\
static void RBNAME##_rotate(struct rb_node *rb_old, struct rb_node *rb_new)			\
{												\
	RBNAME##_copy(rb_old, rb_new);								\
	RBCOMPUTE(rb_entry(rb_old, RBSTRUCT, RBFIELD), false);					\
}												\
RBSTATIC const struct rb_augment_callbacks RBNAME = {						\
	.propagate = RBNAME##_propagate,							\
	.copy = RBNAME##_copy,									\
	.rotate = RBNAME##_rotate								\
};

/* The value is the greatest RBCOMPUTE(node) of the subtree. */
#define RB_DECLARE_CALLBACKS_MAX(RBSTATIC, RBNAME, RBSTRUCT, RBFIELD, RBTYPE, RBAUGMENTED,	\
				 RBCOMPUTE)						\
static inline bool RBNAME##_compute_max(RBSTRUCT *node, bool exit)				\
{												\
	RBTYPE max = RBCOMPUTE(node);								\
	struct rb_node *child[2] = { node->RBFIELD.rb_left, node->RBFIELD.rb_right };		\
												\
	for (int i = 0; i < 2; i++)								\
		if (child[i] && rb_entry(child[i], RBSTRUCT, RBFIELD)->RBAUGMENTED > max)	\
			max = rb_entry(child[i], RBSTRUCT, RBFIELD)->RBAUGMENTED;		\
	if (exit && node->RBAUGMENTED == max)							\
		return true;									\
	node->RBAUGMENTED = max;								\
	return false;										\
}												\
RB_DECLARE_CALLBACKS(RBSTATIC, RBNAME, RBSTRUCT, RBFIELD, RBAUGMENTED, RBNAME##_compute_max)

#endif
