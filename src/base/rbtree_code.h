// SPDX-License-Identifier: MIT
/*
 * rbtree_code.h - red-black trees: the code, for base, and once more for checked code
 *
 * R1  The root is black, a red node has no red child, and each way down from a node meets equally
 *     many black ones.
 * R2  The colour is bit 0 of the parent word; nodes are aligned to 8 bytes.
 * R3  A rotation tells the augment callback once, after the links are changed: (old top, new top).
 * SEE(object), of who includes this: the node or root that is looked at next.
 * Lock: the user's.  Nothing here sleeps, allocates or compares.
 */
#include <linux/rbtree_augmented.h>

typedef void (*rotate_fn)(struct rb_node *old, struct rb_node *new);

/* Both ways to go are written once: child(node, 0) is left, child(node, 1) right. */
static struct rb_node **child(struct rb_node *node, int side)
{
	return side ? &SEE(node)->rb_right : &SEE(node)->rb_left;
}

static bool is_red(const struct rb_node *node)
{
	return node && rb_is_red(SEE(node));
}

static void set_color(struct rb_node *node, int color)
{
	rb_set_parent_color(node, rb_parent(SEE(node)), color);
}

static void set_parent(struct rb_node *node, struct rb_node *parent)
{
	rb_set_parent(SEE(node), parent);
}

static struct rb_node *parent_of(const struct rb_node *node)
{
	return rb_parent(SEE(node));
}

/* @parent (NULL: the root) has @new where it had @old. */
static void change_child(struct rb_root *root, struct rb_node *parent, struct rb_node *old,
			 struct rb_node *new)
{
	if (!parent)
		WRITE_ONCE(SEE(root)->rb_node, new);
	else
		WRITE_ONCE(*child(parent, SEE(parent)->rb_right == old), new);
}

/*
 * The child of @top on the other side comes up, @top goes down on @side and takes its colour, it
 * takes @top's.
 */
static void rotate(struct rb_root *root, struct rb_node *top, int side, rotate_fn augment)
{
	struct rb_node *up = *child(top, !side), *inner = *child(up, side);
	struct rb_node *parent = parent_of(top);
	const int top_color = rb_color(SEE(top)), up_color = rb_color(SEE(up));

	WRITE_ONCE(*child(top, !side), inner);
	if (inner)
		set_parent(inner, top);
	WRITE_ONCE(*child(up, side), top);
	change_child(root, parent, top, up);
	rb_set_parent_color(up, parent, top_color);
	rb_set_parent_color(top, up, up_color);
	if (augment)
		augment(top, up);
}

/* The new node is red; a red parent breaks R1 at one place, which moves up until it is gone. */
void __rb_insert_augmented(struct rb_node *node, struct rb_root *root, rotate_fn augment_rotate)
{
	struct rb_node *parent;

	while (is_red(parent = parent_of(node))) {
		struct rb_node *grand = parent_of(parent);
		const int side = SEE(grand)->rb_right == parent;
		struct rb_node *uncle = *child(grand, !side);

		if (is_red(uncle)) {
			set_color(parent, RB_BLACK);
			set_color(uncle, RB_BLACK);
			set_color(grand, RB_RED);
			node = grand;
			continue;
		}
		if (node == *child(parent, !side))
			rotate(root, parent, side, augment_rotate);
		rotate(root, grand, !side, augment_rotate);
		break;
	}
	set_color(SEE(root)->rb_node, RB_BLACK);
}

void rb_insert_color(struct rb_node *node, struct rb_root *root)
{
	__rb_insert_augmented(node, root, NULL);
}

/* Ways through @side of @parent meet one black node too few. */
static void restore_black(struct rb_root *root, struct rb_node *parent, int side, rotate_fn augment)
{
	for (;;) {
		struct rb_node *sibling = *child(parent, !side), *above;

		if (is_red(sibling)) {
			rotate(root, parent, side, augment);
			sibling = *child(parent, !side);
		}
		if (is_red(*child(sibling, !side)) || is_red(*child(sibling, side))) {
			if (!is_red(*child(sibling, !side)))
				rotate(root, sibling, !side, augment);
			rotate(root, parent, side, augment);
			set_color(parent, RB_BLACK);
			set_color(*child(parent_of(parent), !side), RB_BLACK);
			return;
		}
		set_color(sibling, RB_RED);
		above = parent_of(parent);
		if (rb_is_red(SEE(parent)) || !above) {
			set_color(parent, RB_BLACK);
			return;
		}
		side = SEE(above)->rb_right == parent;
		parent = above;
	}
}

