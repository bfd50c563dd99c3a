/* SPDX-License-Identifier: MIT */
/*
 * free.c - references and the way back
 *
 * Owns: what a page must look like when it is freed; "Bad page state".
 * R1  A block goes back when its last reference goes; the order is the one it was taken with.
 * R2  If a block that is not compound loses its owner while its first page is held by others, the
 *     frames behind the first go back at once and the first when the holder lets go: the holder
 *     never learnt of an order.
 * R3  A bad page is reported and kept out of circulation.
 * Lock: zone->lock in pcp.c and here.  Any context but NMI; nothing sleeps.
 */
#include "page/alloc.h"

#include <linux/bug.h>
#include "page/page_room.h"
#include "page/watched.h"

static const char *page_fault(const struct page *page, unsigned int order)
{
	if (page->owner == PAGE_OWNER_FREE || page->owner == PAGE_OWNER_PCP)
		return "page is already free";
	if (page->owner == PAGE_OWNER_RESERVED)
		return "page was never allocated";
	if (page->order != order)
		return "order is not that of the allocation";
	if (page->_mapcount.counter != -1)
		return "nonzero mapcount";
	if (page->mapping)
		return "non-NULL mapping";
	if (page_ref_count(page))
		return "nonzero _refcount";
	if (page->flags & PAGE_FLAGS_CHECK_AT_FREE)
		return "PAGE_FLAGS_CHECK_AT_FREE flag(s) set";
	return NULL;
}

static struct page *find_bad_tail(struct page *page, unsigned int order)
{
	for (unsigned long i = 1; i < 1UL << order; i++) {
		struct page *tail = page + i;

		if (page_ref_count(tail) || tail->_mapcount.counter != -1 ||
		    (tail->flags & PAGE_FLAGS_CHECK_AT_FREE) || tail->order != FRAME_INTERIOR)
			return tail;
	}
	return NULL;
}

static void strip_tails(struct page *page, unsigned int order)
{
	for (unsigned long i = 1; i < 1UL << order; i++) {
		struct page *tail = page + i;

		__atomic_store_n(&tail->compound_head, 0, __ATOMIC_RELAXED);
		tail->mapping = NULL;
		tail->private = 0;
		tail->flags = 0;
		tail->owner = PAGE_OWNER_FREE;
	}
}

noinline void page_free_cold(struct page *page, unsigned int order)
{
	const char *fault = page_fault(page, order);
	struct page_zone *zone = zone_of(page);
	struct page *bad_tail;
	unsigned long irq;

	if (fault) {
		page_report_bad(page, fault);
		return;
	}
	bad_tail = find_bad_tail(page, order);
	if (bad_tail) {
		page_report_bad(bad_tail, "frame inside a freed block is in use");
		return;
	}
	if (page_init_on_free)
		__builtin_memset(frame_address(page), 0, PAGE_SIZE << order);
	strip_tails(page, order);
	page->flags = 0;
	page->private = 0;
	if (order < PCP_ORDERS) {
		pcp_give(page, order);
		return;
	}
	irq = km_spin_lock(&zone->lock);
	buddy_give_locked(zone, page, order);
	km_spin_unlock(&zone->lock, irq);
}

/* R2: the reference dropped was not the last. */
noinline void page_put_rest(struct page *page, unsigned int order, bool is_compound)
{
	if (page_ref_count(page) < 0) {
		page_ref_inc(page);
		page_report_bad(page, page->owner < PAGE_OWNER_PAGES ? "page is already free" :
				"nonzero _refcount");
		return;
	}
	if (is_compound)
		return;
	while (order-- > 0) {
		struct page *part = page + (1UL << order);

		part->order = order;
		page_free(part, order);
	}
}

/* Before the reference is dropped: remember the order for R2. */
static void note_parting(struct page *page, unsigned int order)
{
	if (order && order <= MAX_PAGE_ORDER && !PageHead(page) && page_ref_count(page) > 1)
		__atomic_fetch_or(&page->flags, (unsigned long)order << PAGE_PARTED_SHIFT,
				  __ATOMIC_RELAXED);
}

void page_release_block(struct page *page, unsigned int order)
{
	if (order)
		note_parting(page, order);
	page_put_block(page, order);
}

/* Drop a reference whose holder never learnt of an order (put_page). */
void page_release_single(struct page *page)
{
	unsigned int order = PageHead(page) ? page->order : 0;

	if (!page_ref_dec_and_test(page)) {
		page_put_rest(page, 0, true);
		return;
	}
	/* What was not compound loses its first frame only, as in Linux; see R2 for the others. */
	if (!order)
		page->order = 0;
	page_free(page, order);
}

