/* SPDX-License-Identifier: MIT */
/*
 * order.c - which lock is taken inside which, by class, with reclaim as one of them
 *
 * Owns: the classes of locks and the graph of what was taken inside what, from boot to shutdown.
 * O1  An edge is added once, for the first place where it was seen; none is ever taken away.
 * O2  The edges PLAIN -> NOFS -> NOIO are there from the start (order.h).
 * O3  After MAX_CLASSES classes new ones are not followed.
 * Lock: rules_lock, held by the caller.  Nothing here sleeps.
 */
#include "rules/order.h"

#define MAX_CLASSES	4096
#define BUCKETS		1024

struct lock_node {
	struct lock_node *next;		/* of the same bucket */
	const void *key;
	uint32_t subclass, number;
	const char *name;
	struct order_edge *edges;	/* what was taken inside */
	/* order_way(): the walk that reached it last, and by which edge */
	uint32_t walk;
	const struct order_edge *by;
};

static struct lock_node *nodes[MAX_CLASSES];
static struct lock_node *buckets[BUCKETS];
static uint32_t node_count, walks;

static struct lock_node *node_new(const void *key, uint32_t subclass, const char *name)
{
	struct lock_node *node = node_count < MAX_CLASSES ? memory_carve(sizeof(*node)) : NULL;

	if (!node)
		return NULL;
	node->key = key;
	node->subclass = subclass;
	node->name = name;
	node->number = node_count;
	nodes[node_count++] = node;
	return node;
}

static void plant(void)
{
	static const char *const names[] = { "reclaim", "reclaim (NOFS)", "reclaim (NOIO)" };

	for (uint32_t i = 0; i < ORDER_FIRST_LOCK; i++)
		node_new(NULL, i, names[i]);
	if (node_count == ORDER_FIRST_LOCK) {
		order_add(ORDER_PLAIN, ORDER_NOFS);
		order_add(ORDER_NOFS, ORDER_NOIO);
	}
}

void order_forget(void)
{
	node_count = walks = 0;
	for (uint32_t i = 0; i < BUCKETS; i++)
		buckets[i] = NULL;
}

uint32_t order_class(const void *key, uint32_t subclass, const char *name)
{
	uintptr_t mixed = (uintptr_t)key ^ (uintptr_t)key >> 10 ^ subclass;
	struct lock_node **bucket = &buckets[mixed % BUCKETS], *node = *bucket;

	if (!node_count)
		plant();
	while (node && (node->key != key || node->subclass != subclass))
		node = node->next;
	if (node)
		return node->number;
	node = node_new(key, subclass, name);
	if (!node)
		return 0;
	node->next = *bucket;
	*bucket = node;
	return node->number;
}

const char *order_name(uint32_t number)
{
	return nodes[number]->name;
}

struct order_edge *order_add(uint32_t from, uint32_t to)
{
	struct order_edge *edge;

	if (from == to || (from >= ORDER_FIRST_LOCK && to < ORDER_FIRST_LOCK) ||
	    from >= node_count || to >= node_count)
		return NULL;
	for (edge = nodes[from]->edges; edge; edge = edge->next)
		if (edge->to == to)
			return NULL;
	edge = memory_carve(sizeof(*edge));
	if (!edge)
		return NULL;
	edge->from = from;
	edge->to = to;
	edge->next = nodes[from]->edges;
	nodes[from]->edges = edge;
	return edge;
}

/* Back from @to; the edges O2 planted are no news. */
static void way_read(uint32_t to, uint32_t from, const struct order_edge **ret_first,
		     const struct order_edge **ret_last)
{
	const struct order_edge *edge = nodes[to]->by;

	*ret_last = *ret_first = edge;
	while (edge->from != from) {
		edge = nodes[edge->from]->by;
		if (edge->to >= ORDER_FIRST_LOCK)
			*ret_first = edge;
	}
}

bool order_way(uint32_t from, uint32_t to, const struct order_edge **ret_first,
	       const struct order_edge **ret_last)
{
	static uint32_t queue[MAX_CLASSES];
	uint32_t head = 0, tail = 0;

	if (from >= node_count || to >= node_count)
		return false;
	walks++;
	nodes[from]->walk = walks;
	queue[tail++] = from;
	while (head < tail) {
		const struct lock_node *node = nodes[queue[head++]];

		for (const struct order_edge *edge = node->edges; edge; edge = edge->next) {
			struct lock_node *next = nodes[edge->to];

			if (next->walk == walks)
				continue;
			next->walk = walks;
			next->by = edge;
			if (edge->to == to) {
				way_read(to, from, ret_first, ret_last);
				return true;
			}
			queue[tail++] = edge->to;
		}
	}
	return false;
}
