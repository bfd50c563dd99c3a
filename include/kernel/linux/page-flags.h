/* SPDX-License-Identifier: MIT */
/*
 * page-flags.h - the flag bits of a frame
 *
 * Most belong to whoever holds the page (page cache, buffers); the page room only insists that
 * they are clear again when the page is freed ("Bad page state"). Whether a frame is a slab,
 * free, or a tail is not a bit: see owner in mm_types.h.
 */
#ifndef PAGE_FLAGS_H
#define PAGE_FLAGS_H

#include <linux/mm_types.h>

enum pageflags {
	PG_locked,
	PG_writeback,
	PG_referenced,
	PG_uptodate,
	PG_dirty,
	PG_lru,
	PG_head,
	PG_waiters,
	PG_active,
	PG_workingset,
	PG_owner_priv_1,
	PG_owner_2,
	PG_arch_1,
	PG_reserved,
	PG_private,
	PG_private_2,
	PG_reclaim,
	PG_swapbacked,
	PG_unevictable,
	PG_mlocked,
	__NR_PAGEFLAGS,

	PG_checked = PG_owner_priv_1,
	PG_mappedtodisk = PG_owner_2,
	PG_readahead = PG_reclaim,
};

/* Bits that must be clear when a page is freed, and when it is handed out. */
#define PAGE_FLAGS_CHECK_AT_FREE						\
	(1UL << PG_lru | 1UL << PG_locked | 1UL << PG_private | 1UL << PG_private_2 |	\
	 1UL << PG_writeback | 1UL << PG_reserved | 1UL << PG_active |		\
	 1UL << PG_unevictable | 1UL << PG_mlocked)
#define PAGE_FLAGS_CHECK_AT_PREP	((1UL << __NR_PAGEFLAGS) - 1)

static __always_inline int PageTail(const struct page *page)
{
	return __atomic_load_n(&page->compound_head, __ATOMIC_RELAXED) & 1 &&
	       __atomic_load_n(&page->_refcount.counter, __ATOMIC_RELAXED) == 0;
}

static __always_inline struct page *compound_head(const struct page *page)
{
	if (PageTail(page))
		return (struct page *)(page->compound_head - 1);
	return (struct page *)page;
}
#define page_folio(p)		((struct folio *)compound_head(p))
#define folio_page(folio, n)	(&(folio)->page + (n))

#define PAGE_FLAG_TEST(name, bit)						\
static __always_inline int Page##name(const struct page *page)			\
{										\
	return __atomic_load_n(&page->flags, __ATOMIC_RELAXED) >> (bit) & 1;	\
}
#define PAGE_FLAG_SET(name, bit)						\
static __always_inline void SetPage##name(struct page *page)			\
{										\
	__atomic_fetch_or(&page->flags, 1UL << (bit), __ATOMIC_RELAXED);	\
}										\
static __always_inline void __SetPage##name(struct page *page)			\
{										\
	page->flags |= 1UL << (bit);						\
}
#define PAGE_FLAG_CLEAR(name, bit)						\
static __always_inline void ClearPage##name(struct page *page)			\
{										\
	__atomic_fetch_and(&page->flags, ~(1UL << (bit)), __ATOMIC_RELAXED);	\
}										\
static __always_inline void __ClearPage##name(struct page *page)		\
{										\
	page->flags &= ~(1UL << (bit));						\
}
#define PAGE_FLAG_SWAP(name, bit)						\
static __always_inline int TestSetPage##name(struct page *page)			\
{										\
	return __atomic_fetch_or(&page->flags, 1UL << (bit), __ATOMIC_ACQ_REL)	\
		>> (bit) & 1;							\
}										\
static __always_inline int TestClearPage##name(struct page *page)		\
{										\
	return __atomic_fetch_and(&page->flags, ~(1UL << (bit)), __ATOMIC_ACQ_REL) \
		>> (bit) & 1;							\
}
/* The same of a folio: its flags are those of its first page. */
#define FOLIO_FLAG(name, bit)							\
static __always_inline bool folio_test_##name(const struct folio *folio)	\
{										\
	return __atomic_load_n(&folio->page.flags, __ATOMIC_RELAXED) >> (bit) & 1; \
}										\
static __always_inline void folio_set_##name(struct folio *folio)		\
{										\
	__atomic_fetch_or(&folio->page.flags, 1UL << (bit), __ATOMIC_RELAXED);	\
}										\
static __always_inline void folio_clear_##name(struct folio *folio)		\
{										\
	__atomic_fetch_and(&folio->page.flags, ~(1UL << (bit)), __ATOMIC_RELAXED); \
}										\
static __always_inline void __folio_set_##name(struct folio *folio)		\
{										\
	folio->page.flags |= 1UL << (bit);					\
}										\
static __always_inline void __folio_clear_##name(struct folio *folio)		\
{										\
	folio->page.flags &= ~(1UL << (bit));					\
}										\
static __always_inline bool folio_test_set_##name(struct folio *folio)		\
{										\
	return __atomic_fetch_or(&folio->page.flags, 1UL << (bit),		\
				 __ATOMIC_ACQ_REL) >> (bit) & 1;		\
}										\
static __always_inline bool folio_test_clear_##name(struct folio *folio)	\
{										\
	return __atomic_fetch_and(&folio->page.flags, ~(1UL << (bit)),		\
				  __ATOMIC_ACQ_REL) >> (bit) & 1;		\
}
#define PAGE_FLAG(name, bit)							\
	PAGE_FLAG_TEST(name, bit) PAGE_FLAG_SET(name, bit)			\
	PAGE_FLAG_CLEAR(name, bit) PAGE_FLAG_SWAP(name, bit)

