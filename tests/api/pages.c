// SPDX-License-Identifier: MIT
/* pages.c - rows of the page allocator: blocks, references, pieces, addresses; see api.h */
#include "api.h"

/* -- contexts: the gfp decides ----------------------------------------------------------------- */
#define ALLOC_CONTEXTS(call, take, give)							\
	API_CONTEXTS(call, "P", "GFP_KERNEL may sleep", NULL)					\
	{											\
		gfp_t gfp = GFP_KERNEL;								\
		__typeof__(take) got = take;							\
												\
		if (got)									\
			give;									\
		return got;									\
	}
#define ATOMIC_CONTEXTS(call, take, give)							\
	API_CONTEXTS(call, "PASH", "GFP_ATOMIC never sleeps", NULL)				\
	{											\
		gfp_t gfp = GFP_ATOMIC;								\
		__typeof__(take) got = take;							\
												\
		if (got)									\
			give;									\
		return got;									\
	}

ALLOC_CONTEXTS(alloc_pages, alloc_pages(gfp, 1), __free_pages(got, 1))
ATOMIC_CONTEXTS(alloc_pages, alloc_pages(gfp, 1), __free_pages(got, 1))
ALLOC_CONTEXTS(alloc_page, alloc_page(gfp), __free_page(got))
ATOMIC_CONTEXTS(alloc_page, alloc_page(gfp), __free_page(got))
ALLOC_CONTEXTS(alloc_pages_node, alloc_pages_node(0, gfp, 0), __free_pages(got, 0))
ATOMIC_CONTEXTS(alloc_pages_node, alloc_pages_node(0, gfp, 0), __free_pages(got, 0))
ALLOC_CONTEXTS(__alloc_pages, __alloc_pages(gfp, 2, 0, NULL), __free_pages(got, 2))
ATOMIC_CONTEXTS(__alloc_pages, __alloc_pages(gfp, 2, 0, NULL), __free_pages(got, 2))
ALLOC_CONTEXTS(alloc_page_vma, alloc_page_vma(gfp, NULL, 0), __free_page(got))
ATOMIC_CONTEXTS(alloc_page_vma, alloc_page_vma(gfp, NULL, 0), __free_page(got))
ALLOC_CONTEXTS(__get_free_pages, __get_free_pages(gfp, 3), free_pages(got, 3))
ATOMIC_CONTEXTS(__get_free_pages, __get_free_pages(gfp, 3), free_pages(got, 3))
ALLOC_CONTEXTS(__get_free_page, __get_free_page(gfp), free_page(got))
ATOMIC_CONTEXTS(__get_free_page, __get_free_page(gfp), free_page(got))
ALLOC_CONTEXTS(get_zeroed_page, get_zeroed_page(gfp), free_page(got))
ATOMIC_CONTEXTS(get_zeroed_page, get_zeroed_page(gfp), free_page(got))
ALLOC_CONTEXTS(__get_dma_pages, __get_dma_pages(gfp, 0), free_page(got))
ATOMIC_CONTEXTS(__get_dma_pages, __get_dma_pages(gfp, 0), free_page(got))
ALLOC_CONTEXTS(alloc_pages_exact, alloc_pages_exact(9000, gfp), free_pages_exact(got, 9000))
ATOMIC_CONTEXTS(alloc_pages_exact, alloc_pages_exact(9000, gfp), free_pages_exact(got, 9000))
ALLOC_CONTEXTS(alloc_pages_exact_nid, alloc_pages_exact_nid(0, 9000, gfp),
	       free_pages_exact(got, 9000))
ATOMIC_CONTEXTS(alloc_pages_exact_nid, alloc_pages_exact_nid(0, 9000, gfp),
		free_pages_exact(got, 9000))
ALLOC_CONTEXTS(folio_alloc, folio_alloc(gfp, 2), folio_put(got))
ATOMIC_CONTEXTS(folio_alloc, folio_alloc(gfp, 2), folio_put(got))
ALLOC_CONTEXTS(__folio_alloc_node, __folio_alloc_node(gfp, 2, 0), folio_put(got))
ATOMIC_CONTEXTS(__folio_alloc_node, __folio_alloc_node(gfp, 2, 0), folio_put(got))

