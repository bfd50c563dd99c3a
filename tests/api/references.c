// SPDX-License-Identifier: MIT
/* references.c - rows of what is done with a page: hold it, part it, find its address; see api.h */
#include "api.h"

#include <linux/highmem.h>

/* -- references -------------------------------------------------------------------------------- */
API(folio_alloc, other, "always compound")
{
	struct folio *folio = folio_alloc(GFP_KERNEL, 3);
	bool ok = folio && folio_order(folio) == 3 && PageHead(&folio->page) &&
		  folio_nr_pages(folio) == 8;

	folio_put(folio);
	return ok;
}

API(__folio_alloc_node, other, "always compound")
{
	struct folio *folio = __folio_alloc_node(GFP_KERNEL, 1, 0);
	bool ok = folio && folio_order(folio) == 1;

	folio_put(folio);
	return ok;
}

API(folio_get, other, "one reference more keeps it")
{
	struct folio *folio = folio_alloc(GFP_KERNEL, 1);
	bool ok;

	if (!folio)
		return false;
	folio_get(folio);
	folio_put(folio);
	ok = page_count(&folio->page) == 1;
	folio_put(folio);
	return ok;
}

API_CONTEXTS(folio_put, "PASH", "never sleeps", NULL)
{
	folio_put(folio_alloc(GFP_ATOMIC, 1));
	return true;
}

API(get_page, other, "on a tail it acts on the head")
{
	struct page *page = alloc_pages(GFP_KERNEL | __GFP_COMP, 2);
	bool ok;

	if (!page)
		return false;
	get_page(page + 3);
	ok = page_count(page) == 2 && page_ref_count(page) == 2 && page_count(page + 1) == 2;
	put_page(page + 1);
	ok &= page_count(page) == 1;
	put_page(page);
	return ok;
}

API_CONTEXTS(put_page, "PASH", "the last one frees, and never sleeps", NULL)
{
	put_page(alloc_pages(GFP_ATOMIC | __GFP_COMP, 1));
	return true;
}

API(page_count, other, "1 after allocation, that of the head for a tail")
{
	struct page *page = alloc_pages(GFP_KERNEL | __GFP_COMP, 1);
	bool ok = page && page_count(page) == 1 && page_count(page + 1) == 1;

	put_page(page);
	return ok;
}

API(get_page_unless_zero, other, "not for a page that nobody holds")
{
	struct page *page = alloc_pages(GFP_KERNEL, 1);
	bool ok = page && get_page_unless_zero(page) && page_count(page) == 2 &&
		  !get_page_unless_zero(page + 1);

	put_page(page);
	__free_pages(page, 1);
	return ok;
}

/* -- pieces ------------------------------------------------------------------------------------ */
API(page_frag_alloc, other, "pieces share a block, each freed alone")
{
	struct page_frag_cache cache = {};
	void *one = page_frag_alloc(&cache, 1000, GFP_KERNEL);
	void *two = page_frag_alloc(&cache, 1000, GFP_KERNEL);
	bool ok = one && two && virt_to_head_page(one) == virt_to_head_page(two) && one != two;

	memset(one, 1, 1000);
	memset(two, 2, 1000);
	ok &= api_filled(one, 1, 1000) && api_filled(two, 2, 1000);
	page_frag_cache_drain(&cache);
	page_frag_free(two);
	page_frag_free(one);
	return ok;
}

API(page_frag_alloc, limit, "larger than the block: NULL")
{
	struct page_frag_cache cache = {};
	void *piece = page_frag_alloc(&cache, PAGE_FRAG_CACHE_MAX_SIZE + 1, GFP_KERNEL);

	page_frag_cache_drain(&cache);
	return !piece;
}

API_CONTEXTS(page_frag_alloc, "PASH", "GFP_ATOMIC never sleeps", NULL)
{
	struct page_frag_cache cache = {};
	void *piece = page_frag_alloc(&cache, 100, GFP_ATOMIC);

	if (piece)
		page_frag_free(piece);
	page_frag_cache_drain(&cache);
	return piece;
}

