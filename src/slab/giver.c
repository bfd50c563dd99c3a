/* SPDX-License-Identifier: MIT */
/*
 * giver.c - what caches keep for speed goes back when memory is short
 *
 * Owns: the hold on a cache that is looked through.
 * W1  A cache that is held stays on the list and is not taken apart: who ends one waits.
 * W2  A cache that is being ended (is_closing) is not held any more.
 * Lock: slab_caches_lock for the walk; no lock is held while a cache is emptied.  Task context,
 * sleeps: other CPUs empty their lists themselves, and kfree_rcu() objects need a grace period.
 */
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <reclaim/reclaim_room.h>
#include "slab/slab.h"

/* Let go of @cache (NULL: none yet) and hold the next one; NULL at the end. */
static struct kmem_cache *cache_hold_next(struct kmem_cache *cache)
{
	unsigned long irq = km_spin_lock(&slab_caches_lock);
	struct list_head *at = cache ? cache->caches.next : slab_caches.next;

	if (cache)
		cache->holds--;
	cache = NULL;
	for (; at != &slab_caches && !cache; at = at->next) {
		cache = list_entry(at, struct kmem_cache, caches);
		if (cache->is_closing)
			cache = NULL;
		else
			cache->holds++;
	}
	km_spin_unlock(&slab_caches_lock, irq);
	return cache;
}

static bool is_held(struct kmem_cache *cache)
{
	unsigned long irq = km_spin_lock(&slab_caches_lock);
	bool is_held = cache->holds != 0;

	cache->is_closing = true;
	km_spin_unlock(&slab_caches_lock, irq);
	return is_held;
}

/**
 * cache_close() - @cache is about to be ended: wait until nobody looks through it
 * Context: task, may sleep.
 */
void cache_close(struct kmem_cache *cache)
{
	while (is_held(cache))
		schedule_timeout_uninterruptible(1);
}

static bool keeps_anything(const struct kmem_cache *cache)
{
	for (unsigned int cpu = 0; cpu < km_port_cpus(); cpu++) {
		if (READ_ONCE(cache->cpu[cpu].count))
			return true;
	}
	for (unsigned int nid = 0; nid < nr_node_ids; nid++) {
		if (READ_ONCE(cache->nodes[nid].empty_count))
			return true;
	}
	return false;
}

static unsigned long cache_give_slabs(struct kmem_cache *cache)
{
	unsigned long before = nodes_sum(cache).slabs, after;

	if (!keeps_anything(cache))
		return 0;
	kmem_cache_shrink(cache);
	after = nodes_sum(cache).slabs;
	return before > after ? (before - after) << cache->layout.order : 0;
}

static unsigned long slab_give(void)
{
	struct kmem_cache *cache = NULL;
	unsigned long pages = 0;

	watch_enter();
	if (__atomic_load_n(&slab_deferred, __ATOMIC_ACQUIRE))
		rcu_barrier();
	while ((cache = cache_hold_next(cache)))
		pages += cache_give_slabs(cache);
	pages += cache_give_slabs(cache_of_caches);
	watch_leave();
	return pages;
}

static struct reclaim_giver slab_giver = { .name = "slab", .give = slab_give };

void giver_start(void)
{
	reclaim_register_giver(&slab_giver);
}

void giver_stop(void)
{
	reclaim_unregister_giver(&slab_giver);
}