/* -- blocks ------------------------------------------------------------------------------------ */
API(alloc_pages, align, "each order is aligned to its length, held once, its tails not")
{
	bool ok = true;

	for (unsigned int order = 0; order <= MAX_PAGE_ORDER; order++) {
		struct page *page = alloc_pages(GFP_KERNEL, order);

		if (!page)
			return false;
		ok &= !(page_to_pfn(page) & ((1ul << order) - 1)) && page_count(page) == 1;
		for (unsigned long i = 1; i < 1ul << order; i++)
			ok &= page_ref_count(page + i) == 0;
		__free_pages(page, order);
	}
	return ok;
}

API(alloc_pages, limit, "above MAX_PAGE_ORDER: NULL at once, silent with __GFP_NOWARN")
{
	unsigned int order = API_HIDDEN(MAX_PAGE_ORDER + 1);

	return !alloc_pages(GFP_KERNEL | __GFP_NOWARN, order) && !api_said("WARNING");
}

API(alloc_pages, failure, "NULL without memory; __GFP_NOWARN keeps it quiet")
{
	struct page *page;
	bool ok;

	api_memory_out();
	page = alloc_pages(GFP_ATOMIC | __GFP_NOWARN, 0);
	ok = !page && !api_said("page allocation failure");
	page = page ? page : alloc_pages(GFP_KERNEL | __GFP_NORETRY | __GFP_NOWARN, 4);
	api_memory_back();
	return ok && !page;
}

API(alloc_pages, other, "__GFP_ZERO zeroes, __GFP_COMP builds a compound page")
{
	struct page *page = alloc_pages(GFP_KERNEL | __GFP_ZERO | __GFP_COMP, 3);
	bool ok = page && api_filled(page_address(page), 0, 8 * PAGE_SIZE) &&
		  compound_head(page + 5) == page && compound_order(page) == 3;

	__free_pages(page, 3);
	return ok;
}

API(alloc_page, zero, "order 0 is one page")
{
	struct page *page = alloc_page(GFP_KERNEL);
	bool ok = page && page_count(page) == 1 && !PageCompound(page);

	__free_page(page);
	return ok;
}

API(alloc_pages_node, other, "NUMA_NO_NODE is the nearest node")
{
	struct page *page = alloc_pages_node(NUMA_NO_NODE, GFP_KERNEL, 1);
	bool ok = page && page_to_nid(page) == numa_node_id();

	__free_pages(page, 1);
	return ok;
}

API(__alloc_pages, limit, "above MAX_PAGE_ORDER: NULL")
{
	return !__alloc_pages(GFP_KERNEL | __GFP_NOWARN, API_HIDDEN(MAX_PAGE_ORDER + 1u), 0, NULL);
}

API(alloc_page_vma, zero, "no area: as alloc_page()")
{
	struct page *page = alloc_page_vma(GFP_KERNEL, NULL, 0);
	bool ok = page;

	__free_page(page);
	return ok;
}

API(__get_free_pages, align, "the address is that of the block; highmem is stripped")
{
	unsigned long address = __get_free_pages(GFP_KERNEL, 2);
	bool ok = api_aligned((void *)address, 4 * PAGE_SIZE);

	free_pages(address, 2);
	address = __get_free_pages(GFP_KERNEL | __GFP_HIGHMEM, 0);
	ok &= address && page_address(virt_to_page(address)) == (void *)address;
	free_page(address);
	return ok;
}

API(__get_free_pages, failure, "0 without memory and above MAX_PAGE_ORDER")
{
	unsigned long address;

	api_memory_out();
	address = __get_free_pages(GFP_NOWAIT, 0);
	api_memory_back();
	return !address &&
	       !__get_free_pages(GFP_KERNEL | __GFP_NOWARN, API_HIDDEN(MAX_PAGE_ORDER + 1u));
}

