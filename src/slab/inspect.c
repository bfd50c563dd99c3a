/* SPDX-License-Identifier: MIT */
/*
 * inspect.c - read caches without changing them: for reports, rules and tests
 *
 * Lock: each cache's node lock while its lists are walked.  Nothing sleeps.
 */
#include <linux/printk.h>
#include "slab/debug.h"

bool slab_find(const void *address, struct slab_place *ret_place)
{
	struct page *page = frame_of(address), *head;
	struct slab_place place = {};

	if (!page)
		return false;
	head = frame_head(page);
	if (head->owner == PAGE_OWNER_SLAB && head->slab_cache) {
		place.cache = head->slab_cache;
		place.object = slab_object_of(place.cache, head, address);
		place.object_size = place.cache->object_size;
	} else if (head->owner == PAGE_OWNER_LARGE) {
		place.object = large_start(head);
		place.object_size = large_usable(head);
	} else {
		return false;
	}
	place.offset = (const char *)address - (char *)place.object;
	*ret_place = place;
	return true;
}

const char *slab_cache_name(const struct kmem_cache *cache)
{
	return cache->name;
}

size_t slab_cache_object_size(const struct kmem_cache *cache)
{
	return cache->object_size;
}

bool slab_cache_is_watched(const struct kmem_cache *cache)
{
	return cache->traits & CACHE_WATCHED;
}

bool slab_cache_is_typesafe(const struct kmem_cache *cache)
{
	return cache->flags & SLAB_TYPESAFE_BY_RCU;
}

bool slab_cache_has_ctor(const struct kmem_cache *cache)
{
	return cache->ctor;
}

bool slab_cache_has_flag(const struct kmem_cache *cache, unsigned int bit)
{
	return (__force unsigned int)cache->flags & bit;
}

unsigned long slab_cache_objects_out(struct kmem_cache *cache)
{
	unsigned int cpu, cpus = km_port_cpus();
	unsigned long out = nodes_sum(cache).inuse;

	for (cpu = 0; cpu < cpus; cpu++)
		out -= cache->cpu[cpu].count;
	return out;
}

struct kmem_cache *slab_cache_next(struct kmem_cache *cache)
{
	struct list_head *next = cache ? cache->caches.next : slab_caches.next;

	return next == &slab_caches ? NULL : list_entry(next, struct kmem_cache, caches);
}

static bool damaged(const struct kmem_cache *cache, const void *where, const char *what)
{
	pr_err("slab: cache %s, 0x%px: %s\n", cache->name, where, what);
	return false;
}

static bool node_is_sound(const struct kmem_cache *cache, const struct page *slab, void *node)
{
	const void *object = node_object(cache, node);

	return frame_of(node) && frame_head(frame_of(node)) == slab &&
	       slab_object_of(cache, slab, object) == object;
}

static bool
slab_is_sound(const struct kmem_cache *cache, const struct page *slab, enum slab_list_id id)
{
	unsigned int free = slab->objects - slab->inuse, count = 0;
	void *node;

	if (slab->owner != PAGE_OWNER_SLAB || slab->slab_cache != cache)
		return damaged(cache, slab, "a slab's frame has another owner (S4)");
	if (slab->inuse > slab->objects || slab->slab_state != id)
		return damaged(cache, slab, "a slab is on the wrong list (S3)");
	for (node = slab->freelist; node && count <= free; node = link_read(cache, node), count++)
		if (!node_is_sound(cache, slab, node))
			return damaged(cache, node, "a free list leads out of its slab");
	if (count != free)
		return damaged(cache, slab, "a free list and its count differ (S2)");
	if ((id == SLAB_ON_FULL) != !free || (id == SLAB_ON_EMPTY) != !slab->inuse)
		return damaged(cache, slab, "a slab is on the wrong list (S3)");
	return true;
}

static bool list_is_sound(const struct kmem_cache *cache, const struct list_head *slabs, u32 count,
			  enum slab_list_id id, unsigned long *objects, unsigned long *inuse)
{
	const struct page *slab;

	list_for_each_entry(slab, slabs, slab_list) {
		if (!slab_is_sound(cache, slab, id))
			return false;
		*objects += slab->objects;
		*inuse += slab->inuse;
		count--;
	}
	return !count || damaged(cache, slabs, "a list of slabs and its count differ");
}