static bool may_keep(const struct page *page, unsigned int order)
{
	return page->owner == PAGE_OWNER_PAGES && page_ref_count(page) == 1 &&
	       page->order == order && !page->mapping && page->_mapcount.counter == -1 &&
	       !(page->flags & (PAGE_FLAGS_CHECK_AT_FREE | PAGE_PARTED_MASK));
}

bool page_keep(struct page *page, unsigned int order, unsigned long count)
{
	for (unsigned long i = 0; i < count; i++)
		if (!may_keep(page + (i << order), order))
			return false;
	for (unsigned long i = 0; i < count; i++)
		page[i << order].owner = PAGE_OWNER_KEPT;
	return true;
}

void page_give(struct page *page, unsigned int order)
{
	/* The engine's users keep their own words there (slab_cache, freelist, counters). */
	page->mapping = NULL;
	page->index = 0;
	page_put_block(page, order);
}

/**
 * __free_pages() - drop one reference of a block; the last one frees it
 * @page:  what alloc_pages() returned; not NULL
 * @order: the one it was taken with
 *
 * Context: any but NMI. Locks: none for single pages; else zone->lock, irqs saved. Cost: O(1),
 * one merge per order. Source: kernel 6.12 docs, core-api/mm-api; lib/test_free_pages.c for pages
 * that are still held. Differs: a wrong order or a second free is reported as a bad page instead
 * of damaging the free lists.
 */
void __free_pages(struct page *page, unsigned int order)
{
	if (__builtin_expect(page_watched, 0)) {
		pages_free_watched("__free_pages", page, order, WATCH_CALLER(), WATCH_FRAME());
		return;
	}
	if (__builtin_expect(order, 0))
		page_release_block(page, order);
	else
		page_put_block(page, 0);
}

/**
 * free_pages() - __free_pages() by address
 * @addr: what __get_free_pages() returned; 0 is nothing to do
 * Context, Locks, Cost: as __free_pages().
 */
void free_pages(unsigned long addr, unsigned int order)
{
	struct page *page;

	if (__builtin_expect(page_watched, 0)) {
		pages_free_address_watched("free_pages", addr, order, WATCH_CALLER(),
					   WATCH_FRAME());
		return;
	}
	if (!addr)
		return;
	page = frame_of((void *)addr);
	if (WARN_ON_ONCE(!page))
		return;
	page_release_block(page, order);
}

/**
 * get_page() - hold a page; on a tail, its head
 * Context: any.   A page without a reference may not be held: it is free.
 */
void get_page(struct page *page)
{
	page = compound_head(page);
	if (__builtin_expect(page_watched, 0))
		WARN_ON_ONCE(page_ref_count(page) <= 0);
	page_ref_inc(page);
}

/**
 * put_page() - let go of a page; on a tail, its head; the last holder frees it
 * Context: any but NMI.
 */
void put_page(struct page *page)
{
	page = compound_head(page);
	if (__builtin_expect(page_watched, 0)) {
		page_put_watched("put_page", page, WATCH_CALLER(), WATCH_FRAME());
		return;
	}
	page_release_single(page);
}

void folio_put(struct folio *folio)
{
	if (__builtin_expect(page_watched, 0)) {
		page_put_watched("folio_put", &folio->page, WATCH_CALLER(), WATCH_FRAME());
		return;
	}
	page_release_single(&folio->page);
}

/**
 * folio_put_refs() - let go of @refs references at once; the last holder frees it
 * @refs: at least 1, all of them the caller's own
 *
 * Context: any but NMI.
 */
void folio_put_refs(struct folio *folio, int refs)
{
	if (refs > 1)
		page_ref_sub(&folio->page, refs - 1);
	if (__builtin_expect(page_watched, 0)) {
		page_put_watched("folio_put_refs", &folio->page, WATCH_CALLER(), WATCH_FRAME());
		return;
	}
	page_release_single(&folio->page);
}

/**
 * put_pages_list() - put_page() for every page on a list, which is empty afterwards
 * @pages: linked by lru
 *
 * Context: any but NMI.   Cost: one step a page.
 */
void put_pages_list(struct list_head *pages)
{
	struct page *page, *next;

	list_for_each_entry_safe(page, next, pages, lru) {
		list_del(&page->lru);
		if (__builtin_expect(page_watched, 0))
			page_put_watched("put_pages_list", page, WATCH_CALLER(), WATCH_FRAME());
		else
			page_release_single(page);
	}
}

/**
 * release_pages() - put_page() for @nr pages, tails included
 * Context: any but NMI.   Cost: one step a page.
 */
void release_pages(struct page **pages, int nr)
{
	for (int i = 0; i < nr; i++) {
		struct page *page = compound_head(pages[i]);

		if (__builtin_expect(page_watched, 0))
			page_put_watched("release_pages", page, WATCH_CALLER(), WATCH_FRAME());
		else
			page_release_single(page);
	}
}
