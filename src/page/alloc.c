/* SPDX-License-Identifier: MIT */
/*
 * alloc.c - blocks of 2^order pages: the entries, the walk over zones, what a fresh block must
 * look like
 *
 * Owns: the order in which zones and marks are tried. Not: what to do when all failed
 * (alloc_slow.c).
 * Lock: none of its own; zone->lock in pcp.c and here around buddy_take_locked().
 * Only the slow road may sleep, and only if the request allows it.
 */
#include "page/alloc.h"

#include <linux/bug.h>
#include "page/page_room.h"
#include "page/watched.h"

bool page_watched;
bool page_init_on_alloc, page_init_on_free;
gfp_t page_zero_gfp;

static void dress_tails(struct page *page, unsigned int order, enum page_owner owner,
			bool is_compound)
{
	for (unsigned long i = 1; i < 1UL << order; i++) {
		struct page *tail = page + i;

		tail->owner = owner;
		tail->order = FRAME_INTERIOR;
		tail->private = 0;
		if (is_compound)
			__atomic_store_n(&tail->compound_head, (unsigned long)page | 1,
					 __ATOMIC_RELAXED);
	}
}

/* The part of A1 that single unwiped pages do not need. */
noinline void page_dress(struct page *page, gfp_t gfp, unsigned int order, enum page_owner owner)
{
	if (order > 1 && (gfp & __GFP_NOFAIL) && !(gfp & __GFP_NOWARN))
		WARN_ONCE(1, "page: __GFP_NOFAIL for order %u: more than order 1\n", order);
	if (order)
		dress_tails(page, order, owner, gfp & __GFP_COMP);
	if (order && (gfp & __GFP_COMP))
		page->flags |= 1UL << PG_head;
	if ((gfp | page_zero_gfp) & __GFP_ZERO)
		__builtin_memset(frame_address(page), 0, PAGE_SIZE << order);
}

static struct page *zone_take(struct page_zone *zone, const struct page_ask *ask,
			      unsigned long limit)
{
	struct page *page;
	unsigned long irq;

	if (ask->order < PCP_ORDERS) {
		page = pcp_take(zone, ask->order);
		return page ? page : pcp_refill(zone, ask->order, limit);
	}
	irq = km_spin_lock(&zone->lock);
	page = buddy_take_locked(zone, ask->order);
	km_spin_unlock(&zone->lock, irq);
	return page;
}

/* Try the zones from the highest allowed downwards, each down to @mark as @ask may use it. */
struct page *zones_take(const struct page_ask *ask, enum zone_mark mark)
{
	bool ignores_marks = ask->use_all && mark == MARK_MIN;

	for (unsigned int id = ask->zone_top + 1; id-- > 0;) {
		struct page_zone *zone = &page_zone[id];
		unsigned long limit = ignores_marks ? 0 : watermark_limit(zone, mark, ask);
		struct page *page;

		if (!zone_is_populated(zone))
			continue;
		if (!ignores_marks && !watermark_is_ok(zone, ask->order, limit))
			continue;
		page = zone_take(zone, ask, limit);
		if (page)
			return page;
	}
	return NULL;
}

/* Linux warns once, from the first caller that did not ask for silence. */
static bool order_is_served(gfp_t gfp, unsigned int order)
{
	if (order <= MAX_PAGE_ORDER)
		return true;
	if (!(gfp & __GFP_NOWARN))
		WARN_ONCE(1, "page: order %u is larger than MAX_PAGE_ORDER\n", order);
	return false;
}

noinline struct page *page_alloc_cold(gfp_t gfp, unsigned int order, enum page_owner owner)
{
	struct page_ask ask;
	struct page *page;

	if (!order_is_served(gfp, order))
		return NULL;
	page_ask_make(&ask, gfp, order);
	page = zones_take(&ask, MARK_LOW);
	if (!page)
		page = page_alloc_slow(&ask);
	return page ? page_finish(page, gfp, order, owner) : NULL;
}

/* Only what can be had above the low mark; for callers with a second choice. */
struct page *page_alloc_easy(gfp_t gfp, unsigned int order, enum page_owner owner)
{
	struct page_ask ask;
	struct page *page;

	if (order < PCP_ORDERS) {
		page = pcp_take(zone_first[gfp & GFP_ZONEMASK], order);
		if (page)
			return page_finish(page, gfp, order, owner);
	}
	page_ask_make(&ask, gfp, order);
	page = zones_take(&ask, MARK_LOW);
	return page ? page_finish(page, gfp, order, owner) : NULL;
}

