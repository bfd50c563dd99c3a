/* SPDX-License-Identifier: MIT */
/*
 * list_lru.h - lists of objects in the order they were put down, one a memory node, to shrink from
 *
 *	list_lru_init(&lru);
 *	list_lru_add_obj(&lru, &object->lru);			when it is no longer in use
 *	list_lru_del_obj(&lru, &object->lru);			when it is in use again
 *	freed = list_lru_shrink_walk(&lru, sc, isolate, arg);	in scan_objects of a shrinker
 *
 * An item is on at most one list; a list_head that is empty (INIT_LIST_HEAD) is on none.
 * There are no memory cgroups: every memcg is NULL, and a list_lru that is aware of them is one
 * that is not.
 *
 * Absent: memcg_reparent_list_lrus - no memory cgroups
 */
#ifndef _LRU_LIST_H
#define _LRU_LIST_H

#include <linux/types.h>
#include <linux/cache.h>
#include <linux/list.h>
#include <linux/nodemask.h>
#include <linux/shrinker.h>
#include <linux/spinlock.h>

struct mem_cgroup;
struct lock_class_key;

/* What the callback of a walk did with an item. */
enum lru_status {
	LRU_REMOVED,		/* taken off */
	LRU_REMOVED_RETRY,	/* taken off, and the lock was dropped meanwhile */
	LRU_ROTATE,		/* in use of late: to the end of the list */
	LRU_SKIP,		/* cannot be looked at now: leave it where it is */
	LRU_RETRY,		/* the lock was dropped: begin again */
	LRU_STOP,		/* leave it, and end the walk */
};

struct list_lru_one {
	struct list_head list;
	long nr_items;
};

struct list_lru_node {
	spinlock_t lock;
	struct list_lru_one lru;
} ____cacheline_aligned_in_smp;

struct list_lru {
	struct list_lru_node *node;	/* nr_node_ids of them; NULL before init, after destroy */
};

/* The lock is held at entry and return; it may be dropped between, as the status then says. */
typedef enum lru_status (*list_lru_walk_cb)(struct list_head *item, struct list_lru_one *list,
					    spinlock_t *lock, void *cb_arg);

int __list_lru_init(struct list_lru *lru, bool memcg_aware, struct lock_class_key *key,
		    struct shrinker *shrinker) KM_SYM(__list_lru_init) __km_sleeps;
/**
 * list_lru_init() - make the lists
 * Context: task context, may sleep.
 * Return:  0, or -ENOMEM.
 */
#define list_lru_init(lru)		__list_lru_init((lru), false, NULL, NULL)
#define list_lru_init_key(lru, key)	__list_lru_init((lru), false, (key), NULL)
/* Differs: there are no memory cgroups: as list_lru_init(), and @shrinker is not looked at. */
#define list_lru_init_memcg(lru, shrinker)	__list_lru_init((lru), true, NULL, shrinker)

static inline int list_lru_init_memcg_key(struct list_lru *lru, struct shrinker *shrinker,
					  struct lock_class_key *key)
{
	return __list_lru_init(lru, true, key, shrinker);
}

/* Lists of a memory cgroup are made here; there is none: 0. */
static inline int memcg_list_lru_alloc(struct mem_cgroup *memcg, struct list_lru *lru, gfp_t gfp)
{
	return 0;
}

/**
 * list_lru_destroy() - end the lists; items are forgotten, not freed
 * @lru: not made, or destroyed before: nothing happens
 * Context: any but NMI.
 */
void list_lru_destroy(struct list_lru *lru) KM_SYM(list_lru_destroy);

/**
 * list_lru_add() - put an item at the end of node @nid's list
 * Also: list_lru_add_obj() (the node that the item's memory is from)
 * @memcg: NULL
 *
 * Context: as spin_lock(): the same in all calls for one list.  Cost: constant.
 * Return:  true; false if the item was on a list already.
 */
