/* SPDX-License-Identifier: MIT */
/*
 * slab.c - one slab: a block of pages cut into objects
 *
 * Owns: how pages become a slab and stop being one.  Not: the lists slabs stand on (node.c).
 * S4 of slab.h holds from slab_make() to slab_unmake().
 * Lock: none; the slab is not yet, or no longer, known to others.  slab_make() may sleep if its gfp
 *       may block.
 */
#include <linux/bug.h>
#include <linux/gfp.h>
#include <linux/jiffies.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <linux/rcupdate.h>
#include <linux/string.h>
#include <linux/vmstat.h>
#include <linux/topology.h>
#include "slab/debug.h"

/* What a request may say about pages; zone, mobility and zeroing are the cache's business. */
#define SLAB_GFP_RECLAIM	(__GFP_RECLAIM | __GFP_HIGH | __GFP_IO | __GFP_FS | __GFP_NOWARN | \
	__GFP_RETRY_MAYFAIL | __GFP_NOFAIL | __GFP_NORETRY | __GFP_MEMALLOC | __GFP_NOMEMALLOC)
#define SLAB_GFP_PLACE		(__GFP_HARDWALL | __GFP_THISNODE)
#define SLAB_GFP_BUG		(__GFP_DMA32 | __GFP_HIGHMEM | ~__GFP_BITS_MASK)

/**
 * slab_fix_gfp() - drop bits that objects cannot obey, and say so as Linux does
 * @allowed: bits that are fine all the same (__GFP_DMA32 for a cache made with SLAB_CACHE_DMA32)
 */
gfp_t slab_fix_gfp(gfp_t gfp, gfp_t allowed)
{
	gfp_t wrong = gfp & SLAB_GFP_BUG & ~allowed;

	if (likely(!wrong))
		return gfp;
	gfp &= ~wrong;
	pr_warn("Unexpected gfp: %#x (%pGg). Fixing up to gfp: %#x (%pGg). Fix your code!\n",
		wrong, &wrong, gfp, &gfp);
	dump_stack();
	return gfp;
}

/* Linux's lines, at most ten times in five seconds. */
static void slab_say_short(struct kmem_cache *cache, gfp_t gfp, int nid)
{
	static DEFINE_RATELIMIT_STATE(limit, 5 * HZ, 10);
	unsigned int cpu = km_port_cpu(), at;

	if ((gfp & __GFP_NOWARN) || !__ratelimit(&limit))
		return;
	pr_warn("SLUB: Unable to allocate memory on CPU %u (of node %d) on node %d, ", cpu,
		cpu_to_node(cpu), nid);
	pr_cont("gfp=%#x(%pGg)\n", gfp, &gfp);
	pr_warn("  cache: %s, object size: %u, buffer size: %u, default order: %u, min order: %u\n",
		cache->name, cache->object_size, cache->layout.slot, cache->layout.order,
		cache->layout.least_order);
	for (at = 0; at < nr_node_ids; at++) {
		const struct slab_node *node = &cache->nodes[at];

		pr_warn("  node %u: slabs: %u, objs: %lu, free: %lu\n", at,
			node->partial_count + node->full_count + node->empty_count, node->objects,
			node->objects - node->inuse);
	}
}

static struct page *
slab_pages(struct kmem_cache *cache, gfp_t gfp, int nid, unsigned int *ret_order)
{
	unsigned int order = cache->layout.order, least = cache->layout.least_order;
	struct page *page;

	*ret_order = order;
	if (order > least) {
		/* The larger block is a wish: take it only where that costs nobody anything. */
		gfp_t wish = (gfp | __GFP_NOWARN | __GFP_NORETRY) & ~__GFP_NOFAIL;

		if (wish & __GFP_DIRECT_RECLAIM)
			wish = (wish | __GFP_NOMEMALLOC) & ~__GFP_RECLAIM;
		page = slab_page_take(wish, order, PAGE_OWNER_SLAB, nid);
		if (page)
			return page;
		*ret_order = least;
	}
	if (!watch_wants(KM_POINT_PRESSURE))
		return slab_page_take(gfp, least, PAGE_OWNER_SLAB, nid);
	page = slab_page_take(gfp | __GFP_NOWARN, least, PAGE_OWNER_SLAB, nid);
	if (!page) {
		slab_tell_pressure(NULL);	/* of any cache: pages are short */
		page = slab_page_take(gfp, least, PAGE_OWNER_SLAB, nid);
	}
	return page;
}

