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
#include <linux/printk.h>
#include "page/mobility.h"
#include "page/page_room.h"
#include "page/reclaim_ops.h"
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

static struct page *zone_take_direct(struct page_zone *zone, const struct page_ask *ask,
				     bool at_min)
{
	unsigned long irq = km_spin_lock(&zone->lock);
	struct page *page = NULL;

	if (at_min && ask->may_highatomic)
		page = buddy_take_locked(zone, ask->order, MIGRATE_HIGHATOMIC);
	if (!page)
		page = mobility_take_locked(zone, ask);
	if (!page && at_min && ask->cannot_wait)
		page = buddy_take_locked(zone, ask->order, MIGRATE_HIGHATOMIC);
	zone->direct[ask->order] += page != NULL;
	km_spin_unlock(&zone->lock, irq);
	return page;
}

static struct page *zone_take(struct page_zone *zone, const struct page_ask *ask,
			      unsigned long limit, bool at_min)
{
	struct page *page = NULL;

	if (ask->order < PCP_ORDERS) {
		page = pcp_take(zone, ask->mobility, ask->order);
		if (!page)
			page = pcp_refill(zone, ask, limit);
		if (page || !at_min)
			return page;
	}
	return zone_take_direct(zone, ask, at_min);
}

static struct page *zones_walk(const struct page_ask *ask, enum zone_mark mark)
{
	bool at_min = mark == MARK_MIN, ignores_marks = ask->use_all && at_min;
	const struct zone_list *list = &node_list[ask->node];

	for (unsigned int i = 0; i < list->count; i++) {
		struct page_zone *zone = &zone_table[list->zone[i]];
		unsigned long limit = ignores_marks ? 0 : watermark_limit(zone, mark, ask);
		struct page *page;

		if (!zone_serves(zone, ask))
			continue;
		/* Near memory in a broken pageblock is better than a whole one far away. */
		if (ask->keeps_blocks && zone->node != ask->node)
			return NULL;
		if (!ignores_marks && !watermark_allows(zone, ask, limit))
			continue;
		page = zone_take(zone, ask, limit, at_min);
		if (!page)
			continue;
		if (at_min && ask->may_highatomic)
			highatomic_reserve(zone, page);
		if (node_count > 1)
			vmstat_numa(zone, ask);
		if (zone->wakes_boosted && ask->may_wake) {
			zone->wakes_boosted = false;
			page_wake_reclaim(zone->node, ask);
		}
		return page;
	}
	return NULL;
}

/* Is there DMA32 memory to turn to before pageblocks of NORMAL are broken into? */
static bool can_keep_blocks(const struct page_ask *ask)
{
	return ask->zone_top >= ZONE_NORMAL &&
	       zone_is_populated(node_zone(ask->node, ZONE_NORMAL)) &&
	       zone_is_populated(node_zone(ask->node, ZONE_DMA32));
}

/*
 * Try the zones @ask may use, the nearest node first and in it from the highest type downwards,
 * each down to @mark as @ask may use it.
 */
struct page *zones_take(const struct page_ask *ask, enum zone_mark mark)
{
	if (mark == MARK_LOW && can_keep_blocks(ask)) {
		struct page_ask first = *ask;
		struct page *page;

		first.keeps_blocks = true;
		page = zones_walk(&first, mark);
		if (page)
			return page;
	}
	return zones_walk(ask, mark);
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

/* A request the machine has no node for: in Linux it would end in an oops. */
static bool node_is_there(const struct page_want *want, unsigned int node)
{
	if (node < node_count)
		return true;
	if (!(want->gfp & __GFP_NOWARN)) {
		pr_warn("%pGg allocation from offline node %d\n", &want->gfp, want->node);
		dump_stack();
	}
	return false;
}

static bool has_any_zone(const struct page_ask *ask)
{
	const struct zone_list *list = &node_list[ask->node];

	for (unsigned int i = 0; i < list->count; i++) {
		if (zone_serves(&zone_table[list->zone[i]], ask))
			return true;
	}
	return false;
}

/* False: nobody can serve it. */
static bool ask_at(const struct page_want *want, struct page_ask *ret_ask)
{
	unsigned int node = want->node == NUMA_NO_NODE ? node_here() : (unsigned int)want->node;

	if (!node_is_there(want, node) || !order_is_served(want->gfp, want->order))
		return false;
	page_ask_make(ret_ask, want->gfp, want->order);
	ret_ask->node = node;
	ret_ask->nodes = want->nodes;
	if (has_any_zone(ret_ask))
		return true;
	page_report_failure(ret_ask);
	return false;
}

struct page *page_alloc_at(const struct page_want *want, enum page_owner owner)
{
	struct page_ask ask;
	struct page *page;

