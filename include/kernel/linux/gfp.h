/* SPDX-License-Identifier: MIT */
/*
 * gfp.h - whole pages: ask, give back
 *
 * A gfp with __GFP_DIRECT_RECLAIM may sleep: task context, nothing held (rule sleep-in-atomic).
 * Without it any context but NMI.  Freeing is allowed in any context but NMI.
 */
#ifndef __LINUX_GFP_H
#define __LINUX_GFP_H

#include <linux/gfp_types.h>
#include <linux/mmzone.h>
#include <linux/mm_types.h>
#include <linux/topology.h>

struct vm_area_struct;
struct mempolicy;

/**
 * gfpflags_allow_blocking() - may a call with these flags sleep?
 * Context: any.   It is what decides where the call may be made, whether memory is short or not.
 */
static inline bool gfpflags_allow_blocking(const gfp_t gfp_flags)
{
	return (gfp_flags & __GFP_DIRECT_RECLAIM) != 0;
}

static inline bool gfp_has_io_fs(gfp_t gfp)
{
	return (gfp & (__GFP_IO | __GFP_FS)) == (__GFP_IO | __GFP_FS);
}

static inline int gfp_migratetype(const gfp_t gfp_flags)
{
	return (gfp_flags & (__GFP_MOVABLE | __GFP_RECLAIMABLE)) >> ___GFP_MOVABLE_BIT;
}

/*
 * The highest zone that may serve @flags. Two zone modifiers together are a caller's bug; they
 * select ZONE_DMA.
 */
enum zone_type gfp_zone(gfp_t flags) KM_SYM(gfp_zone);

/* -- blocks of 2^order pages --------------------------------------------------------------- */
struct page *alloc_pages(gfp_t gfp, unsigned int order) KM_SYM(alloc_pages) __km_result;
struct page *__alloc_pages(gfp_t gfp, unsigned int order, int preferred_nid, nodemask_t *nodemask)
	KM_SYM(__alloc_pages);
struct page *alloc_pages_node(int nid, gfp_t gfp, unsigned int order) KM_SYM(alloc_pages_node)
	__km_result;
struct folio *folio_alloc(gfp_t gfp, unsigned int order) KM_SYM(folio_alloc) __km_result;
struct folio *__folio_alloc_node(gfp_t gfp, unsigned int order, int nid) KM_SYM(__folio_alloc_node);
unsigned long __get_free_pages(gfp_t gfp, unsigned int order) KM_SYM(__get_free_pages) __km_result;
unsigned long get_zeroed_page(gfp_t gfp) KM_SYM(get_zeroed_page) __km_result;
void __free_pages(struct page *page, unsigned int order) KM_SYM(__free_pages);
void free_pages(unsigned long addr, unsigned int order) KM_SYM(free_pages);

/**
 * alloc_page() - alloc_pages() of one page
 * Also: __free_page(), which is __free_pages() of one page; __alloc_pages_node().
 */
#define alloc_page(gfp)			alloc_pages(gfp, 0)
#define __alloc_pages_node(nid, gfp, order)	alloc_pages_node(nid, gfp, order)
/**
 * alloc_page_vma() - a page for a user's address: here an ordinary one
 * Differs: there are no user processes and no memory policies; @vma and @addr choose nothing.
 */
#define alloc_page_vma(gfp, vma, addr)	alloc_pages(gfp, 0)
/**
 * __get_free_page() - __get_free_pages() of one page
 * Also: __get_dma_pages(), which is __get_free_pages() from ZONE_DMA; free_page(), free_pages() of
 * one.
 */
#define __get_free_page(gfp)		__get_free_pages((gfp), 0)
#define __get_dma_pages(gfp, order)	__get_free_pages((gfp) | GFP_DMA, (order))
#define __free_page(page)		__free_pages((page), 0)
#define free_page(addr)			free_pages((addr), 0)

/* Absent: alloc_pages_mpol - memory policies are of user processes */
#define alloc_pages_noprof		alloc_pages
#define __alloc_pages_noprof		__alloc_pages
#define alloc_pages_node_noprof		alloc_pages_node
#define folio_alloc_noprof		folio_alloc
#define get_free_pages_noprof		__get_free_pages
#define get_zeroed_page_noprof		get_zeroed_page

/* -- exact byte counts --------------------------------------------------------------------- */
void free_pages_exact(void *virt, size_t size) KM_SYM(free_pages_exact);
void *alloc_pages_exact(size_t size, gfp_t gfp) KM_SYM(alloc_pages_exact)
	KM_FREED_BY(free_pages_exact, 1) __km_result __alloc_size(1);
void *alloc_pages_exact_nid(int nid, size_t size, gfp_t gfp)
	KM_SYM(alloc_pages_exact_nid) KM_FREED_BY(free_pages_exact, 1) __km_result __alloc_size(2);
void free_pages_exact(void *virt, size_t size) KM_SYM(free_pages_exact);
#define alloc_pages_exact_noprof	alloc_pages_exact

/* -- runs of any length -------------------------------------------------------------------- */
int alloc_contig_range(unsigned long start, unsigned long end, unsigned int migratetype,
		       gfp_t gfp_mask) KM_SYM(alloc_contig_range) __km_sleeps;
