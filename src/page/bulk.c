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

unsigned long bulk_alloc(gfp_t gfp, int count, struct list_head *list, struct page **array)
{
	unsigned long filled = 0;
	bool has_one = false;

	while ((long)filled < count) {
		struct page *page;

		if (array && array[filled]) {
			filled++;
			continue;
		}
		if (has_one)
			page = page_alloc_easy(gfp, 0, PAGE_OWNER_PAGES);
		else
			page = page_alloc(gfp, 0, PAGE_OWNER_PAGES);
		if (!page)
			break;
		has_one = true;
		if (array)
			array[filled] = page;
		else
			list_add(&page->lru, list);
		filled++;
	}
	return filled;
}

/**
 * __alloc_pages_bulk() - fill a list or the empty slots of an array with single pages
 * @nr_pages: slots; 0 or less: nothing is done
 *
 * Context: as alloc_pages().   Cost: as that many single pages.
 * Return:  full slots from the start of the array, or pages added to the list; may be less than
 *          asked for.
 */
unsigned long __alloc_pages_bulk(gfp_t gfp, int preferred_nid, nodemask_t *nodemask, int nr_pages,
				 struct list_head *page_list, struct page **page_array)
{
	if (__builtin_expect(page_watched, 0))
		return bulk_alloc_watched(gfp, nr_pages, page_list, page_array, WATCH_CALLER(),
					  WATCH_FRAME());
	return bulk_alloc(gfp, nr_pages, page_list, page_array);
}

unsigned long alloc_pages_bulk_array(gfp_t gfp, unsigned long nr_pages, struct page **page_array)
{
	if (__builtin_expect(page_watched, 0))
		return bulk_alloc_watched(gfp, nr_pages, NULL, page_array, WATCH_CALLER(),
					  WATCH_FRAME());
	return bulk_alloc(gfp, nr_pages, NULL, page_array);
}

unsigned long alloc_pages_bulk_list(gfp_t gfp, unsigned long nr_pages, struct list_head *list)
{
	if (__builtin_expect(page_watched, 0))
		return bulk_alloc_watched(gfp, nr_pages, list, NULL, WATCH_CALLER(), WATCH_FRAME());
	return bulk_alloc(gfp, nr_pages, list, NULL);
}
