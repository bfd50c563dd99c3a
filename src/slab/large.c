/* SPDX-License-Identifier: MIT */
/*
 * large.c - kmalloc above KMALLOC_MAX_CACHE_SIZE: a block of whole pages
 *
 * Owns: frames with PAGE_OWNER_LARGE; the head's index is the size asked for, its lru links it to
 *       large_list.
 * L1  Every large object is on large_list from large_alloc() to large_free().
 * Lock: large_lock (km_spin).  Allocation may sleep if its gfp may block; freeing never does.
 */
#include <linux/bug.h>
#include <linux/gfp.h>
#include <linux/mm.h>
#include "slab/slab.h"
#include "slab/slab_room.h"

static struct km_spin large_lock = KM_SPIN_INIT;
static LIST_HEAD(large_list);
static unsigned long large_objects;

static struct page *large_pages(gfp_t gfp, unsigned int order, int nid)
{
	struct page *page;

	if (!watch_wants(KM_POINT_PRESSURE))
		return slab_page_take(gfp, order, PAGE_OWNER_LARGE, nid);
	page = slab_page_take(gfp | __GFP_NOWARN, order, PAGE_OWNER_LARGE, nid);
	if (!page) {
		slab_tell_pressure(NULL);
		page = slab_page_take(gfp, order, PAGE_OWNER_LARGE, nid);
	}
	return page;
}

/* The body; large_alloc_watched() is its twin. */
void *large_alloc(size_t size, gfp_t gfp, const struct slab_call *call)
{
	unsigned int order;
	struct page *page;
	unsigned long irq;

	if (unlikely(size > KMALLOC_MAX_SIZE)) {
		WARN_ONCE(!(gfp & __GFP_NOWARN), "%s: %zu bytes are more than KMALLOC_MAX_SIZE\n",
			  call->what, size);
		return NULL;
	}
	order = slab_guards ? guard_order(size) : get_order(size);
	if (order > MAX_PAGE_ORDER)
		order = get_order(size);
	gfp = slab_fix_gfp(gfp, 0) | __GFP_COMP;
	page = large_pages(gfp, order, call->node_wish - 1);
	if (!page)
		return NULL;
	page->index = size;
	irq = km_spin_lock(&large_lock);
	list_add(&page->lru, &large_list);
	large_objects++;
	km_spin_unlock(&large_lock, irq);
	if (slab_guards)
		guard_fence_large(page, true);
	return large_start(page);
}

void *large_start(const struct page *page)
{
	return slab_guards ? guard_place(page, page->index) : frame_address(page);
}

size_t large_usable(const struct page *page)
{
	return slab_guards ? ALIGN(page->index, sizeof(long)) : PAGE_SIZE << page->order;
}

void large_free(struct page *page)
{
	unsigned long irq = km_spin_lock(&large_lock);

	list_del(&page->lru);
	large_objects--;
	km_spin_unlock(&large_lock, irq);
	if (slab_guards)
		guard_fence_large(page, false);
	page->index = 0;
	page_give(page, page->order);
}

unsigned long large_count(void)
{
	return __atomic_load_n(&large_objects, __ATOMIC_RELAXED);
}

unsigned long slab_large_pages(unsigned int node)
{
	unsigned long irq = km_spin_lock(&large_lock), pages = 0;
	const struct page *page;

	list_for_each_entry(page, &large_list, lru) {
		if (node == ~0u || (unsigned int)page_to_nid(page) == node)
			pages += 1ul << page->order;
	}
	km_spin_unlock(&large_lock, irq);
	return pages;
}

unsigned long large_free_all(void)
{
	unsigned long left = 0;

	for (; !list_empty(&large_list); left++)
		large_free(list_first_entry(&large_list, struct page, lru));
	return left;
}