struct page *alloc_contig_pages(unsigned long nr_pages, gfp_t gfp_mask, int nid,
				nodemask_t *nodemask) KM_SYM(alloc_contig_pages) __km_sleeps;
void free_contig_range(unsigned long pfn, unsigned long nr_pages) KM_SYM(free_contig_range);
#define alloc_contig_range_noprof	alloc_contig_range
#define alloc_contig_pages_noprof	alloc_contig_pages

/* -- many single pages --------------------------------------------------------------------- */
unsigned long __alloc_pages_bulk(gfp_t gfp, int preferred_nid, nodemask_t *nodemask, int nr_pages,
				 struct list_head *page_list, struct page **page_array)
				KM_SYM(__alloc_pages_bulk);
unsigned long alloc_pages_bulk_array(gfp_t gfp, unsigned long nr_pages, struct page **page_array)
	KM_SYM(alloc_pages_bulk_array);
unsigned long alloc_pages_bulk_list(gfp_t gfp, unsigned long nr_pages, struct list_head *list)
	KM_SYM(alloc_pages_bulk_list);
/**
 * alloc_pages_bulk_array_node() - alloc_pages_bulk_array(), from node @nid first
 */
#define alloc_pages_bulk_array_node(gfp, nid, nr_pages, page_array) \
	__alloc_pages_bulk(gfp, nid, NULL, nr_pages, NULL, page_array)
/**
 * alloc_pages_bulk_array_mempolicy() - alloc_pages_bulk_array()
 * Differs: there are no memory policies: this CPU's node comes first.
 */
#define alloc_pages_bulk_array_mempolicy(gfp, nr_pages, page_array) \
	alloc_pages_bulk_array(gfp, nr_pages, page_array)

/* -- pieces of a page ---------------------------------------------------------------------- */
#define PAGE_FRAG_CACHE_MAX_SIZE	(8 * PAGE_SIZE)
#define PAGE_FRAG_CACHE_MAX_ORDER	3

/* No lock inside: a cache belongs to one CPU or context. Zero it before use. */
struct page_frag_cache {
	void *va;
	u32 offset;		/* bytes still free, taken from the top */
	u32 size;
	unsigned int pagecnt_bias;
	bool pfmemalloc;
};
void *page_frag_alloc_align(struct page_frag_cache *nc, unsigned int fragsz, gfp_t gfp,
			    unsigned int align)
	KM_SYM(page_frag_alloc_align);
void *page_frag_alloc(struct page_frag_cache *nc, unsigned int fragsz, gfp_t gfp)
	KM_SYM(page_frag_alloc);
void page_frag_free(void *addr) KM_SYM(page_frag_free);
void page_frag_cache_drain(struct page_frag_cache *nc) KM_SYM(page_frag_cache_drain);

/* -- per-CPU lists of pages ---------------------------------------------------------------- */
/* NULL: every zone. Context: task */
void drain_all_pages(void *zone) KM_SYM(drain_all_pages);
void drain_local_pages(void *zone) KM_SYM(drain_local_pages);

/* What a gfp says to the compiler: linux/compiler_context.h. */
#ifdef KM_GFP_IS_LOOKED_AT
#define alloc_pages(_gfp, _order)	alloc_pages(KM_GFP(_gfp), _order)
#define __alloc_pages(_gfp, _order, _preferred_nid, _nodemask)	\
	__alloc_pages(KM_GFP(_gfp), _order, _preferred_nid, _nodemask)
#define alloc_pages_node(_nid, _gfp, _order)	alloc_pages_node(_nid, KM_GFP(_gfp), _order)
#define folio_alloc(_gfp, _order)	folio_alloc(KM_GFP(_gfp), _order)
#define __folio_alloc_node(_gfp, _order, _nid)	__folio_alloc_node(KM_GFP(_gfp), _order, _nid)
#define __get_free_pages(_gfp, _order)	__get_free_pages(KM_GFP(_gfp), _order)
#define get_zeroed_page(_gfp)	get_zeroed_page(KM_GFP(_gfp))
#define alloc_pages_exact(_size, _gfp)	alloc_pages_exact(_size, KM_GFP(_gfp))
#define alloc_pages_exact_nid(_nid, _size, _gfp)	\
	alloc_pages_exact_nid(_nid, _size, KM_GFP(_gfp))
#define __alloc_pages_bulk(_gfp, _preferred_nid, _nodemask, _nr_pages, _page_list, _page_array)	\
	__alloc_pages_bulk(KM_GFP(_gfp), _preferred_nid, _nodemask, _nr_pages,	\
		_page_list, _page_array)
#define alloc_pages_bulk_array(_gfp, _nr_pages, _page_array)	\
	alloc_pages_bulk_array(KM_GFP(_gfp), _nr_pages, _page_array)
#define alloc_pages_bulk_list(_gfp, _nr_pages, _list)	\
	alloc_pages_bulk_list(KM_GFP(_gfp), _nr_pages, _list)
#define page_frag_alloc_align(_nc, _fragsz, _gfp, _align)	\
	page_frag_alloc_align(_nc, _fragsz, KM_GFP(_gfp), _align)
#define page_frag_alloc(_nc, _fragsz, _gfp)	page_frag_alloc(_nc, _fragsz, KM_GFP(_gfp))
#endif

#endif
