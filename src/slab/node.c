/* SPDX-License-Identifier: MIT */
/*
 * node.c - the slabs of a cache on each memory node: partial, full and empty ones
 *
 * Owns: struct slab_node and the counts of each listed slab.  S2 and S3 of slab.h hold whenever the
 *       lock is free.
 * N1  A slab is on the lists of the node its pages came from, so what is freed goes home.
 * Lock: node->lock, taken here, one at a time.  Nothing here sleeps; slabs are given back after the
 *       lock is dropped.
 */
#include <linux/mm.h>
#include <linux/topology.h>
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
static unsigned int slab_take_locked(struct kmem_cache *cache, struct page *slab, unsigned int want,
				     void **chain)
{
	struct slab_node *node = &cache->nodes[page_to_nid(slab)];
	void *first = slab->freelist, *last = first;
	unsigned int count = 1, free = slab->objects - slab->inuse;

	if (want > free)
		want = free;
	while (count < want) {
		void *next = link_read(cache, last);

		*(void **)last = next;	/* S1: plain once it is off the slab's list */
		last = next;
		count++;
	}
	slab->freelist = link_read(cache, last);
	*(void **)last = *chain;
	*chain = first;
	slab->inuse += count;
	node->inuse += count;
	slab_file_locked(node, slab);
	return count;
}

/**
 * node_take() - up to @want free objects from slabs of node @nid, fullest lists first
 * Return: a chain of nodes, NULL if every slab there is full.
 */
void *node_take(struct kmem_cache *cache, int nid, unsigned int want)
{
	struct slab_node *node = &cache->nodes[nid];
	unsigned long irq = km_spin_lock(&node->lock);
	void *chain = NULL;

	while (want) {
		struct list_head *from = list_empty(&node->partial) ? &node->empty : &node->partial;

		if (list_empty(from))
			break;
		want -= slab_take_locked(cache, list_first_entry(from, struct page, slab_list),
					 want, &chain);
	}
	km_spin_unlock(&node->lock, irq);
	return chain;
}

/**
 * node_take_near() - as node_take() from the node of this CPU, then from the others in turn
 * @is_urgent: also where the cache's remote_node_defrag_ratio would rather have new pages
 */
void *node_take_near(struct kmem_cache *cache, unsigned int want, bool is_urgent)
{
	int here = numa_mem_id(), count = nr_node_ids, step;
	void *chain = node_take(cache, here, want);

	if (likely(chain || count == 1))
		return chain;
	/* A turn in 1024, spread evenly: as good as chance, and the same in every run. */
	if (!is_urgent &&
	    (__atomic_fetch_add(&cache->remote_turn, 389, __ATOMIC_RELAXED) & 1023) >=
		    cache->remote_ratio)
		return NULL;
	for (step = 1; step < count && !chain; step++)
		chain = node_take(cache, (here + step) % count, want);
	return chain;
}

/**
 * node_add() - list a new slab and take up to @want of its objects
 */
void *node_add(struct kmem_cache *cache, struct page *slab, unsigned int want)
{
	struct slab_node *node = &cache->nodes[page_to_nid(slab)];
	unsigned long irq = km_spin_lock(&node->lock);
	void *chain = NULL;

	node->objects += slab->objects;
	slab_take_locked(cache, slab, want, &chain);
	km_spin_unlock(&node->lock, irq);
	return chain;
}

/* Take empty slabs beyond what is kept off the books, onto @doomed. */
static void node_doom_locked(struct slab_node *node, unsigned int keep, struct list_head *doomed)
{
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

/* Return the nodes at the front of @chain that are at home on @nid; what follows them is left. */
static void *chain_give_locked(struct kmem_cache *cache, int nid, void *chain)
{
	struct slab_node *node = &cache->nodes[nid];

	while (chain) {
		struct page *slab = frame_head(frame_of(chain));
		void *next = *(void **)chain;

		if (page_to_nid(slab) != nid)
			break;
		link_write(cache, chain, slab->freelist);
		slab->freelist = chain;
		slab->inuse--;
		node->inuse--;
		slab_file_locked(node, slab);
		chain = next;
	}
	return chain;
}

/**
 * node_give() - free objects return to their slabs; slabs that became empty go beyond min_partial
 */
void node_give(struct kmem_cache *cache, void *chain)
{
	LIST_HEAD(doomed);

	while (chain) {
		int nid = page_to_nid(frame_head(frame_of(chain)));
		struct slab_node *node = &cache->nodes[nid];
		unsigned long irq = km_spin_lock(&node->lock);

		chain = chain_give_locked(cache, nid, chain);
		node_doom_locked(node, cache->min_partial, &doomed);
		km_spin_unlock(&node->lock, irq);
	}
	slabs_unmake(cache, &doomed);
}

/**
 * node_trim() - give back empty slabs until each node has at most @keep slabs with free objects
 */
void node_trim(struct kmem_cache *cache, unsigned int keep)
{
	LIST_HEAD(doomed);

	for (unsigned int nid = 0; nid < nr_node_ids; nid++) {
		struct slab_node *node = &cache->nodes[nid];
		unsigned long irq = km_spin_lock(&node->lock);

		node_doom_locked(node, keep, &doomed);
		km_spin_unlock(&node->lock, irq);
	}
	slabs_unmake(cache, &doomed);
}

/**
 * nodes_sum() - slabs and objects of all nodes together
 */
struct slab_sum nodes_sum(const struct kmem_cache *cache)
{
	struct slab_sum sum = {};

	for (unsigned int nid = 0; nid < nr_node_ids; nid++) {
		const struct slab_node *node = &cache->nodes[nid];

		sum.partial += node->partial_count;
		sum.slabs += node->partial_count + node->full_count + node->empty_count;
		sum.objects += node->objects;
		sum.inuse += node->inuse;
	}
	return sum;
}

/* -- one object at a time: single.c, check.c -------------------------------------------------- */

struct page *node_first_locked(struct slab_node *node)
{
	struct list_head *from = list_empty(&node->partial) ? &node->empty : &node->partial;

	return list_empty(from) ? NULL : list_first_entry(from, struct page, slab_list);
}

void node_put_new(struct kmem_cache *cache, struct page *slab)
{
	struct slab_node *node = &cache->nodes[page_to_nid(slab)];
	unsigned long irq = km_spin_lock(&node->lock);

	node->objects += slab->objects;
	slab_file_locked(node, slab);
	km_spin_unlock(&node->lock, irq);
}

void slab_count_locked(struct kmem_cache *cache, struct page *slab, unsigned int inuse)
{
	struct slab_node *node = &cache->nodes[page_to_nid(slab)];

	node->inuse += (long)inuse - slab->inuse;
	slab->inuse = inuse;
	slab_file_locked(node, slab);
}
