/* SPDX-License-Identifier: MIT */
/*
 * validate.c - validate_slab_cache(): look at every object that can be reached
 *
 * Slabs with free objects always; full ones only with SLAB_STORE_USER, as in Linux, whose caches
 * know their full slabs only then.
 * Lock: the node's, held for the whole walk.  May sleep before it: every CPU's list is given back.
 */
#include <linux/bitmap.h>
#include <linux/errno.h>
#include <linux/poison.h>
#include <linux/printk.h>
#include "slab/debug.h"

/* Objects on the free list, by a bit each; the rest is out. */
static void validate_slab(struct kmem_cache *cache, struct page *slab, unsigned long *free)
{
	char *object = (char *)frame_address(slab) + cache->layout.first;
	unsigned int i;
	void *node;

	if (!check_slab(cache, slab) || !check_freelist(cache, slab, NULL))
		return;
	bitmap_zero(free, slab->objects);
	for (node = slab->freelist; node; node = link_read(cache, node))
		__set_bit(((char *)node_object(cache, node) - object) / cache->layout.slot, free);
	for (i = 0; i < slab->objects; i++, object += cache->layout.slot) {
		u8 red = test_bit(i, free) ? SLUB_RED_INACTIVE : SLUB_RED_ACTIVE;

		if (!check_object(cache, slab, object, red))
			break;
	}
}

static long validate_list(struct kmem_cache *cache, struct list_head *slabs, u32 counter,
			  const char *what, unsigned long *free)
{
	struct page *slab, *next;
	u32 count = 0;

	list_for_each_entry(slab, slabs, slab_list)
		count++;
	if (count != counter && !report_is_counted())
		pr_err("SLUB %s: %u %s slabs counted but counter=%u\n", cache->name, count, what,
		       counter);
	/* A repair may move the slab to another list. */
	list_for_each_entry_safe(slab, next, slabs, slab_list)
		validate_slab(cache, slab, free);
	return count;
}

static long validate_node(struct kmem_cache *cache, struct slab_node *node, unsigned long *free)
{
	unsigned long irq = km_spin_lock(&node->lock);
	long slabs = validate_list(cache, &node->partial, node->partial_count, "partial", free);

	slabs += validate_list(cache, &node->empty, node->empty_count, "partial", free);
	if (cache->flags & SLAB_STORE_USER)
		slabs += validate_list(cache, &node->full, node->full_count, "full", free);
	km_spin_unlock(&node->lock, irq);
	return slabs;
}

long validate_slab_cache(struct kmem_cache *cache)
{
	struct page *room = page_take(GFP_KERNEL, 0, PAGE_OWNER_PAGES);
	unsigned int nid;
	long slabs = 0;

	if (!room)
		return -ENOMEM;
	_Static_assert(SLAB_MAX_OBJECTS <= PAGE_SIZE * 8, "a page has a bit for each object");
	cache_flush_everywhere(cache);
	for (nid = 0; nid < nr_node_ids; nid++)
		slabs += validate_node(cache, &cache->nodes[nid], frame_address(room));
	page_give(room, 0);
	return slabs;
}