API(page_frag_alloc_align, align, "a power of two as asked")
{
	struct page_frag_cache cache = {};
	bool ok = true;

	for (unsigned int align = 8; align <= 512; align *= 2) {
		void *piece = page_frag_alloc_align(&cache, 24, GFP_KERNEL, align);

		ok &= api_aligned(piece, align);
		page_frag_free(piece);
	}
	page_frag_cache_drain(&cache);
	return ok;
}

API(page_frag_free, other, "the block goes with its last piece")
{
	struct page_frag_cache cache = {};
	void *piece = page_frag_alloc(&cache, 64, GFP_KERNEL);
	unsigned long free;

	page_frag_cache_drain(&cache);
	drain_all_pages(NULL);
	free = nr_free_pages();
	page_frag_free(piece);
	drain_all_pages(NULL);
	return nr_free_pages() > free;
}

API(page_frag_cache_drain, null, "an empty cache has nothing to give")
{
	struct page_frag_cache cache = {};

	page_frag_cache_drain(&cache);
	return !cache.va;
}

/* -- addresses --------------------------------------------------------------------------------- */
static bool converts(bool (*same)(struct page *page, void *address))
{
	struct page *page = alloc_pages(GFP_KERNEL, 1);
	bool ok = page && same(page + 1, page_address(page) + PAGE_SIZE);

	__free_pages(page, 1);
	return ok;
}

static bool same_page(struct page *page, void *address)
{
	return virt_to_page(address) == page && virt_to_page(address + 100) == page &&
	       page_address(page) == address;
}

static bool same_number(struct page *page, void *address)
{
	return pfn_to_page(page_to_pfn(page)) == page &&
	       page_to_pfn(page) == virt_to_phys(address) >> PAGE_SHIFT;
}

static bool same_phys(struct page *page, void *address)
{
	return phys_to_virt(virt_to_phys(address)) == address &&
	       page_to_phys(page) == virt_to_phys(address);
}

API(virt_to_page, other, "of any byte of the page") { return converts(same_page); }
API(page_address, other, "is the inverse of virt_to_page()") { return converts(same_page); }
API(page_to_pfn, other, "there and back") { return converts(same_number); }
API(pfn_to_page, other, "there and back") { return converts(same_number); }
API(virt_to_phys, other, "there and back") { return converts(same_phys); }
API(phys_to_virt, other, "there and back") { return converts(same_phys); }
API(page_to_phys, other, "as virt_to_phys() of its address") { return converts(same_phys); }

API_CONTEXTS(kmap_local_page, "PASH", "never sleeps", NULL)
{
	struct page *page = alloc_page(GFP_ATOMIC);
	char *at = page ? kmap_local_page(page) : NULL;
	bool ok = at;

	if (!ok)
		return false;
	*at = 3;
	kunmap_local(at);
	__free_page(page);
	return ok;
}

API(kunmap_local, other, "last mapped, first unmapped")
{
	struct page *page = alloc_pages(GFP_KERNEL, 1);
	char *one, *two;
	bool ok;

	if (!page)
		return false;
	one = kmap_local_page(page);
	two = kmap_local_page(page + 1);
	*one = 1;
	*two = 2;
	ok = *one == 1 && one != two;
	kunmap_local(two);
	kunmap_local(one);
	__free_pages(page, 1);
	return ok;
}

API(gfpflags_allow_blocking, other, "__GFP_DIRECT_RECLAIM is the bit")
{
	return gfpflags_allow_blocking(GFP_KERNEL) && gfpflags_allow_blocking(GFP_NOIO) &&
	       !gfpflags_allow_blocking(GFP_ATOMIC) && !gfpflags_allow_blocking(GFP_NOWAIT) &&
	       !gfpflags_allow_blocking(0);
}
