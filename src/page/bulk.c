/* SPDX-License-Identifier: MIT */
/*
 * bulk.c - many single pages in one call
 *
 * K1  Only empty slots of an array are filled; the count returned includes those that were full.
 * K2  The call stops at the first page that is not easily had, but tries hard for the first one
 *     of its own.
 * Lock: none.  Sleeps as alloc_pages().
 */
#include "page/alloc.h"

#include "page/page_room.h"
#include "page/watched.h"

/* The first of its own as hard as asked; the others only if easily had. */
static struct page *take_one(const struct page_want *want, bool is_easy)
{
	if (is_easy)
		return page_alloc_easy_at(want, PAGE_OWNER_PAGES);
	return page_alloc_at(want, PAGE_OWNER_PAGES);
}

unsigned long bulk_alloc(const struct page_want *want, const struct page_slots *slots)
{
	unsigned long filled = 0;
	bool has_one = false;

	while ((long)filled < slots->count) {
		struct page *page;

		if (slots->array && slots->array[filled]) {
			filled++;
			continue;
		}
		page = take_one(want, has_one);
		if (!page)
			break;
		has_one = true;
		slot_fill(slots, filled++, page);
	}
	return filled;
}

static unsigned long bulk_door(const struct page_want *want, const struct page_slots *slots,
			       uintptr_t caller, uintptr_t frame)
{
	if (__builtin_expect(page_watched, 0))
		return bulk_alloc_watched(want, slots, caller, frame);
	return bulk_alloc(want, slots);
}

/**
 * __alloc_pages_bulk() - fill a list or the empty slots of an array with single pages
 * @preferred_nid: where to look first; NUMA_NO_NODE: the node of this CPU
 * @nodemask: nodes that may serve; NULL: any
 * @nr_pages: slots; 0 or less: nothing is done
 *
 * Context: as alloc_pages().   Cost: as that many single pages.
 * Return:  full slots from the start of the array, or pages added to the list; may be less than
 *          asked for.
 */
unsigned long __alloc_pages_bulk(gfp_t gfp, int preferred_nid, nodemask_t *nodemask, int nr_pages,
				 struct list_head *page_list, struct page **page_array)
{
	struct page_want want = { .gfp = gfp, .node = preferred_nid, .nodes = nodemask };
	struct page_slots slots = { .count = nr_pages, .list = page_list, .array = page_array };

	return bulk_door(&want, &slots, WATCH_CALLER(), WATCH_FRAME());
}

/**
 * alloc_pages_bulk_array() - fill the empty slots of an array with single pages
 * @nr_pages: slots; 0: nothing is done
 *
 * Also: alloc_pages_bulk_list(), which adds @nr_pages pages to a list, linked by lru.
 * Context, Cost: as __alloc_pages_bulk().
 * Return: full slots from the start, or pages added; may be less than asked for.
 */
unsigned long alloc_pages_bulk_array(gfp_t gfp, unsigned long nr_pages, struct page **page_array)
{
	struct page_want want = { .gfp = gfp, .node = NUMA_NO_NODE };
	struct page_slots slots = { .count = nr_pages, .array = page_array };

	return bulk_door(&want, &slots, WATCH_CALLER(), WATCH_FRAME());
}

unsigned long alloc_pages_bulk_list(gfp_t gfp, unsigned long nr_pages, struct list_head *list)
{
	struct page_want want = { .gfp = gfp, .node = NUMA_NO_NODE };
	struct page_slots slots = { .count = nr_pages, .list = list };

	return bulk_door(&want, &slots, WATCH_CALLER(), WATCH_FRAME());
}
