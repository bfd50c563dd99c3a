/* SPDX-License-Identifier: MIT */
/*
 * interval_tree_generic.h - trees of closed intervals: which of them meet a given one?
 *
 * A tree by the start of each interval in which each node knows the last point of its subtree: what
 * ends before the start that is looked for is passed over as a whole.
 */
#if __has_include_next(<linux/interval_tree_generic.h>)
#include_next <linux/interval_tree_generic.h>
#else

#include <linux/rbtree_augmented.h>

/*
 * ITSTRUCT has ITRB, a struct rb_node, and ITSUBTREE, an ITTYPE that is the tree's own;
 * ITSTART(node) and ITLAST(node) are its ends.
 * Defined are ITPRE_insert(), _remove(), _iter_first(), _iter_next().
 */
#define INTERVAL_TREE_DEFINE(ITSTRUCT, ITRB, ITTYPE, ITSUBTREE, ITSTART, ITLAST,		\
			     ITSTATIC, ITPRE)							\
RB_DECLARE_CALLBACKS_MAX(static, ITPRE##_augment, ITSTRUCT, ITRB, ITTYPE, ITSUBTREE, ITLAST)	\
static inline bool ITPRE##_is_left(struct rb_node *a, const struct rb_node *b)		\
{												\
	return ITSTART(rb_entry(a, ITSTRUCT, ITRB)) < ITSTART(rb_entry(b, ITSTRUCT, ITRB));	\
}												\
ITSTATIC void ITPRE##_insert(ITSTRUCT *node, struct rb_root_cached *root)			\
{												\
	node->ITSUBTREE = ITLAST(node);								\
	rb_add_augmented_cached(&node->ITRB, root, ITPRE##_is_left, &ITPRE##_augment);	\
}												\
ITSTATIC void ITPRE##_remove(ITSTRUCT *node, struct rb_root_cached *root)			\
{												\
	rb_erase_augmented_cached(&node->ITRB, root, &ITPRE##_augment);			\
}												\
/* The leftmost node under @rb that meets [@start, @last]. */					\
static inline ITSTRUCT *ITPRE##_search(struct rb_node *rb, ITTYPE start, ITTYPE last)	\
{												\
	while (rb) {										\
		ITSTRUCT *node = rb_entry(rb, ITSTRUCT, ITRB);					\
		struct rb_node *left = rb->rb_left;						\
												\
		if (left && rb_entry(left, ITSTRUCT, ITRB)->ITSUBTREE >= start) {		\
			rb = left;								\
			continue;								\
		}										\
		if (ITSTART(node) > last)							\
			return NULL;								\
		if (ITLAST(node) >= start)							\
			return node;								\
		rb = rb->rb_right;								\
		if (rb && rb_entry(rb, ITSTRUCT, ITRB)->ITSUBTREE < start)			\
			return NULL;								\
	}											\
	return NULL;										\
}												\
ITSTATIC ITSTRUCT *ITPRE##_iter_first(struct rb_root_cached *root, ITTYPE start,		\
					 ITTYPE last)						\
{												\
	return ITPRE##_search(root->rb_root.rb_node, start, last);				\
}												\
ITSTATIC ITSTRUCT *ITPRE##_iter_next(ITSTRUCT *node, ITTYPE start, ITTYPE last)		\
{												\
	struct rb_node *rb = &node->ITRB, *below = rb->rb_right;				\
												\
	for (;;) {										\
		/* All that is left under @below is behind @node. */				\
		if (below && rb_entry(below, ITSTRUCT, ITRB)->ITSUBTREE >= start)		\
			return ITPRE##_search(below, start, last);				\
		do {										\
			below = rb;								\
			rb = rb_parent(rb);							\
			if (!rb)								\
				return NULL;							\
		} while (below == rb->rb_right);						\
		node = rb_entry(rb, ITSTRUCT, ITRB);						\
		if (ITSTART(node) > last)							\
			return NULL;								\
		if (ITLAST(node) >= start)							\
			return node;								\
		below = rb->rb_right;								\
	}											\
}

#endif
