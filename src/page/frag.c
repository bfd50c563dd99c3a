/* SPDX-License-Identifier: MIT */
/*
 * frag.c - pieces of a page, each freed alone; the page goes with the last
 *
 * G1  A cache holds PAGE_FRAG_CACHE_MAX_SIZE + 1 references of its block from the start, so that
 *     taking a piece needs no atomic operation; pagecnt_bias says how many are still the cache's
 *     own.
 * Lock: none: a cache belongs to one CPU or context.  Sleeps as alloc_pages().
 */
#include "page/alloc.h"

#include <linux/gfp.h>

static bool cache_refill(struct page_frag_cache *nc, gfp_t gfp)
{
	gfp_t large = (gfp & ~__GFP_DIRECT_RECLAIM) | __GFP_COMP | __GFP_NOWARN | __GFP_NORETRY |
		      __GFP_NOMEMALLOC;
	struct page *page = alloc_pages(large, PAGE_FRAG_CACHE_MAX_ORDER);

	nc->size = PAGE_FRAG_CACHE_MAX_SIZE;
	if (!page) {
		page = alloc_pages(gfp, 0);
		nc->size = PAGE_SIZE;
	}
	nc->va = page ? page_address(page) : NULL;
	if (!page)
		return false;
	page_ref_add(page, PAGE_FRAG_CACHE_MAX_SIZE);
	nc->pagecnt_bias = PAGE_FRAG_CACHE_MAX_SIZE + 1;
	nc->offset = 0;
	nc->pfmemalloc = false;
	return true;
}

/* The block is used up: start it again if all its pieces are back, else leave it to them. */
static bool cache_renew(struct page_frag_cache *nc, gfp_t gfp)
{
	struct page *page = virt_to_page(nc->va);

	if (!page_ref_sub_and_test(page, nc->pagecnt_bias))
		return cache_refill(nc, gfp);
	set_page_count(page, PAGE_FRAG_CACHE_MAX_SIZE + 1);
	nc->pagecnt_bias = PAGE_FRAG_CACHE_MAX_SIZE + 1;
	nc->offset = 0;
	return true;
}

/**
 * page_frag_alloc_align() - a piece of a page
 * @fragsz: bytes; at most what a block holds
 * @align:  power of two
 *
 * Context: as alloc_pages() with @gfp; the cache is not locked.   Return: the piece, or NULL.
 */
void *page_frag_alloc_align(struct page_frag_cache *nc, unsigned int fragsz, gfp_t gfp,
			    unsigned int align)
{
	unsigned int offset;

	if (!nc->va && !cache_refill(nc, gfp))
		return NULL;
	offset = ALIGN(nc->offset, align);
	if (offset + fragsz > nc->size) {
		if (fragsz > PAGE_SIZE && fragsz > nc->size)
			return NULL;
		if (!cache_renew(nc, gfp))
			return NULL;
		offset = 0;
		if (fragsz > nc->size)
			return NULL;
	}
	nc->pagecnt_bias--;
	nc->offset = offset + fragsz;
	return (char *)nc->va + offset;
}

/**
 * page_frag_alloc() - page_frag_alloc_align() without alignment
 */
void *page_frag_alloc(struct page_frag_cache *nc, unsigned int fragsz, gfp_t gfp)
{
	return page_frag_alloc_align(nc, fragsz, gfp, 1);
}

/**
 * page_frag_free() - give a piece back; the block goes with its last piece
 * @addr: any address in the piece
 *
 * Context: any but NMI, also on another CPU.
 */
void page_frag_free(void *addr)
{
	put_page(virt_to_page(addr));
}

/**
 * page_frag_cache_drain() - the cache lets go of its block; pieces that are out stay
 * Context: any but NMI; whoever owns the cache.   NULL: no such argument; an empty cache is fine.
 */
void page_frag_cache_drain(struct page_frag_cache *nc)
{
	struct page *page;

	if (!nc->va)
		return;
	page = virt_to_page(nc->va);
	nc->va = NULL;
	/* Keep one, so that the last reference goes through the door like any other. */
	page_ref_sub(page, nc->pagecnt_bias - 1);
	put_page(page);
}