bool list_lru_add(struct list_lru *lru, struct list_head *item, int nid, struct mem_cgroup *memcg)
	KM_SYM(list_lru_add);
bool list_lru_add_obj(struct list_lru *lru, struct list_head *item) KM_SYM(list_lru_add_obj);
/**
 * list_lru_del() - take an item off node @nid's list
 * Also: list_lru_del_obj()
 * Context: as list_lru_add().
 * Return:  true; false if it was on none.
 */
bool list_lru_del(struct list_lru *lru, struct list_head *item, int nid, struct mem_cgroup *memcg)
	KM_SYM(list_lru_del);
bool list_lru_del_obj(struct list_lru *lru, struct list_head *item) KM_SYM(list_lru_del_obj);

/* Items of one node; no lock is taken, so the answer may be old. */
unsigned long list_lru_count_one(struct list_lru *lru, int nid, struct mem_cgroup *memcg)
	KM_SYM(list_lru_count_one);
unsigned long list_lru_count_node(struct list_lru *lru, int nid) KM_SYM(list_lru_count_node);

static inline unsigned long list_lru_shrink_count(struct list_lru *lru, struct shrink_control *sc)
{
	return list_lru_count_one(lru, sc->nid, sc->memcg);
}

/**
 * list_lru_count() - items on all nodes
 * Context: any.
 */
static inline unsigned long list_lru_count(struct list_lru *lru)
{
	unsigned long count = 0;
	int nid;

	for_each_node_state(nid, N_NORMAL_MEMORY)
		count += list_lru_count_node(lru, nid);
	return count;
}

/* For callbacks: take the item off, to nowhere or to @head. */
void list_lru_isolate(struct list_lru_one *list, struct list_head *item) KM_SYM(list_lru_isolate);
void list_lru_isolate_move(struct list_lru_one *list, struct list_head *item,
			   struct list_head *head) KM_SYM(list_lru_isolate_move);

unsigned long list_lru_walk_one(struct list_lru *lru, int nid, struct mem_cgroup *memcg,
				list_lru_walk_cb isolate, void *cb_arg, unsigned long *nr_to_walk)
	KM_SYM(list_lru_walk_one);
/* with interrupts off while the lock is held */
unsigned long list_lru_walk_one_irq(struct list_lru *lru, int nid, struct mem_cgroup *memcg,
				    list_lru_walk_cb isolate, void *cb_arg,
				    unsigned long *nr_to_walk) KM_SYM(list_lru_walk_one_irq);
unsigned long list_lru_walk_node(struct list_lru *lru, int nid, list_lru_walk_cb isolate,
				 void *cb_arg, unsigned long *nr_to_walk)
	KM_SYM(list_lru_walk_node);

static inline unsigned long list_lru_shrink_walk(struct list_lru *lru, struct shrink_control *sc,
						 list_lru_walk_cb isolate, void *cb_arg)
{
	return list_lru_walk_one(lru, sc->nid, sc->memcg, isolate, cb_arg, &sc->nr_to_scan);
}

static inline unsigned long
list_lru_shrink_walk_irq(struct list_lru *lru, struct shrink_control *sc, list_lru_walk_cb isolate,
			 void *cb_arg)
{
	return list_lru_walk_one_irq(lru, sc->nid, sc->memcg, isolate, cb_arg, &sc->nr_to_scan);
}

/**
 * list_lru_walk() - show the oldest items to @isolate, at most @nr_to_walk of them over all nodes
 * Context: as list_lru_add(); @isolate is called with the node's lock held.
 * Return:  how many it removed.
 */
static inline unsigned long list_lru_walk(struct list_lru *lru, list_lru_walk_cb isolate,
					  void *cb_arg, unsigned long nr_to_walk)
{
	unsigned long removed = 0;
	int nid;

	for_each_node_state(nid, N_NORMAL_MEMORY) {
		removed += list_lru_walk_node(lru, nid, isolate, cb_arg, &nr_to_walk);
		if (!nr_to_walk)
			break;
	}
	return removed;
}

#endif
