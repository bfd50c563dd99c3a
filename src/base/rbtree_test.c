// SPDX-License-Identifier: MIT
/* rbtree_test.c - random inserts and erases; R1, order, links and the augmented value after each */
#include "test.h"
#include <linux/kernel.h>
#include <linux/rbtree_augmented.h>

#define NODES	200

struct span {
	struct rb_node rb;
	u64 start, last, last_below;	/* last_below: the greatest last of the subtree */
	bool is_in;
};

static struct span spans[NODES];

#define SPAN_LAST(span)	((span)->last)
RB_DECLARE_CALLBACKS_MAX(static, span_callbacks, struct span, rb, u64, last_below, SPAN_LAST)

static bool is_less(struct rb_node *a, const struct rb_node *b)
{
	return rb_entry(a, struct span, rb)->start < rb_entry(b, struct span, rb)->start;
}

/* Black nodes on the way down, equal on all ways; -1 for any damage. */
static int black_height(const struct rb_node *node, const struct rb_node *parent, bool is_augmented)
{
	int left, right;
	u64 last;

	if (!node)
		return 0;
	if (rb_parent(node) != parent || (parent && rb_is_red(parent) && rb_is_red(node)))
		return -1;
	left = black_height(node->rb_left, node, is_augmented);
	right = black_height(node->rb_right, node, is_augmented);
	if (left < 0 || left != right)
		return -1;
	last = rb_entry(node, struct span, rb)->last;
	if (node->rb_left)
		last = max(last, rb_entry(node->rb_left, struct span, rb)->last_below);
	if (node->rb_right)
		last = max(last, rb_entry(node->rb_right, struct span, rb)->last_below);
	if (is_augmented && rb_entry(node, struct span, rb)->last_below != last)
		return -1;
	return left + (int)rb_is_black(node);
}

static bool is_sound(struct rb_root *root, size_t wanted, bool is_augmented)
{
	struct rb_node *node, *before = NULL;
	size_t forth = 0, back = 0;

	if (root->rb_node && rb_is_red(root->rb_node))
		return false;
	if (black_height(root->rb_node, NULL, is_augmented) < 0)
		return false;
	for (node = rb_first(root); node; node = rb_next(node)) {
		if (before && is_less(node, before))
			return false;
		before = node;
		forth++;
	}
	for (node = rb_last(root); node; node = rb_prev(node))
		back++;
	return forth == wanted && back == wanted;
}

static void random_trees_stay_sound(void)
{
	struct rb_root root = RB_ROOT;
	size_t count = 0;

	for (int i = 0; i < 6000; i++) {
		struct span *span = &spans[km_test_random_below(NODES)];

		if (span->is_in) {
			rb_erase(&span->rb, &root);
			count--;
		} else {
			span->start = km_test_random_below(50);
			rb_add(&span->rb, &root, is_less);
			count++;
		}
		span->is_in = !span->is_in;
		CHECK(is_sound(&root, count, false));
	}
	for (int i = 0; i < NODES; i++)
		spans[i].is_in = false;
}

static void insert_augmented(struct span *span, struct rb_root_cached *root)
{
	struct rb_node **link = &root->rb_root.rb_node, *parent = NULL;
	bool is_first = true;

	while (*link) {
		struct span *above;

		parent = *link;
		above = rb_entry(parent, struct span, rb);
		above->last_below = max(above->last_below, span->last);
		if (span->start < above->start) {
			link = &parent->rb_left;
		} else {
			link = &parent->rb_right;
			is_first = false;
		}
	}
	span->last_below = span->last;
	rb_link_node(&span->rb, parent, link);
	rb_insert_augmented_cached(&span->rb, root, is_first, &span_callbacks);
}

static void augmented_trees_stay_sound(void)
{
	struct rb_root_cached root = RB_ROOT_CACHED;
	size_t count = 0;

	for (int i = 0; i < 6000; i++) {
		struct span *span = &spans[km_test_random_below(NODES)];

		if (span->is_in) {
			rb_erase_augmented_cached(&span->rb, &root, &span_callbacks);
			count--;
		} else {
			span->start = km_test_random_below(1000);
			span->last = span->start + km_test_random_below(100);
			insert_augmented(span, &root);
			count++;
		}
		span->is_in = !span->is_in;
		CHECK(is_sound(&root.rb_root, count, true));
		CHECK(rb_first_cached(&root) == rb_first(&root.rb_root));
	}
	for (int i = 0; i < NODES; i++)
		spans[i].is_in = false;
}

static int compare_start(const void *key, const struct rb_node *node)
{
	const u64 wanted = *(const u64 *)key, here = rb_entry(node, struct span, rb)->start;

	return wanted < here ? -1 : wanted > here;
}

static int compare_nodes(struct rb_node *a, const struct rb_node *b)
{
	return compare_start(&rb_entry(a, struct span, rb)->start, b);
}

static void equal_keys_are_found_in_order_of_insertion(void)
{
	struct rb_root root = RB_ROOT;
	struct rb_node *node;
	u64 key = 3;
	int serial = 0;

	for (int i = 0; i < 60; i++) {
		spans[i].start = (u64)(i % 6);
		rb_add(&spans[i].rb, &root, is_less);
	}
	rb_for_each(node, &key, &root, compare_start)
		CHECK(node == &spans[6 * serial++ + 3].rb);
	CHECK_EQ(serial, 10);
	key = 7;
	CHECK(rb_find(&key, &root, compare_start) == NULL);
	spans[60].start = 3;
	CHECK(rb_find_add(&spans[60].rb, &root, compare_nodes) != NULL);
	spans[60].start = 9;
	CHECK(rb_find_add(&spans[60].rb, &root, compare_nodes) == NULL);
	CHECK(is_sound(&root, 61, false));
}

static void postorder_sees_children_first_and_all(void)
{
	struct rb_root root = RB_ROOT;
	struct span *span, *next;
	size_t count = 0;

	for (int i = 0; i < NODES; i++) {
		spans[i].start = km_test_random();
		spans[i].is_in = false;
		rb_add(&spans[i].rb, &root, is_less);
	}
	rbtree_postorder_for_each_entry_safe(span, next, &root, rb) {
		CHECK(!span->rb.rb_left || rb_entry(span->rb.rb_left, struct span, rb)->is_in);
		CHECK(!span->rb.rb_right || rb_entry(span->rb.rb_right, struct span, rb)->is_in);
		span->is_in = true;
		count++;
	}
	CHECK_EQ(count, NODES);
}

static void a_node_is_replaced_in_its_place(void)
{
	struct rb_root root = RB_ROOT;

	for (int i = 0; i < 20; i++) {
		spans[i].start = (u64)i;
		rb_add(&spans[i].rb, &root, is_less);
	}
	for (int i = 0; i < 20; i++) {
		spans[i + 20].start = (u64)i;
		rb_replace_node(&spans[i].rb, &spans[i + 20].rb, &root);
		RB_CLEAR_NODE(&spans[i].rb);
	}
	CHECK(is_sound(&root, 20, false));
	CHECK(rb_first(&root) == &spans[20].rb && RB_EMPTY_NODE(&spans[0].rb));
	CHECK(rb_next(&spans[0].rb) == NULL);
}

KM_TESTS(NULL, T(random_trees_stay_sound), T(augmented_trees_stay_sound),
	 T(equal_keys_are_found_in_order_of_insertion), T(postorder_sees_children_first_and_all),
	 T(a_node_is_replaced_in_its_place));