API(__get_free_page, failure, "0 without memory")
{
	unsigned long address;

	api_memory_out();
	address = __get_free_page(GFP_NOWAIT);
	api_memory_back();
	return !address;
}

API(get_zeroed_page, other, "the page is zero whatever it held")
{
	unsigned long address = get_zeroed_page(GFP_KERNEL);
	bool ok = address && api_filled((void *)address, 0, PAGE_SIZE);

	memset((void *)address, 7, PAGE_SIZE);
	free_page(address);
	address = get_zeroed_page(GFP_KERNEL);
	ok &= address && api_filled((void *)address, 0, PAGE_SIZE);
	free_page(address);
	return ok;
}

API(__get_dma_pages, limit, "below 16 MiB")
{
	unsigned long address = __get_dma_pages(GFP_KERNEL, 0);
	bool ok = address && virt_to_phys((void *)address) < 16ull << 20;

	free_page(address);
	return ok;
}

/* -- giving back ------------------------------------------------------------------------------- */
API_CONTEXTS(__free_pages, "PASH", "never sleeps", NULL)
{
	__free_pages(alloc_pages(GFP_ATOMIC, 1), 1);
	return true;
}

API(__free_pages, other, "a block still held elsewhere loses its tail at once, its head later")
{
	struct page *page = alloc_pages(GFP_KERNEL, 2);
	unsigned long free;
	bool ok;

	if (!page)
		return false;
	drain_all_pages(NULL);
	free = nr_free_pages();
	get_page(page);
	__free_pages(page, 2);
	drain_all_pages(NULL);
	ok = page_count(page) == 1 && nr_free_pages() == free + 3;
	put_page(page);
	drain_all_pages(NULL);
	return ok && nr_free_pages() == free + 4;
}

API(__free_page, other, "the page is free again")
{
	unsigned long free;

	drain_all_pages(NULL);
	free = nr_free_pages();
	__free_page(alloc_page(GFP_KERNEL));
	drain_all_pages(NULL);
	return nr_free_pages() == free;
}

API(free_pages, null, "address 0 does nothing")
{
	free_pages(API_HIDDEN(0ul), 3);
	return true;
}

API_CONTEXTS(free_pages, "PASH", "never sleeps", NULL)
{
	free_pages(__get_free_pages(GFP_ATOMIC, 1), 1);
	return true;
}

API(free_page, null, "address 0 does nothing")
{
	free_page(API_HIDDEN(0ul));
	return true;
}

API(alloc_pages_exact, zero, "size 0 is no request: NULL")
{
	return !alloc_pages_exact(API_HIDDEN(0ul), GFP_KERNEL | __GFP_NOWARN);
}

API(alloc_pages_exact, limit, "the tail goes back: 5 pages and a byte cost 6")
{
	unsigned long free;
	size_t bytes = 5 * PAGE_SIZE + 1;
	void *at;
	bool ok;

	drain_all_pages(NULL);
	free = nr_free_pages();
	at = alloc_pages_exact(bytes, GFP_KERNEL);
	drain_all_pages(NULL);
	ok = api_aligned(at, PAGE_SIZE) && free - nr_free_pages() == 6;
	free_pages_exact(at, bytes);
	return ok && !alloc_pages_exact(API_HIDDEN(SIZE_MAX), GFP_KERNEL | __GFP_NOWARN);
}

API(alloc_pages_exact, failure, "NULL without memory")
{
	void *at;

	api_memory_out();
	at = alloc_pages_exact(5 * PAGE_SIZE, GFP_NOWAIT);
	api_memory_back();
	return !at;
}

API(alloc_pages_exact, other, "__GFP_COMP is stripped with a warning")
{
	void *at = alloc_pages_exact(PAGE_SIZE * 2, GFP_KERNEL | __GFP_COMP);
	bool ok = at && !PageCompound(virt_to_page(at));

	free_pages_exact(at, PAGE_SIZE * 2);
	return ok;
}

API(alloc_pages_exact_nid, zero, "size 0 is no request: NULL")
{
	return !alloc_pages_exact_nid(0, API_HIDDEN(0ul), GFP_KERNEL | __GFP_NOWARN);
}

