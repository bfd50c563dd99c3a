/* SPDX-License-Identifier: MIT */
/*
 * stats.c - every cache in numbers, for /proc/slabinfo and /proc/meminfo
 *
 * Owns nothing.  A cache's numbers are those of one moment if nobody allocates meanwhile.
 * Lock: slab_caches_lock while the caches are walked, each node's lock inside it.  Nothing sleeps.
 */
#include "slab/slab.h"

static unsigned long objects_held(const struct kmem_cache *cache)
{
	unsigned long held = 0;

	for (unsigned int cpu = 0; cpu < km_port_cpus(); cpu++)
		held += READ_ONCE(cache->cpu[cpu].count);
	return held;
}

static void stats_read(const struct kmem_cache *cache, struct slab_stats *ret_stats)
{
	struct slab_sum sum = nodes_sum(cache);
	unsigned long held = objects_held(cache);

	*ret_stats = (struct slab_stats) {
		.name = cache->name,
		.objects = sum.objects,
		.active_objects = sum.inuse > held ? sum.inuse - held : 0,
		.slabs = sum.slabs,
		.slot_bytes = cache->layout.slot,
		.objects_per_slab = slab_layout_objects(&cache->layout, cache->layout.order),
		.order = cache->layout.order,
		.is_reclaimable = cache->flags & SLAB_RECLAIM_ACCOUNT,
	};
	for (unsigned int nid = 0; nid < nr_node_ids; nid++) {
		const struct slab_node *node = &cache->nodes[nid];

		ret_stats->node_slabs[nid] = node->partial_count + node->full_count +
					     node->empty_count;
	}
}

/**
 * slab_stats_each() - call @see with the numbers of each cache, the newest first, as Linux does
 * @see: must not allocate from a cache, nor sleep
 */
void slab_stats_each(void (*see)(const struct slab_stats *stats, void *arg), void *arg)
{
	unsigned long irq = km_spin_lock(&slab_caches_lock);
	struct slab_stats stats;
	struct kmem_cache *cache;

	list_for_each_entry_reverse(cache, &slab_caches, caches) {
		stats_read(cache, &stats);
		see(&stats, arg);
	}
	km_spin_unlock(&slab_caches_lock, irq);
}
