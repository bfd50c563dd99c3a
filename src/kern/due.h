/* SPDX-License-Identifier: MIT */
/*
 * due.h - what is due next: a pairing heap of struct km_due, threaded through the timers themselves
 *
 * D1  The top has the smallest (key, turn); no two turns are equal, so the order is the same in
 * every run. D2  top->prev and top->next are NULL. The caller locks.  Insert is O(1), removal O(log
 * n) on average.  Nothing here sleeps or allocates.
 */
#ifndef KERN_DUE_H
#define KERN_DUE_H

#include <linux/types.h>
#include <linux/due_types.h>
#include <kmalloc/port.h>

#define DUE_WALK_NS	5	/* km_port_effort(): code may have bent the heap into a ring */

static inline bool due_before(const struct km_due *a, const struct km_due *b)
{
	return a->key != b->key ? a->key < b->key : a->turn < b->turn;
}

/* Two heaps become one; either may be NULL. */
static inline struct km_due *due_meld(struct km_due *a, struct km_due *b)
{
	struct km_due *low;

	if (!a || !b)
		return a ? a : b;
	low = due_before(b, a) ? b : a;
	if (low == b)
		b = a;
	b->prev = low;
	b->next = low->child;
	if (b->next)
		b->next->prev = b;
	low->child = b;
	return low;
}

static inline struct km_due *due_insert(struct km_due *top, struct km_due *node, u64 key, u64 turn)
{
	*node = (struct km_due){ .key = key, .turn = turn };
	return due_meld(top, node);
}

/* The children of a removed node: melded in pairs from the left, then the pairs from the right. */
static inline struct km_due *due_meld_siblings(struct km_due *first)
{
	struct km_due *pairs = NULL, *all = NULL, *second, *rest;

	for (; first; first = rest) {
		second = first->next;
		rest = second ? second->next : NULL;
		first->prev = first->next = NULL;
		if (second)
			second->prev = second->next = NULL;
		first = due_meld(first, second);
		first->next = pairs;
		pairs = first;
	}
	for (; pairs; pairs = rest) {
		rest = pairs->next;
		pairs->next = NULL;
		all = due_meld(all, pairs);
	}
	return all;
}

static inline struct km_due *due_remove(struct km_due *top, struct km_due *node)
{
	struct km_due *children = due_meld_siblings(node->child);

	node->child = NULL;
	if (node == top)
		return children;
	if (node->prev->child == node)
		node->prev->child = node->next;
	else
		node->prev->next = node->next;
	if (node->next)
		node->next->prev = node->prev;
	node->prev = node->next = NULL;
	return due_meld(top, children);
}

/* The next node of a walk in no particular order: children, then siblings, then up. */
static inline struct km_due *due_walk(struct km_due *node)
{
	km_port_effort(DUE_WALK_NS);
	if (node->child)
		return node->child;
	while (node && !node->next) {
		while (node->prev && node->prev->child != node) {
			km_port_effort(DUE_WALK_NS);
			node = node->prev;
		}
		node = node->prev;
	}
	return node ? node->next : NULL;
}

/* Is @node in the heap?  Looks at all of it. */
static inline bool due_has(struct km_due *top, const struct km_due *node)
{
	while (top && top != node)
		top = due_walk(top);
	return top;
}

#endif
