/* SPDX-License-Identifier: MIT */
/* page_ref.h - the reference count of a frame; 0 means free */
#ifndef _LINUX_PAGE_REF_H
#define _LINUX_PAGE_REF_H

#include <linux/mm_types.h>

static inline int page_ref_count(const struct page *page)
{
	return __atomic_load_n(&page->_refcount.counter, __ATOMIC_RELAXED);
}

static inline void set_page_count(struct page *page, int count)
{
	__atomic_store_n(&page->_refcount.counter, count, __ATOMIC_RELAXED);
}

static inline void init_page_count(struct page *page)
{
	set_page_count(page, 1);
}

static inline void page_ref_add(struct page *page, int nr)
{
	__atomic_fetch_add(&page->_refcount.counter, nr, __ATOMIC_RELAXED);
}

static inline void page_ref_sub(struct page *page, int nr)
{
	__atomic_fetch_sub(&page->_refcount.counter, nr, __ATOMIC_RELEASE);
}

static inline void page_ref_inc(struct page *page)
{
	page_ref_add(page, 1);
}

static inline void page_ref_dec(struct page *page)
{
	page_ref_sub(page, 1);
}

static inline int page_ref_sub_and_test(struct page *page, int nr)
{
	return __atomic_sub_fetch(&page->_refcount.counter, nr, __ATOMIC_ACQ_REL) == 0;
}

static inline int page_ref_dec_and_test(struct page *page)
{
	return page_ref_sub_and_test(page, 1);
}

/* Add @nr unless the count is @unless. */
static inline bool page_ref_add_unless(struct page *page, int nr, int unless)
{
	int count = page_ref_count(page);

	while (count != unless) {
		if (__atomic_compare_exchange_n(&page->_refcount.counter, &count, count + nr, false,
						__ATOMIC_ACQ_REL, __ATOMIC_RELAXED))
			return true;
	}
	return false;
}

/* Take all references away if there are exactly @count. */
static inline int page_ref_freeze(struct page *page, int count)
{
	return __atomic_compare_exchange_n(&page->_refcount.counter, &count, 0, false,
					   __ATOMIC_ACQ_REL, __ATOMIC_RELAXED);
}

static inline void page_ref_unfreeze(struct page *page, int count)
{
	__atomic_store_n(&page->_refcount.counter, count, __ATOMIC_RELEASE);
}

static inline void folio_ref_add(struct folio *folio, int count)
{
	page_ref_add(&folio->page, count);
}

static inline void folio_ref_sub(struct folio *folio, int count)
{
	page_ref_sub(&folio->page, count);
}

static inline void folio_ref_inc(struct folio *folio)
{
	page_ref_add(&folio->page, 1);
}

static inline void folio_ref_dec(struct folio *folio)
{
	page_ref_sub(&folio->page, 1);
}

static inline int folio_ref_freeze(struct folio *folio, int count)
{
	return page_ref_freeze(&folio->page, count);
}

static inline void folio_ref_unfreeze(struct folio *folio, int count)
{
	page_ref_unfreeze(&folio->page, count);
}

static inline int folio_ref_count(const struct folio *folio)
{
	return page_ref_count(&folio->page);
}

#endif
