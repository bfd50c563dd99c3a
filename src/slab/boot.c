/* SPDX-License-Identifier: MIT */
/*
 * boot.c - the first caches, and the end of all
 *
 * The cache of caches describes itself: it lies in static storage, because nothing can be allocated
 * before it.
 * Context: boot and shutdown, one thread.
 */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/string.h>
#include "slab/debug.h"
#include "slab/take.h"

static union {
	struct kmem_cache cache;
	u8 room[sizeof(struct kmem_cache) + KM_MAX_CPUS * sizeof(struct pcpu_head) +
		MAX_NUMNODES * sizeof(struct slab_node)];
} first;

struct kmem_cache *cache_of_caches;
bool slab_watched;

bool slab_is_available(void)
{
	return cache_of_caches;
}

/**
 * slab_boot() - the cache of caches, then the kmalloc caches
 */
int slab_boot(bool watched)
{
	struct kmem_cache_args args = { .align = __alignof__(struct kmem_cache) };
	unsigned int size = sizeof(struct kmem_cache) + km_port_cpus() * sizeof(struct pcpu_head) +
			    nr_node_ids * sizeof(struct slab_node);
	int error;

	memset(&first, 0, sizeof(first));
	slab_watched = watched;
	slab_deferred = 0;
	if (slab_layout_make(&first.cache.layout, size, &args, 0, false))
		return -EINVAL;
	cache_start(&first.cache, size, &args, 0, 0);
	first.cache.name = "kmem_cache";
	cache_of_caches = &first.cache;
	error = names_boot();
	if (!error)
		error = kmalloc_caches_make();
	if (!error)
		error = buckets_boot();
	giver_start();
	if (error)
		slab_shutdown();
	return error;
}

static void slabs_free(struct list_head *slabs)
{
	while (!list_empty(slabs)) {
		struct page *slab = list_first_entry(slabs, struct page, slab_list);

		list_del(&slab->slab_list);
		slab_give_pages(slab);
	}
}

static void cache_end(struct kmem_cache *cache)
{
	cache_flush_all(cache);
	for (unsigned int nid = 0; nid < nr_node_ids; nid++) {
		slabs_free(&cache->nodes[nid].partial);
		slabs_free(&cache->nodes[nid].full);
		slabs_free(&cache->nodes[nid].empty);
	}
}

/**
 * slab_shutdown() - free everything; what users still had is counted and named
 */
unsigned long slab_shutdown(void)
{
	struct kmem_cache *cache, *next;
	unsigned long left = 0;

	giver_stop();
	rcu_barrier();
	buckets_end();
	/* The newest first: the cache of aliases, which is the oldest, is needed until the end. */
	list_for_each_entry_safe_reverse(cache, next, &slab_caches, caches) {
		unsigned long objects = slab_cache_objects_out(cache);
		bool is_users = !(cache->traits & (CACHE_KMALLOC | CACHE_INTERNAL));

		if (objects || is_users)
			pr_warn("slab: cache %s: %lu objects left\n", cache->name, objects);
		left += is_users ? cache->users : objects;
		cache_end(cache);
		cache_unmake(cache);
	}
	if (large_count())
		pr_warn("slab: %lu large kmalloc objects left\n", large_count());
	left += large_free_all();
	depot_forget();
	cache_end(cache_of_caches);
	cache_of_caches = NULL;
	memset(kmalloc_caches, 0, sizeof(kmalloc_caches));
	return left;
}
