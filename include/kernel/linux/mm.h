/* SPDX-License-Identifier: MIT */
/* mm.h - pages by address, number and reference */
#ifndef _LINUX_MM_H
#define _LINUX_MM_H

#include <linux/errno.h>
#include <linux/mmdebug.h>
#include <linux/gfp.h>
#include <linux/bug.h>
#include <linux/list.h>
#include <linux/mmzone.h>
#include <linux/atomic.h>
#include <linux/mm_types.h>
#include <linux/pfn.h>
#include <linux/align.h>
#include <linux/overflow.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/err.h>
#include <linux/page-flags.h>
#include <linux/page_ref.h>
#include <linux/pgtable.h>
#include <linux/slab.h>

#define PAGE_ALIGN(addr)	ALIGN(addr, PAGE_SIZE)
#define PAGE_ALIGN_DOWN(addr)	ALIGN_DOWN(addr, PAGE_SIZE)
#define PAGE_ALIGNED(addr)	IS_ALIGNED((unsigned long)(addr), PAGE_SIZE)
#define offset_in_page(p)	((unsigned long)(p) & ~PAGE_MASK)
#define nth_page(page, n)	((page) + (n))

/* -- address and frame --------------------------------------------------------------------- */
/**
 * page_address() - where a page can be read and written
 * Context: any.   Cost: O(1).   Return: an address in the linear map, never NULL: there is no high
 * memory.
 */
void *page_address(const struct page *page) KM_SYM(page_address);
#define lowmem_page_address(page)	page_address(page)
#define page_to_virt(page)		page_address(page)

static inline void *folio_address(const struct folio *folio)
{
	return page_address(&folio->page);
}

static inline struct page *virt_to_head_page(const void *address)
{
	return compound_head(virt_to_page(address));
}

static inline struct folio *virt_to_folio(const void *address)
{
	return (struct folio *)virt_to_head_page(address);
}

static inline int page_to_nid(const struct page *page)
{
	return page->home >> 4;
}

static inline int folio_nid(const struct folio *folio)
{
	return page_to_nid(&folio->page);
}

static inline enum zone_type page_zonenum(const struct page *page)
{
	return (enum zone_type)(page->home >> 2 & (MAX_NR_ZONES - 1));
}

/* Of a page that exists. */
struct zone *page_zone(const struct page *page) KM_SYM(page_zone);
#define page_pgdat(page)	NODE_DATA(page_to_nid(page))
#define folio_zone(folio)	page_zone(&(folio)->page)
#define folio_pgdat(folio)	page_pgdat(&(folio)->page)
/* The migrate type of the page's pageblock, as it is now. */
#define get_pageblock_migratetype(page)	((int)(page)->mobility)

bool is_vmalloc_addr(const void *address) KM_SYM(is_vmalloc_addr);
struct page *vmalloc_to_page(const void *addr) KM_SYM(vmalloc_to_page);
unsigned long vmalloc_to_pfn(const void *addr) KM_SYM(vmalloc_to_pfn);
#define is_vmalloc_or_module_addr(address)	is_vmalloc_addr(address)

/* -- compound pages ------------------------------------------------------------------------ */
static inline unsigned int compound_order(const struct page *page)
{
	return PageHead(page) ? page->order : 0;
}

static inline unsigned long compound_nr(const struct page *page)
{
	return 1UL << compound_order(page);
}

static inline unsigned long page_size(const struct page *page)
{
	return PAGE_SIZE << compound_order(page);
}

static inline unsigned int folio_order(const struct folio *folio)
{
	return compound_order(&folio->page);
}

static inline long folio_nr_pages(const struct folio *folio)
{
	return compound_nr(&folio->page);
}

static inline size_t folio_size(const struct folio *folio)
{
	return page_size(&folio->page);
}

static inline unsigned long folio_pfn(const struct folio *folio)
{
	return page_to_pfn(&folio->page);
}

void split_page(struct page *page, unsigned int order) KM_SYM(split_page);