static bool cpu_lists_are_sound(const struct kmem_cache *cache)
{
	unsigned int cpu, cpus = km_port_cpus();

	for (cpu = 0; cpu < cpus; cpu++) {
		const struct pcpu_head *head = &cache->cpu[cpu];
		u32 count = 0;
		void *node;

		for (node = head->first; node && count <= head->count;
		     node = *(void **)node, count++)
			if (!frame_of(node) || frame_of(node)->slab_cache != cache)
				return damaged(cache, node, "a CPU's list leads out of its cache");
		if (count != head->count)
			return damaged(cache, head, "a CPU's list and its count differ (C1)");
	}
	return true;
}

static bool node_lists_are_sound(struct kmem_cache *cache, struct slab_node *node)
{
	unsigned long irq = km_spin_lock(&node->lock), objects = 0, inuse = 0;
	bool is_sound;

	is_sound = list_is_sound(cache, &node->partial, node->partial_count, SLAB_ON_PARTIAL,
				 &objects, &inuse) &&
		   list_is_sound(cache, &node->full, node->full_count, SLAB_ON_FULL, &objects,
				 &inuse) &&
		   list_is_sound(cache, &node->empty, node->empty_count, SLAB_ON_EMPTY, &objects,
				 &inuse);
	if (is_sound && (objects != node->objects || inuse != node->inuse))
		is_sound = damaged(cache, node, "the sums over all slabs differ (S2)");
	km_spin_unlock(&node->lock, irq);
	return is_sound;
}

bool slab_cache_validate(struct kmem_cache *cache)
{
	for (unsigned int nid = 0; nid < nr_node_ids; nid++)
		if (!node_lists_are_sound(cache, &cache->nodes[nid]))
			return false;
	return true;
}

static bool cache_is_sound(struct kmem_cache *cache)
{
	return slab_cache_validate(cache) && cpu_lists_are_sound(cache);
}

/**
 * slab_validate() - walk every cache; nobody else may use them meanwhile
 */
bool slab_validate(void)
{
	struct kmem_cache *cache;

	for (cache = slab_cache_next(NULL); cache; cache = slab_cache_next(cache))
		if (!cache_is_sound(cache))
			return false;
	return true;
}

static void dump_stack_of(const struct track *track)
{
	const uintptr_t *pcs;
	unsigned int count = depot_get(track->stack, &pcs), i;

	for (i = 0; i < count; i++)
		pr_info("    %pS\n", (void *)pcs[i]);
}

static void dump_object(const struct slab_place *place)
{
	const struct kmem_cache *cache = place->cache;
	const struct track *taken, *freed;

	pr_cont(" slab %s start %px pointer offset %zu size %zu", cache->name, place->object,
		place->offset, place->object_size);
	if (!cache->layout.track) {
		pr_cont("\n");
		return;
	}
	taken = object_track(cache, place->object, TRACK_ALLOC);
	freed = object_track(cache, place->object, TRACK_FREE);
	if (taken->addr)
		pr_cont(" allocated at %pS", (void *)taken->addr);
	pr_cont("\n");
	dump_stack_of(taken);
	if (freed->stack) {
		pr_info(" Free path:\n");
		dump_stack_of(freed);
	}
}

bool kmem_dump_obj(void *object)
{
	struct slab_place place;

	if (!slab_find(object, &place))
		return false;
	if (place.cache)
		dump_object(&place);
	else
		pr_cont(" large kmalloc start %px pointer offset %zu size %zu\n", place.object,
			place.offset, place.object_size);
	return true;
}

static void slabs_retell(struct kmem_cache *cache, struct list_head *slabs)
{
	struct page *slab;

	list_for_each_entry(slab, slabs, slab_list)
		slab_tell_slab(KM_POINT_SLAB_NEW, cache, slab);
}

/**
 * slab_retell() - tell rules that were armed just now of the slabs that were made before
 *
 * Otherwise the gaps of those slabs stay open for ever, and objects taken from them later can be
 * overrun unseen.  What the engine itself has taken from them is closed too: only user's code is
 * looked at.
 * Context: boot, one CPU: nobody else uses the caches.
 */
void slab_retell(void)
{
	struct kmem_cache *cache = NULL;

	while ((cache = slab_cache_next(cache))) {
		for (unsigned int nid = 0; nid < nr_node_ids; nid++) {
			slabs_retell(cache, &cache->nodes[nid].partial);
			slabs_retell(cache, &cache->nodes[nid].full);
			slabs_retell(cache, &cache->nodes[nid].empty);
		}
	}
}