/* Every object free, in order of address; constructors run once. */
static void slab_cut(struct kmem_cache *cache, struct page *slab)
{
	char *object = (char *)frame_address(slab) + cache->layout.first;
	void *node = NULL;
	unsigned int i;

	if (cache->traits & CACHE_DEBUG)
		debug_slab_new(cache, slab);
	for (i = 0; i < slab->objects; i++, object += cache->layout.slot) {
		if (cache->traits & CACHE_DEBUG)
			debug_object_new(cache, object);
		if (cache->ctor)
			cache->ctor(object);
		if (node)
			link_write(cache, node, object_node(cache, object));
		else
			slab->freelist = object_node(cache, object);
		node = object_node(cache, object);
	}
	link_write(cache, node, NULL);
	if (slab_random && !(cache->traits & CACHE_INTERNAL))
		harden_shuffle(cache, slab);
}

/* What /proc/vmstat and node_page_state() tell: bytes of whole pages. */
static void slab_count(const struct kmem_cache *cache, struct page *slab, long sign)
{
	mod_node_page_state(page_pgdat(slab), cache->flags & SLAB_RECLAIM_ACCOUNT ?
			    NR_SLAB_RECLAIMABLE_B : NR_SLAB_UNRECLAIMABLE_B,
			    sign * (long)(PAGE_SIZE << slab->order));
}

/**
 * slab_make() - a new slab of @cache with all objects free
 * @nid: the node its pages should, with __GFP_THISNODE must, come from; NUMA_NO_NODE: any
 * Return: its head frame, on no list; NULL if pages are short.
 */
struct page *slab_make(struct kmem_cache *cache, gfp_t gfp, int nid)
{
	unsigned int order, i;
	struct page *slab;

	gfp = slab_fix_gfp(gfp, cache->page_gfp);
	WARN_ON_ONCE(cache->ctor && (gfp & __GFP_ZERO));
	gfp = (gfp & (SLAB_GFP_RECLAIM | SLAB_GFP_PLACE)) | cache->page_gfp;
	slab = slab_pages(cache, gfp, nid, &order);
	if (!slab) {
		slab_say_short(cache, gfp, nid);
		return NULL;
	}
	for (i = 0; i < 1u << order; i++) {
		slab[i].owner = PAGE_OWNER_SLAB;
		slab[i].slab_cache = cache;
	}
	slab->objects = slab_layout_objects(&cache->layout, order);
	slab->inuse = 0;
	slab->slab_state = SLAB_ON_NONE;
	slab->order = order;
	if (cache->traits & CACHE_ZERO_FREE)
		memset(frame_address(slab), 0, PAGE_SIZE << order);
	slab_count(cache, slab, 1);
	slab_tell_slab(KM_POINT_SLAB_NEW, cache, slab);
	slab_cut(cache, slab);
	guard_fence_slab(&cache->layout, slab, true);
	return slab;
}

/**
 * slab_give_pages() - end a slab at once
 */
void slab_give_pages(struct page *slab)
{
	struct kmem_cache *cache = slab->slab_cache;
	unsigned int order = slab->order, i;

	guard_fence_slab(&cache->layout, slab, false);
	slab_tell_slab(KM_POINT_SLAB_GONE, cache, slab);
	slab_count(cache, slab, -1);
	/* No frame may keep a cache's name: kfree() of a stale pointer would be sent to it. */
	for (i = 0; i < 1u << order; i++) {
		slab[i].slab_cache = NULL;
		if (i)
			slab[i].owner = PAGE_OWNER_FREE;
	}
	slab->freelist = NULL;
	slab->private = 0;
	page_give(slab, order);
}

static void slab_grace_over(struct rcu_head *head)
{
	slab_give_pages(container_of(head, struct page, rcu_head));
}

/**
 * slab_unmake() - end a slab; with SLAB_TYPESAFE_BY_RCU once the readers of today are done
 */
void slab_unmake(struct kmem_cache *cache, struct page *slab)
{
	if (cache->flags & SLAB_TYPESAFE_BY_RCU)
		call_rcu(&slab->rcu_head, slab_grace_over);
	else
		slab_give_pages(slab);
}

/**
 * slab_object_of() - the object whose slot holds @address
 * Return: its start; the first object's for the gap before it, the last one's for what is left over
 *         at the end.
 */
void *slab_object_of(const struct kmem_cache *cache, const struct page *slab, const void *address)
{
	char *first = (char *)frame_address(slab) + cache->layout.first;
	size_t index;

	if ((const char *)address < first)
		return first;
	index = ((const char *)address - first) / cache->layout.slot;
	if (index >= slab->objects)
		index = slab->objects - 1;
	return first + index * cache->layout.slot;
}