/* @heir, the next in order, leaves its place below and takes @node's place and colour. */
static struct rb_node *take_place(struct rb_root *root, struct rb_node *node, struct rb_node *heir,
				  const struct rb_augment_callbacks *augment)
{
	struct rb_node *gap = parent_of(heir);

	if (gap == node) {
		gap = heir;
	} else {
		WRITE_ONCE(SEE(gap)->rb_left, SEE(heir)->rb_right);
		if (SEE(heir)->rb_right)
			set_parent(SEE(heir)->rb_right, gap);
		WRITE_ONCE(SEE(heir)->rb_right, SEE(node)->rb_right);
		set_parent(SEE(node)->rb_right, heir);
	}
	WRITE_ONCE(SEE(heir)->rb_left, SEE(node)->rb_left);
	set_parent(SEE(node)->rb_left, heir);
	change_child(root, parent_of(node), node, heir);
	heir->__rb_parent_color = node->__rb_parent_color;
	if (augment) {
		augment->copy(node, heir);
		augment->propagate(gap, heir);
	}
	return gap;
}

static void erase(struct rb_node *node, struct rb_root *root,
		  const struct rb_augment_callbacks *augment)
{
	struct rb_node *heir = SEE(node)->rb_right, *gap, *below;
	int color = rb_color(SEE(node)), side = 0;

	if (heir && SEE(node)->rb_left) {
		while (SEE(heir)->rb_left)
			heir = SEE(heir)->rb_left;
		color = rb_color(SEE(heir));
		below = SEE(heir)->rb_right;
		/* the gap opens right of the heir, or left of its old parent */
		side = parent_of(heir) == node;
		gap = take_place(root, node, heir, augment);
		if (augment)
			augment->propagate(heir, NULL);
	} else {
		below = heir ? heir : SEE(node)->rb_left;
		gap = parent_of(node);
		if (gap)
			side = SEE(gap)->rb_right == node;
		change_child(root, gap, node, below);
		if (below)
			set_parent(below, gap);
		if (augment && gap)
			augment->propagate(gap, NULL);
	}
	/* An only child is red: black, it fills in for the one that went. */
	if (color == RB_RED)
		return;
	if (below)
		set_color(below, RB_BLACK);
	else if (gap)
		restore_black(root, gap, side, augment ? augment->rotate : NULL);
}

void rb_erase_augmented(struct rb_node *node, struct rb_root *root,
			const struct rb_augment_callbacks *augment)
{
	erase(node, root, augment);
}

void rb_erase(struct rb_node *node, struct rb_root *root)
{
	erase(node, root, NULL);
}

void rb_replace_node(struct rb_node *victim, struct rb_node *new, struct rb_root *root)
{
	*SEE(new) = *SEE(victim);
	if (SEE(victim)->rb_left)
		set_parent(SEE(victim)->rb_left, new);
	if (SEE(victim)->rb_right)
		set_parent(SEE(victim)->rb_right, new);
	change_child(root, parent_of(victim), victim, new);
}

/* -- walks -- */
static struct rb_node *outermost(struct rb_node *node, int side)
{
	while (node && *child(node, side))
		node = *child(node, side);
	return node;
}

static struct rb_node *neighbour(const struct rb_node *node, int side)
{
	struct rb_node *parent;

	if (RB_EMPTY_NODE(SEE(node)))
		return NULL;
	if (*child((struct rb_node *)node, side))
		return outermost(*child((struct rb_node *)node, side), !side);
	while ((parent = parent_of(node)) && *child(parent, side) == node)
		node = parent;
	return parent;
}

struct rb_node *rb_first(const struct rb_root *root)
{
	return outermost(SEE(root)->rb_node, 0);
}

struct rb_node *rb_last(const struct rb_root *root)
{
	return outermost(SEE(root)->rb_node, 1);
}

struct rb_node *rb_next(const struct rb_node *node)
{
	return neighbour(node, 1);
}

struct rb_node *rb_prev(const struct rb_node *node)
{
	return neighbour(node, 0);
}

/* The first node without children, going left where there is a left. */
static struct rb_node *deepest(struct rb_node *node)
{
	while (node && (SEE(node)->rb_left || SEE(node)->rb_right))
		node = SEE(node)->rb_left ? SEE(node)->rb_left : SEE(node)->rb_right;
	return node;
}

struct rb_node *rb_first_postorder(const struct rb_root *root)
{
	return deepest(SEE(root)->rb_node);
}

struct rb_node *rb_next_postorder(const struct rb_node *node)
{
	struct rb_node *parent = node ? parent_of(node) : NULL;

	if (parent && node == SEE(parent)->rb_left && SEE(parent)->rb_right)
		return deepest(SEE(parent)->rb_right);
	return parent;
}
