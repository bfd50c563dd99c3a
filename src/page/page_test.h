/* SPDX-License-Identifier: MIT */
/*
 * page_test.h - what the tests of this room share: a machine up to the page room, and a way to use
 * up memory
 */
#ifndef PAGE_PAGE_TEST_H
#define PAGE_PAGE_TEST_H

#include <test.h>

#include <linux/mm.h>
#include "kern/kern.h"
#include "page/alloc.h"
#include "page/page_room.h"

static int boot_page_room(void)
{
	int error = km_port_boot(&kern_port_hooks);

	if (!error)
		error = kern_boot();
	return error ? error : page_boot(false, false, false);
}

/* Pages held by a test, linked through lru. */
struct hoard {
	struct list_head pages;
	unsigned long count;
};

static void hoard_add(struct hoard *hoard, struct page *page)
{
	list_add(&page->lru, &hoard->pages);
	hoard->count++;
}

/* Take single pages with @gfp until none is left, at most @most. */
static __maybe_unused void hoard_fill(struct hoard *hoard, gfp_t gfp, unsigned long most)
{
	INIT_LIST_HEAD(&hoard->pages);
	hoard->count = 0;
	while (hoard->count < most) {
		struct page *page = alloc_pages(gfp | __GFP_NOWARN, 0);

		if (!page)
			return;
		hoard_add(hoard, page);
	}
}

static __maybe_unused void hoard_free(struct hoard *hoard)
{
	struct page *page, *next;

	list_for_each_entry_safe(page, next, &hoard->pages, lru)
		__free_pages(page, 0);
	INIT_LIST_HEAD(&hoard->pages);
	hoard->count = 0;
}

/* Free frames as the buddy allocator alone sees them: per-CPU lists emptied. */
static __maybe_unused unsigned long free_after_drain(void)
{
	page_drain_all();
	return nr_free_pages();
}

static __maybe_unused struct page_zone *zone_named(enum zone_type id)
{
	return node_zone(0, id);
}

static __maybe_unused bool text_has(const char *text, const char *part)
{
	for (; *text; text++) {
		const char *a = text, *b = part;

		while (*b && *a == *b)
			a++, b++;
		if (!*b)
			return true;
	}
	return false;
}

#endif