	if (node_count == 1 && want->node <= 0 && want->node >= NUMA_NO_NODE && !want->nodes)
		return page_alloc(want->gfp, want->order, owner);
	if (!ask_at(want, &ask))
		return NULL;
	page = zones_take(&ask, MARK_LOW);
	if (!page)
		page = page_alloc_slow(&ask);
	return page ? page_finish(page, want->gfp, want->order, owner) : NULL;
}

struct page *page_alloc_easy_at(const struct page_want *want, enum page_owner owner)
{
	struct page_ask ask;
	struct page *page;

	if (!ask_at(want, &ask))
		return NULL;
	page = zones_take(&ask, MARK_LOW);
	return page ? page_finish(page, want->gfp, want->order, owner) : NULL;
}

struct page *page_take(gfp_t gfp, unsigned int order, enum page_owner owner)
{
	if (page_fails(gfp))
		return NULL;
	return page_alloc(gfp, order, owner);
}

struct page *page_take_easily(gfp_t gfp, unsigned int order, enum page_owner owner)
{
	struct page_want want = {
		.gfp = gfp | __GFP_NOWARN, .order = order, .node = NUMA_NO_NODE,
	};

	return page_fails(gfp) ? NULL : page_alloc_easy_at(&want, owner);
}

struct page *page_take_node(gfp_t gfp, unsigned int order, enum page_owner owner, int node,
			    const nodemask_t *nodes)
{
	struct page_want want = { .gfp = gfp, .order = order, .node = node, .nodes = nodes };

	if (page_fails(gfp))
		return NULL;
	return page_alloc_at(&want, owner);
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
 * Differs: no compaction (docs/reclaim.md); a page on this CPU's list is taken without a look at
 * the watermarks.
 */
struct page *alloc_pages(gfp_t gfp, unsigned int order)
{
	if (__builtin_expect(page_watched, 0))
		return pages_alloc_watched("alloc_pages", gfp, order, WATCH_CALLER(),
					   WATCH_FRAME());
	return page_alloc(gfp, order, PAGE_OWNER_PAGES);
}

static struct page *alloc_wanted(const char *what, const struct page_want *want, uintptr_t caller,
				 uintptr_t frame)
{
	if (__builtin_expect(page_watched, 0))
		return pages_alloc_at_watched(what, want, caller, frame);
	return page_alloc_at(want, PAGE_OWNER_PAGES);
}

/**
 * __alloc_pages() - alloc_pages() of a certain node
 * @preferred_nid: where to look first; the nearest other nodes follow, unless __GFP_THISNODE
 * @nodemask:      nodes that may serve; NULL: any. One that no such node is in: NULL and a report
 *
 * Context, Locks, Cost: as alloc_pages(), but never on the fast road of a machine of several nodes.
 * Return: as alloc_pages().   Differs: a node the machine does not have is a warning and NULL
 * (Linux: undefined).
 */
struct page *__alloc_pages(gfp_t gfp, unsigned int order, int preferred_nid, nodemask_t *nodemask)
{
	struct page_want want = {
		.gfp = gfp, .order = order, .node = preferred_nid, .nodes = nodemask,
	};

	return alloc_wanted("__alloc_pages", &want, WATCH_CALLER(), WATCH_FRAME());
}

/**
 * alloc_pages_node() - alloc_pages() of a certain node
 * @nid: where to look first; NUMA_NO_NODE: the node of this CPU
 * Context, Locks, Cost, Return, Differs: as __alloc_pages().
 */
struct page *alloc_pages_node(int nid, gfp_t gfp, unsigned int order)
{
	struct page_want want = { .gfp = gfp, .order = order, .node = nid };

	return alloc_wanted("alloc_pages_node", &want, WATCH_CALLER(), WATCH_FRAME());
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

/**
 * __folio_alloc_node() - folio_alloc() from node @nid first
 * Context, Locks, Cost, Return: as alloc_pages_node().
 */
struct folio *__folio_alloc_node(gfp_t gfp, unsigned int order, int nid)
{
	struct page_want want = { .gfp = gfp | __GFP_COMP, .order = order, .node = nid };

	return (struct folio *)alloc_wanted("__folio_alloc_node", &want, WATCH_CALLER(),
					    WATCH_FRAME());
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
	/* Rules see what was asked for; without high memory the flag changes nothing. */
	if (__builtin_expect(page_watched, 0))
		return address_or_zero(pages_alloc_watched("__get_free_pages", gfp, order,
							   WATCH_CALLER(), WATCH_FRAME()));
	return address_or_zero(page_alloc(gfp & ~__GFP_HIGHMEM, order, PAGE_OWNER_PAGES));
}

/**
 * get_zeroed_page() - __get_free_pages() of one page full of zeroes
 * Context, Return: as __get_free_pages().
 */
unsigned long get_zeroed_page(gfp_t gfp)
{
	gfp |= __GFP_ZERO;
	if (__builtin_expect(page_watched, 0))
		return address_or_zero(pages_alloc_watched("get_zeroed_page", gfp, 0,
							   WATCH_CALLER(), WATCH_FRAME()));
	return address_or_zero(page_alloc(gfp & ~__GFP_HIGHMEM, 0, PAGE_OWNER_PAGES));
}
