/* SPDX-License-Identifier: MIT */
/*
 * exact.c - a byte count that is not a power of two of pages: the tail of the block goes back at
 * once
 *
 * Owns: split_page, alloc_pages_exact.
 * E1  After a split every page stands alone: order 0, one reference, no tail mark.
 * Lock: none.  Sleeps as alloc_pages().
 */
#include "page/alloc.h"

#include <linux/bug.h>
#include "page/page_room.h"
#include "page/watched.h"

void block_split(struct page *page, unsigned int order)
{
	page->order = 0;
	for (unsigned long i = 1; i < 1UL << order; i++) {
		page[i].order = 0;
		set_page_count(&page[i], 1);
	}
}

void *exact_alloc(size_t bytes, gfp_t gfp, int node)
{
	unsigned int order = bytes ? get_order(bytes) : MAX_PAGE_ORDER + 1;
	unsigned long used = PAGE_ALIGN(bytes) >> PAGE_SHIFT;
	struct page_want want;
	struct page *page;

	/* Where a rule listens, it has told. */
	WARN_ON_ONCE((gfp & (__GFP_COMP | __GFP_HIGHMEM)) && !watch_wants(KM_POINT_ALLOC_ASK));
	gfp &= ~(__GFP_COMP | __GFP_HIGHMEM);
	want = (struct page_want) { .gfp = gfp, .order = order, .node = node };
	page = page_alloc_at(&want, PAGE_OWNER_PAGES);
	if (!page)
		return NULL;
	block_split(page, order);
	for (unsigned long i = used; i < 1UL << order; i++)
		page_put_block(page + i, 0);
	return frame_address(page);
}

void exact_free(void *address, size_t bytes)
{
	for (size_t at = 0; at < bytes; at += PAGE_SIZE)
		page_put_block(frame_of((char *)address + at), 0);
}

/**
 * split_page() - turn a block into 2^order single pages, each to be freed alone
 * @page: not compound, held once
 * Context: any but NMI.   Cost: one step a page.
 */
void split_page(struct page *page, unsigned int order)
{
	if (WARN_ON_ONCE(PageCompound(page) || !page_count(page)))
		return;
	if (__builtin_expect(page_watched, 0)) {
		split_watched(page, order, WATCH_CALLER(), WATCH_FRAME());
		return;
	}
	block_split(page, order);
}

/**
 * alloc_pages_exact() - physically contiguous memory of whole pages
 * @size: bytes, rounded up to pages; 0 is not a valid request (WARN, NULL)
 * @gfp:  without __GFP_COMP and __GFP_HIGHMEM
 *
 * Context: as alloc_pages().   Cost: one block and one step a page.   Units: bytes.
 * Return:  the address, or NULL.   Free with free_pages_exact() and the same size.
 */
void *alloc_pages_exact(size_t size, gfp_t gfp)
{
	if (__builtin_expect(page_watched, 0))
		return exact_alloc_watched(size, gfp, NUMA_NO_NODE, WATCH_CALLER(), WATCH_FRAME());
	return exact_alloc(size, gfp, NUMA_NO_NODE);
}

/* As alloc_pages_exact(), from node @nid first; as alloc_pages_node(). */
/**
 * alloc_pages_exact_nid() - alloc_pages_exact() from node @nid first
 */
void *alloc_pages_exact_nid(int nid, size_t size, gfp_t gfp)
{
	if (__builtin_expect(page_watched, 0))
		return exact_alloc_watched(size, gfp, nid, WATCH_CALLER(), WATCH_FRAME());
	return exact_alloc(size, gfp, nid);
}

/**
 * free_pages_exact() - give back what alloc_pages_exact() returned
 * @size: the same as there; nothing remembers it
 *
 * Context: any but NMI.   Cost: one step a page.
 */
void free_pages_exact(void *virt, size_t size)
{
	if (__builtin_expect(page_watched, 0)) {
		exact_free_watched(virt, size, WATCH_CALLER(), WATCH_FRAME());
		return;
	}
	exact_free(virt, size);
}
