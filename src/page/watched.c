/* SPDX-License-Identifier: MIT */
/*
 * watched.c - the public page calls with rules looking on
 *
 * Owns: which events a call sends and how their answers are obeyed. The work itself is done by
 * the same bodies as on the fast road.
 * T1  An event names the block by its linear address; family PAGES.
 * T2  FREE_ASK is told when a block really goes (last reference), and for every call that frees
 *     what is not out.
 * T3  A block a rule keeps (KM_TAKE) has owner KEPT and its last reference, until the rule calls
 *     page_give(). free_pages_exact() tells its bytes: a rule keeps and gives back its single
 *     pages.
 * Lock: none held while an event is told.  Sleeps as the call it stands for.
 */
#include "page/watched.h"

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include "page/alloc.h"
#include "page/page_room.h"

static void tell_point(struct km_event *event, enum km_point point)
{
	event->point = point;
	watch_tell(event);
}

/*
 * Entry of every allocation: the rules' leave first, for they say more about a call in a wrong
 * context than the test of the context can.
 */
static bool may_go_on(struct km_event *event)
{
	km_port_point();
	event->point = KM_POINT_ALLOC_ASK;
	if (watch_tell(event) != KM_GO)
		return false;
	if (gfpflags_allow_blocking(event->gfp))
		km_might_sleep(event->what);
	return true;
}

struct page *pages_alloc_at_watched(const char *what, const struct page_want *want,
				    uintptr_t caller, uintptr_t frame)
{
	struct km_event event = {
		.family = KM_FAMILY_PAGES, .what = what, .gfp = want->gfp, .order = want->order,
		.bytes = want->order <= MAX_PAGE_ORDER ? PAGE_SIZE << want->order : 0,
		.caller = caller, .frame = frame,
	};
	struct page *page;

	if (!may_go_on(&event))
		return NULL;
	watch_enter();
	page = page_alloc_at(want, PAGE_OWNER_PAGES);
	watch_leave();
	if (!page) {
		tell_point(&event, KM_POINT_ALLOC_FAIL);
		return NULL;
	}
	event.object = frame_address(page);
	event.usable = event.bytes;
	tell_point(&event, KM_POINT_ALLOC_DONE);
	return page;
}

struct page *pages_alloc_watched(const char *what, gfp_t gfp, unsigned int order, uintptr_t caller,
				 uintptr_t frame)
{
	struct page_want want = { .gfp = gfp, .order = order, .node = NUMA_NO_NODE };

	return pages_alloc_at_watched(what, &want, caller, frame);
}

/* Is this call the end of the block, or wrong?  A reference among several is neither. */
static bool is_final(const struct page *page)
{
	return page_ref_count(page) <= 1 || page->owner < PAGE_OWNER_PAGES ||
	       page->owner == PAGE_OWNER_KEPT;
}

/* Rules' answer to a free: true when the caller goes on with it. */
static bool may_free(struct km_event *event, struct page *page)
{
	enum km_verdict verdict;

	event->point = KM_POINT_FREE_ASK;
	verdict = watch_tell(event);
	if (verdict == KM_TAKE && page)
		page->owner = PAGE_OWNER_KEPT;
	km_port_seam();
	return verdict == KM_GO;
}

void pages_free_watched(const char *what, struct page *page, unsigned int order, uintptr_t caller,
			uintptr_t frame)
{
	bool is_known = page_is_frame(page);
	struct km_event event = {
		.family = KM_FAMILY_PAGES, .what = what, .order = order,
		.object = is_known ? frame_address(page) : page,
		.caller = caller, .frame = frame,
	};

	km_port_point();
	event.is_lost = !is_known;
	if (!is_known) {
		if (may_free(&event, NULL))
			WARN_ONCE(1, "%s: %p is not a page\n", what, page);
		return;
	}
	if (is_final(page) && !may_free(&event, page))
		return;
	watch_enter();
	page_release_block(page, order);
	watch_leave();
}

void pages_free_address_watched(const char *what, unsigned long address, unsigned int order,
				uintptr_t caller, uintptr_t frame)
{
	struct page *page = frame_of((void *)address);
	struct km_event event = {
		.family = KM_FAMILY_PAGES, .what = what, .order = order,
		.object = (void *)address, .caller = caller, .frame = frame,
	};

	if (!address) {
		tell_point(&event, KM_POINT_FREE_ZERO);
		return;
	}
	if (page && !(address & ~PAGE_MASK)) {
		pages_free_watched(what, page, order, caller, frame);
		return;
	}
	if (may_free(&event, NULL))
		WARN_ONCE(1, "%s: %#lx is not the address of a page\n", what, address);
}

void page_put_watched(const char *what, struct page *page, uintptr_t caller, uintptr_t frame)
{
	struct km_event event = {
		.family = KM_FAMILY_PAGES, .what = what, .order = page_asked_order(page),
		.object = frame_address(page), .caller = caller, .frame = frame,
	};

	km_port_point();
	if (is_final(page) && !may_free(&event, page))
		return;
	watch_enter();
	page_release_single(page);
	watch_leave();
}

