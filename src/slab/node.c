/* SPDX-License-Identifier: MIT */
/*
 * node.c - the slabs of a cache: partial, full and empty ones
 *
 * Owns: struct slab_node and the counts of each listed slab.  S2 and S3 of slab.h hold whenever the
 *       lock is free.
 * Lock: node->lock, taken here.  Nothing here sleeps; slabs are given back after the lock is
 *       dropped.
 */
#include "slab/slab.h"

void node_start(struct slab_node *node)
{
	*node = (struct slab_node) { .lock = KM_SPIN_INIT };
	INIT_LIST_HEAD(&node->partial);
	INIT_LIST_HEAD(&node->full);
	INIT_LIST_HEAD(&node->empty);
}

static enum slab_list_id slab_belongs(const struct page *slab)
{
	if (!slab->inuse)
		return SLAB_ON_EMPTY;
	return slab->inuse == slab->objects ? SLAB_ON_FULL : SLAB_ON_PARTIAL;
}

static u32 *list_counter(struct slab_node *node, enum slab_list_id id)
{
	if (id == SLAB_ON_EMPTY)
		return &node->empty_count;
	return id == SLAB_ON_FULL ? &node->full_count : &node->partial_count;
}

static struct list_head *list_of(struct slab_node *node, enum slab_list_id id)
{
	if (id == SLAB_ON_EMPTY)
		return &node->empty;
	return id == SLAB_ON_FULL ? &node->full : &node->partial;
}

static void slab_unlist_locked(struct slab_node *node, struct page *slab)
{
	list_del(&slab->slab_list);
	--*list_counter(node, slab->slab_state);
	slab->slab_state = SLAB_ON_NONE;
}

/* Put the slab where S3 wants it. */
static void slab_file_locked(struct slab_node *node, struct page *slab)
{
	enum slab_list_id id = slab_belongs(slab);

	if (slab->slab_state == id)
		return;
	if (slab->slab_state != SLAB_ON_NONE)
		slab_unlist_locked(node, slab);
	list_add(&slab->slab_list, list_of(node, id));
	++*list_counter(node, id);
	slab->slab_state = id;
}

/* Move up to @want nodes from the slab to the front of *chain; returns how many. */
static unsigned int slab_take_locked(struct slab_node *node, struct page *slab, unsigned int want,
				     void **chain)
{
	void *first = slab->freelist, *last = first;
	unsigned int count = 1, free = slab->objects - slab->inuse;

	if (want > free)
		want = free;
	while (count < want) {
		last = *(void **)last;
		count++;
	}
	slab->freelist = *(void **)last;
	*(void **)last = *chain;
	*chain = first;
	slab->inuse += count;
	node->inuse += count;
	slab_file_locked(node, slab);
	return count;
}

/**
 * node_take() - up to @want free objects from slabs that exist, fullest lists first
 * Return: a chain of nodes, NULL if every slab is full.
 */
void *node_take(struct kmem_cache *cache, unsigned int want)
{
	struct slab_node *node = &cache->node;
	unsigned long irq = km_spin_lock(&node->lock);
	void *chain = NULL;

	while (want) {
		struct list_head *from = list_empty(&node->partial) ? &node->empty : &node->partial;

		if (list_empty(from))
			break;
		want -= slab_take_locked(node, list_first_entry(from, struct page, slab_list), want,
					 &chain);
	}
	km_spin_unlock(&node->lock, irq);
	return chain;
}

/**
 * node_add() - list a new slab and take up to @want of its objects
 */
void *node_add(struct kmem_cache *cache, struct page *slab, unsigned int want)
{
	struct slab_node *node = &cache->node;
	unsigned long irq = km_spin_lock(&node->lock);
	void *chain = NULL;

	node->objects += slab->objects;
	slab_take_locked(node, slab, want, &chain);
	km_spin_unlock(&node->lock, irq);
	return chain;
}

/* Take empty slabs beyond what is kept off the books, onto @doomed. */
static void node_doom_locked(struct kmem_cache *cache, unsigned int keep, struct list_head *doomed)
{
	struct slab_node *node = &cache->node;

	while (node->empty_count && node->empty_count + node->partial_count > keep) {
		struct page *slab = list_last_entry(&node->empty, struct page, slab_list);

		slab_unlist_locked(node, slab);
		node->objects -= slab->objects;
		list_add(&slab->slab_list, doomed);
	}
}

static void slabs_unmake(struct kmem_cache *cache, struct list_head *doomed)
{
	while (!list_empty(doomed)) {
		struct page *slab = list_first_entry(doomed, struct page, slab_list);

		list_del(&slab->slab_list);
		slab_unmake(cache, slab);
	}
}

/**
 * node_give() - free objects return to their slabs; slabs that became empty go beyond min_partial
 */
void node_give(struct kmem_cache *cache, void *chain)
{
	struct slab_node *node = &cache->node;
	unsigned long irq;
	LIST_HEAD(doomed);

	if (!chain)
		return;
	irq = km_spin_lock(&node->lock);
	while (chain) {
		struct page *slab = frame_head(frame_of(chain));
		void *next = *(void **)chain;

		*(void **)chain = slab->freelist;
		slab->freelist = chain;
		slab->inuse--;
		node->inuse--;
		slab_file_locked(node, slab);
		chain = next;
	}
	node_doom_locked(cache, cache->min_partial, &doomed);
	km_spin_unlock(&node->lock, irq);
	slabs_unmake(cache, &doomed);
}

/**
 * node_trim() - give back empty slabs until at most @keep slabs with free objects are left
 */
void node_trim(struct kmem_cache *cache, unsigned int keep)
{
	unsigned long irq = km_spin_lock(&cache->node.lock);
	LIST_HEAD(doomed);

	node_doom_locked(cache, keep, &doomed);
	km_spin_unlock(&cache->node.lock, irq);
	slabs_unmake(cache, &doomed);
}