PAGE_FLAG(Locked, PG_locked)
PAGE_FLAG(Writeback, PG_writeback)
PAGE_FLAG(Referenced, PG_referenced)
PAGE_FLAG(Uptodate, PG_uptodate)
PAGE_FLAG(Dirty, PG_dirty)
PAGE_FLAG(LRU, PG_lru)
PAGE_FLAG(Active, PG_active)
PAGE_FLAG(Workingset, PG_workingset)
PAGE_FLAG(OwnerPriv1, PG_owner_priv_1)
PAGE_FLAG(Checked, PG_checked)
PAGE_FLAG(MappedToDisk, PG_mappedtodisk)
PAGE_FLAG(Reserved, PG_reserved)
PAGE_FLAG(Private, PG_private)
PAGE_FLAG(Private2, PG_private_2)
PAGE_FLAG(Reclaim, PG_reclaim)
PAGE_FLAG(SwapBacked, PG_swapbacked)
PAGE_FLAG(Unevictable, PG_unevictable)
PAGE_FLAG_TEST(Head, PG_head)

FOLIO_FLAG(locked, PG_locked)
FOLIO_FLAG(writeback, PG_writeback)
FOLIO_FLAG(referenced, PG_referenced)
FOLIO_FLAG(uptodate, PG_uptodate)
FOLIO_FLAG(dirty, PG_dirty)
FOLIO_FLAG(lru, PG_lru)
FOLIO_FLAG(active, PG_active)
FOLIO_FLAG(workingset, PG_workingset)
FOLIO_FLAG(owner_priv_1, PG_owner_priv_1)
FOLIO_FLAG(checked, PG_checked)
FOLIO_FLAG(mappedtodisk, PG_mappedtodisk)
FOLIO_FLAG(reserved, PG_reserved)
FOLIO_FLAG(private, PG_private)
FOLIO_FLAG(private_2, PG_private_2)
FOLIO_FLAG(reclaim, PG_reclaim)
FOLIO_FLAG(readahead, PG_readahead)
FOLIO_FLAG(swapbacked, PG_swapbacked)
FOLIO_FLAG(unevictable, PG_unevictable)

/* More than one page? */
static __always_inline bool folio_test_large(const struct folio *folio)
{
	return folio->page.flags >> PG_head & 1;
}

static __always_inline bool folio_test_slab(const struct folio *folio)
{
	return folio->page.owner == PAGE_OWNER_SLAB;
}

static __always_inline int PageCompound(const struct page *page)
{
	return PageHead(page) || PageTail(page);
}

static __always_inline int PageSlab(const struct page *page)
{
	return compound_head(page)->owner == PAGE_OWNER_SLAB;
}

static __always_inline int PageBuddy(const struct page *page)
{
	return page->owner == PAGE_OWNER_FREE;
}

#endif
