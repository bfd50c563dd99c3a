/* SPDX-License-Identifier: MIT */
/*
 * list_lru.c - lists of objects in the order they were put down, one a memory node
 *
 * Owns: struct list_lru.  The items belong to the user, and so does what becomes of them.
 * L1  nr_items counts the items of its list whenever the node's lock is free.
 * L2  The lock is an ordinary spinlock, because callbacks drop and take it.
 * Lock: one a node.  Nothing here sleeps but __list_lru_init().
 */
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/list_lru.h>
#include <linux/mm.h>
#include "kern/tell.h"
#include "slab/slab.h"

int __list_lru_init(struct list_lru *lru, bool memcg_aware, struct lock_class_key *key,
		    struct shrinker *shrinker)
{
	struct list_lru_node *nodes =
		kmalloc_call(nr_node_ids * sizeof(*nodes), GFP_KERNEL | __GFP_ZERO,
			     KMALLOC_CALL("list_lru_init"));

	TOUCH(lru);
	lru->node = nodes;
	if (!nodes)
		return -ENOMEM;
	for (unsigned int nid = 0; nid < nr_node_ids; nid++) {
		spin_lock_init(&nodes[nid].lock);
		INIT_LIST_HEAD(&nodes[nid].lru.list);
	}
	return 0;
}

void list_lru_destroy(struct list_lru *lru)
{
	TOUCH(lru);
	if (!lru->node)
		return;
	kfree_call(lru->node, KMALLOC_CALL("list_lru_destroy"));
	lru->node = NULL;
}

static void count_add(struct list_lru_one *list, long delta)
{
	WRITE_ONCE(list->nr_items, list->nr_items + delta);
}

/* An item changes its neighbours when it comes and goes.  The node's lock is held. */
static void links_seen(const struct list_head *item, uintptr_t caller, uintptr_t frame)
{
	touch(item, sizeof(*item), true, caller, frame);
	touch(item->prev, sizeof(*item), true, caller, frame);
	touch(item->next, sizeof(*item), true, caller, frame);
}

static bool item_add(struct list_lru_node *node, struct list_head *item, uintptr_t caller,
		     uintptr_t frame)
{
	bool is_new;

	spin_lock(&node->lock);
	links_seen(item, caller, frame);
	is_new = list_empty(item);
	if (is_new) {
		links_seen(&node->lru.list, caller, frame);
		list_add_tail(item, &node->lru.list);
		count_add(&node->lru, 1);
	}
	spin_unlock(&node->lock);
	return is_new;
}

bool list_lru_add(struct list_lru *lru, struct list_head *item, int nid, struct mem_cgroup *memcg)
{
	TOUCH(lru);
	return item_add(&lru->node[nid], item, WATCH_CALLER(), WATCH_FRAME());
}

bool list_lru_add_obj(struct list_lru *lru, struct list_head *item)
{
	TOUCH(lru);
	return item_add(&lru->node[page_to_nid(virt_to_page(item))], item, WATCH_CALLER(),
			WATCH_FRAME());
}

static bool item_del(struct list_lru_node *node, struct list_head *item, uintptr_t caller,
		     uintptr_t frame)
{
	bool is_on;

	spin_lock(&node->lock);
	links_seen(item, caller, frame);
	is_on = !list_empty(item);
	if (is_on)
		list_lru_isolate(&node->lru, item);
	spin_unlock(&node->lock);
	return is_on;
}

bool list_lru_del(struct list_lru *lru, struct list_head *item, int nid, struct mem_cgroup *memcg)
{
	TOUCH(lru);
	return item_del(&lru->node[nid], item, WATCH_CALLER(), WATCH_FRAME());
}

bool list_lru_del_obj(struct list_lru *lru, struct list_head *item)
{
	TOUCH(lru);
	return item_del(&lru->node[page_to_nid(virt_to_page(item))], item, WATCH_CALLER(),
			WATCH_FRAME());
}

void list_lru_isolate(struct list_lru_one *list, struct list_head *item)
{
	list_del_init(item);
	count_add(list, -1);
}

void list_lru_isolate_move(struct list_lru_one *list, struct list_head *item,
			   struct list_head *head)
{
	list_move(item, head);
	count_add(list, -1);
}

unsigned long list_lru_count_node(struct list_lru *lru, int nid)
{
	long count;

	TOUCH(lru);
	count = READ_ONCE(lru->node[nid].lru.nr_items);
	return count < 0 ? 0 : count;
}

unsigned long list_lru_count_one(struct list_lru *lru, int nid, struct mem_cgroup *memcg)
{
	return list_lru_count_node(lru, nid);
}

/* -- walks ------------------------------------------------------------------------------------ */

/*
 * Show items from @item on; where the walk goes on, NULL at its end.  A callback that dropped the
 * lock leaves no place to go on from but the start.
 */
static struct list_head *walk_step(struct list_lru_node *node, struct list_head *item,
				   list_lru_walk_cb isolate, void *cb_arg, unsigned long *removed)
{
	struct list_lru_one *list = &node->lru;
	struct list_head *next = item->next;

	switch (isolate(item, list, &node->lock, cb_arg)) {
	case LRU_REMOVED:
		++*removed;
		return next;
	case LRU_ROTATE:
		list_move_tail(item, &list->list);
		return next;
	case LRU_SKIP:
		return next;
	case LRU_REMOVED_RETRY:
		++*removed;
		return list->list.next;
	case LRU_RETRY:
		return list->list.next;
	case LRU_STOP:
		return NULL;
	}
	BUG();
}

static unsigned long walk_locked(struct list_lru_node *node, list_lru_walk_cb isolate, void *cb_arg,
				 unsigned long *nr_to_walk)
{
	struct list_head *item = node->lru.list.next;
	unsigned long removed = 0;

	while (item && item != &node->lru.list && *nr_to_walk) {
		--*nr_to_walk;
		item = walk_step(node, item, isolate, cb_arg, &removed);
	}
	return removed;
}

unsigned long list_lru_walk_one(struct list_lru *lru, int nid, struct mem_cgroup *memcg,
				list_lru_walk_cb isolate, void *cb_arg, unsigned long *nr_to_walk)
{
	struct list_lru_node *node;
	unsigned long removed;

	TOUCH(lru);
	node = &lru->node[nid];
	spin_lock(&node->lock);
	removed = walk_locked(node, isolate, cb_arg, nr_to_walk);
	spin_unlock(&node->lock);
	return removed;
}

unsigned long list_lru_walk_one_irq(struct list_lru *lru, int nid, struct mem_cgroup *memcg,
				    list_lru_walk_cb isolate, void *cb_arg,
				    unsigned long *nr_to_walk)
{
	struct list_lru_node *node;
	unsigned long removed;

	TOUCH(lru);
	node = &lru->node[nid];
	spin_lock_irq(&node->lock);
	removed = walk_locked(node, isolate, cb_arg, nr_to_walk);
	spin_unlock_irq(&node->lock);
	return removed;
}

unsigned long list_lru_walk_node(struct list_lru *lru, int nid, list_lru_walk_cb isolate,
				 void *cb_arg, unsigned long *nr_to_walk)
{
	TOUCH(lru);
	return list_lru_walk_one(lru, nid, NULL, isolate, cb_arg, nr_to_walk);
}