void *exact_alloc_watched(size_t bytes, gfp_t gfp, int node, uintptr_t caller, uintptr_t frame)
{
	struct km_event event = {
		.family = KM_FAMILY_PAGES, .what = "alloc_pages_exact", .gfp = gfp, .bytes = bytes,
		.order = bytes ? get_order(bytes) : 0, .caller = caller, .frame = frame,
	};
	void *address;

	if (!may_go_on(&event))
		return NULL;
	watch_enter();
	address = exact_alloc(bytes, gfp, node);
	watch_leave();
	event.object = address;
	event.usable = PAGE_ALIGN(bytes);
	tell_point(&event, address ? KM_POINT_ALLOC_DONE : KM_POINT_ALLOC_FAIL);
	return address;
}

void exact_free_watched(void *address, size_t bytes, uintptr_t caller, uintptr_t frame)
{
	struct page *page = frame_of(address);
	struct km_event event = {
		.family = KM_FAMILY_PAGES, .what = "free_pages_exact", .object = address,
		.bytes = bytes, .order = bytes ? get_order(bytes) : 0,
		.caller = caller, .frame = frame,
	};
	enum km_verdict verdict;

	km_port_point();
	event.point = KM_POINT_FREE_ASK;
	verdict = watch_tell(&event);
	/* A run of single pages, which a rule that keeps them gives back one by one. */
	if (verdict != KM_GO)
		return;
	if (WARN_ONCE(!page, "free_pages_exact: %p is not the address of a page\n", address))
		return;
	watch_enter();
	exact_free(address, bytes);
	watch_leave();
}

unsigned long bulk_alloc_watched(const struct page_want *want, const struct page_slots *slots,
				 uintptr_t caller, uintptr_t frame)
{
	struct km_event event = {
		.family = KM_FAMILY_PAGES, .what = "alloc_pages_bulk", .gfp = want->gfp,
		.bytes = PAGE_SIZE, .caller = caller, .frame = frame,
	};
	unsigned long got = 0;

	/* One by one, so that each page has its leave and its entry in the ledger. */
	for (int i = 0; i < slots->count; i++) {
		struct page *page;

		if (slots->array && slots->array[i]) {
			got++;
			continue;
		}
		event.object = NULL;
		event.usable = 0;
		if (!may_go_on(&event))
			break;
		watch_enter();
		page = page_alloc_at(want, PAGE_OWNER_PAGES);
		watch_leave();
		if (!page) {
			tell_point(&event, KM_POINT_ALLOC_FAIL);
			break;
		}
		event.object = frame_address(page);
		event.usable = PAGE_SIZE;
		tell_point(&event, KM_POINT_ALLOC_DONE);
		slot_fill(slots, got++, page);
	}
	return got;
}

/* Asked about once; a page that is freed alone has an entry of its own in the ledger. */
int contig_alloc_watched(const char *what, const struct contig_want *want, struct page **ret_page,
			 uintptr_t caller, uintptr_t frame)
{
	unsigned long pages = want->end ? want->end - want->start : want->pages, blocks = pages;
	struct km_event event = {
		.family = KM_FAMILY_PAGES, .what = what, .gfp = want->gfp,
		.bytes = pages << PAGE_SHIFT, .caller = caller, .frame = frame,
	};
	int error;

	*ret_page = NULL;
	if (!may_go_on(&event))
		return -ENOMEM;
	km_might_sleep(what);
	watch_enter();
	error = contig_alloc(want, ret_page);
	watch_leave();
	if (error) {
		tell_point(&event, KM_POINT_ALLOC_FAIL);
		return error;
	}
	event.bytes = PAGE_SIZE;
	if (PageHead(*ret_page)) {
		event.order = (*ret_page)->order;
		event.bytes = pages << PAGE_SHIFT;
		blocks = 1;
	}
	event.usable = event.bytes;
	for (unsigned long i = 0; i < blocks; i++) {
		event.object = frame_address(*ret_page + i);
		tell_point(&event, KM_POINT_ALLOC_DONE);
	}
	return 0;
}

void split_watched(struct page *page, unsigned int order, uintptr_t caller, uintptr_t frame)
{
	struct km_event event = {
		.family = KM_FAMILY_PAGES, .what = "split_page", .object = frame_address(page),
		.bytes = PAGE_SIZE, .usable = PAGE_SIZE, .caller = caller, .frame = frame,
	};

	block_split(page, order);
	tell_point(&event, KM_POINT_RESIZE);
	for (unsigned long i = 1; i < 1UL << order; i++) {
		event.object = frame_address(page + i);
		tell_point(&event, KM_POINT_ALLOC_DONE);
	}
}