API(free_pages_exact, other, "all pages of the size go back")
{
	unsigned long free;

	drain_all_pages(NULL);
	free = nr_free_pages();
	free_pages_exact(alloc_pages_exact(7 * PAGE_SIZE, GFP_KERNEL), 7 * PAGE_SIZE);
	drain_all_pages(NULL);
	return nr_free_pages() >= free;
}

API_CONTEXTS(free_pages_exact, "PASH", "never sleeps", NULL)
{
	free_pages_exact(alloc_pages_exact(3 * PAGE_SIZE, GFP_ATOMIC), 3 * PAGE_SIZE);
	return true;
}

/* -- many ------------------------------------------------------------------------------------ */
static bool pages_free(struct page **pages, unsigned int count)
{
	for (unsigned int i = 0; i < count; i++) {
		if (!pages[i])
			return false;
		__free_page(pages[i]);
	}
	return true;
}

API(__alloc_pages_bulk, zero, "no pages asked for: the count of those that are there")
{
	struct page *pages[2] = {};

	return __alloc_pages_bulk(GFP_KERNEL, 0, NULL, API_HIDDEN(0), NULL, pages) == 0 &&
	       !pages[0];
}

API(alloc_pages_bulk_array, other, "only empty slots are filled")
{
	struct page *pages[8] = {}, *mine = alloc_page(GFP_KERNEL);
	bool ok;

	pages[3] = mine;
	ok = alloc_pages_bulk_array(GFP_KERNEL, 8, pages) == 8 && pages[3] == mine;
	return pages_free(pages, 8) && ok;
}

API(alloc_pages_bulk_array, failure, "without memory: how many there were before")
{
	struct page *pages[2] = {};
	unsigned long count;

	api_memory_out();
	count = alloc_pages_bulk_array(GFP_NOWAIT, 2, pages);
	api_memory_back();
	return !count && !pages[0];
}

API_CONTEXTS(alloc_pages_bulk_array, "PASH", "GFP_ATOMIC never sleeps", NULL)
{
	struct page *pages[3] = {};

	return alloc_pages_bulk_array(GFP_ATOMIC, 3, pages) == 3 && pages_free(pages, 3);
}

API_CONTEXTS(alloc_pages_bulk_array, "P", "GFP_KERNEL may sleep", NULL)
{
	struct page *pages[3] = {};

	return alloc_pages_bulk_array(GFP_KERNEL, 3, pages) == 3 && pages_free(pages, 3);
}

API(alloc_pages_bulk_list, other, "as many as asked for are on the list")
{
	LIST_HEAD(list);
	struct page *page, *next;
	unsigned long count = alloc_pages_bulk_list(GFP_KERNEL, 5, &list), on_list = 0;

	list_for_each_entry_safe(page, next, &list, lru) {
		__free_page(page);
		on_list++;
	}
	return count == 5 && on_list == 5;
}

API(alloc_pages_bulk_array_node, other, "fills the array")
{
	struct page *pages[4] = {};

	return alloc_pages_bulk_array_node(GFP_KERNEL, 0, 4, pages) == 4 && pages_free(pages, 4);
}

API(alloc_pages_bulk_array_mempolicy, other, "fills the array")
{
	struct page *pages[4] = {};

	return alloc_pages_bulk_array_mempolicy(GFP_KERNEL, 4, pages) == 4 && pages_free(pages, 4);
}

API(split_page, other, "each page stands alone and is freed alone")
{
	struct page *page = alloc_pages(GFP_KERNEL, 3);
	bool ok = true;

	if (!page)
		return false;
	split_page(page, 3);
	for (unsigned int i = 0; i < 8; i++) {
		ok &= page_count(page + i) == 1;
		__free_page(page + i);
	}
	return ok;
}

API_CONTEXTS(split_page, "PASH", "never sleeps", NULL)
{
	struct page *page = alloc_pages(GFP_ATOMIC, 1);

	if (!page)
		return false;
	split_page(page, 1);
	__free_page(page);
	__free_page(page + 1);
	return true;
}