struct page *page_take(gfp_t gfp, unsigned int order, enum page_owner owner)
{
	if (page_fails(gfp))
		return NULL;
	return page_alloc(gfp, order, owner);
}

struct page *page_take_easily(gfp_t gfp, unsigned int order, enum page_owner owner)
{
	if (page_fails(gfp))
		return NULL;
	return order <= MAX_PAGE_ORDER ? page_alloc_easy(gfp, order, owner) : NULL;
}

void page_part(struct page *page, unsigned int order)
{
	block_split(page, order);
}

/**
 * alloc_pages() - take 2^order pages, one after another, aligned to their length
 * @gfp:   how; highest zone, may it sleep, reserves, __GFP_ZERO, __GFP_COMP
 * @order: 0 to MAX_PAGE_ORDER
 *
 * Context: task, nothing held, if @gfp may block (sleep-in-atomic); otherwise any but NMI.
 * Locks:   none on the fast road; else zone->lock, irqs saved. Cost: O(1), at worst one split per
 *          order.
 * Return:  the first page, reference count 1, or NULL; NULL at once for a larger order.
 * Source:  kernel 6.12 docs, core-api/memory-allocation and core-api/mm-api.
 * Differs: no background reclaim yet; a page on this CPU's list is taken without a look at the
 * watermarks.
 */
struct page *alloc_pages(gfp_t gfp, unsigned int order)
{
	if (__builtin_expect(page_watched, 0))
		return pages_alloc_watched("alloc_pages", gfp, order, WATCH_CALLER(),
					   WATCH_FRAME());
	return page_alloc(gfp, order, PAGE_OWNER_PAGES);
}

/* One node: @preferred_nid and @nodemask choose nothing. */
struct page *__alloc_pages(gfp_t gfp, unsigned int order, int preferred_nid, nodemask_t *nodemask)
{
	if (__builtin_expect(page_watched, 0))
		return pages_alloc_watched("__alloc_pages", gfp, order, WATCH_CALLER(),
					   WATCH_FRAME());
	return page_alloc(gfp, order, PAGE_OWNER_PAGES);
}

struct page *alloc_pages_node(int nid, gfp_t gfp, unsigned int order)
{
	if (__builtin_expect(page_watched, 0))
		return pages_alloc_watched("alloc_pages_node", gfp, order, WATCH_CALLER(),
					   WATCH_FRAME());
	return page_alloc(gfp, order, PAGE_OWNER_PAGES);
}

/**
 * folio_alloc() - alloc_pages() of a compound block
 * Context, Locks, Cost, Return: as alloc_pages().
 */
struct folio *folio_alloc(gfp_t gfp, unsigned int order)
{
	gfp |= __GFP_COMP;
	if (__builtin_expect(page_watched, 0))
		return (struct folio *)pages_alloc_watched("folio_alloc", gfp, order,
							   WATCH_CALLER(), WATCH_FRAME());
	return (struct folio *)page_alloc(gfp, order, PAGE_OWNER_PAGES);
}

struct folio *__folio_alloc_node(gfp_t gfp, unsigned int order, int nid)
{
	gfp |= __GFP_COMP;
	if (__builtin_expect(page_watched, 0))
		return (struct folio *)pages_alloc_watched("__folio_alloc_node", gfp, order,
							   WATCH_CALLER(), WATCH_FRAME());
	return (struct folio *)page_alloc(gfp, order, PAGE_OWNER_PAGES);
}

static unsigned long address_or_zero(const struct page *page)
{
	return page ? (unsigned long)frame_address(page) : 0;
}

/**
 * __get_free_pages() - alloc_pages() that returns the address
 * @gfp: __GFP_HIGHMEM is ignored: such a page need not have an address
 *
 * Context, Locks, Cost: as alloc_pages().   Return: an address, or 0.
 */
unsigned long __get_free_pages(gfp_t gfp, unsigned int order)
{
	gfp &= ~__GFP_HIGHMEM;
	if (__builtin_expect(page_watched, 0))
		return address_or_zero(pages_alloc_watched("__get_free_pages", gfp, order,
							   WATCH_CALLER(), WATCH_FRAME()));
	return address_or_zero(page_alloc(gfp, order, PAGE_OWNER_PAGES));
}

unsigned long get_zeroed_page(gfp_t gfp)
{
	gfp = (gfp & ~__GFP_HIGHMEM) | __GFP_ZERO;
	if (__builtin_expect(page_watched, 0))
		return address_or_zero(pages_alloc_watched("get_zeroed_page", gfp, 0,
							   WATCH_CALLER(), WATCH_FRAME()));
	return address_or_zero(page_alloc(gfp, 0, PAGE_OWNER_PAGES));
}