/* -- references ---------------------------------------------------------------------------- */
/**
 * page_count() - references to a page; of a tail, those of its head
 * Context: any; the number may be out of date at once.
 */
static inline int page_count(const struct page *page)
{
	return page_ref_count(compound_head(page));
}

static inline int page_mapcount(const struct page *page)
{
	return __atomic_load_n(&page->_mapcount.counter, __ATOMIC_RELAXED) + 1;
}

/* On a tail page both act on the head. Any context but NMI. */
void get_page(struct page *page) KM_SYM(get_page);
void put_page(struct page *page) KM_SYM(put_page);

static inline int put_page_testzero(struct page *page)
{
	return page_ref_dec_and_test(page);
}

/**
 * get_page_unless_zero() - hold a page that may be on its way to be free
 * Context: any.   Return: false: it is free, and is not held.
 */
static inline bool get_page_unless_zero(struct page *page)
{
	return page_ref_add_unless(page, 1, 0);
}

/**
 * folio_get() - get_page() of a folio
 * Context: any.   Also: folio_put(), put_page() of a folio.
 */
static inline void folio_get(struct folio *folio)
{
	get_page(&folio->page);
}

static inline bool folio_try_get(struct folio *folio)
{
	return get_page_unless_zero(&folio->page);
}

void folio_put(struct folio *folio) KM_SYM(folio_put);
/* Lets go of @refs references at once.  @refs: at least 1, all of them the caller's */
void folio_put_refs(struct folio *folio, int refs) KM_SYM(folio_put_refs);
/* A page or folio each; the array form takes either, the list links lru. Any context but NMI. */
void put_pages_list(struct list_head *pages) KM_SYM(put_pages_list);
void release_pages(struct page **pages, int nr) KM_SYM(release_pages);

static inline int folio_put_testzero(struct folio *folio)
{
	return put_page_testzero(&folio->page);
}

static inline struct folio *folio_next(struct folio *folio)
{
	return (struct folio *)folio_page(folio, folio_nr_pages(folio));
}

static inline unsigned int folio_shift(const struct folio *folio)
{
	return PAGE_SHIFT + folio_order(folio);
}

static inline unsigned long folio_page_idx(const struct folio *folio, const struct page *page)
{
	return page - &folio->page;
}

static inline bool folio_contains(struct folio *folio, pgoff_t index)
{
	return index - folio->page.index < (unsigned long)folio_nr_pages(folio);
}

static inline void *folio_get_private(struct folio *folio)
{
	return (void *)folio->page.private;
}

/* -- the user's word ----------------------------------------------------------------------- */
#define page_private(page)	((page)->private)

static inline void set_page_private(struct page *page, unsigned long private)
{
	page->private = private;
}

static inline void attach_page_private(struct page *page, void *data)
{
	get_page(page);
	set_page_private(page, (unsigned long)data);
	SetPagePrivate(page);
}

static inline void *detach_page_private(struct page *page)
{
	void *data = (void *)page_private(page);

	if (!PagePrivate(page))
		return NULL;
	ClearPagePrivate(page);
	set_page_private(page, 0);
	put_page(page);
	return data;
}

/* -- the machine --------------------------------------------------------------------------- */
void warn_alloc(gfp_t gfp_mask, nodemask_t *nodemask, const char *fmt, ...)
	KM_SYM(warn_alloc) __printf(3, 4);
unsigned long totalram_pages(void) KM_SYM(totalram_pages);
/*
 * Ask every shrinker for all it has, then the engine itself, HIGHATOMIC reserves included; as
 * writing 2 to drop_caches. Task.
 */
void drop_slab(void) KM_SYM(drop_slab);
unsigned long nr_free_pages(void) KM_SYM(nr_free_pages);
unsigned long nr_free_buffer_pages(void) KM_SYM(nr_free_buffer_pages);
bool want_init_on_alloc(gfp_t flags) KM_SYM(want_init_on_alloc);
bool want_init_on_free(void) KM_SYM(want_init_on_free);

#endif
