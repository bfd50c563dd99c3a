/* SPDX-License-Identifier: MIT */
/* highmem.h - kmap on a machine without high memory: the linear address */
#ifndef _LINUX_HIGHMEM_H
#define _LINUX_HIGHMEM_H

#include <linux/mm.h>
#include <linux/string.h>
#include <linux/preempt.h>
#include <linux/uaccess.h>

static inline __km_sleeps void *kmap(struct page *page)
{
	km_might_sleep("kmap");
	return page_address(page);
}

static inline void kunmap(struct page *page)
{
}

/**
 * kmap_local_page() - an address to reach a page by, for a short time, in this thread
 *
 * Also: kunmap_local(), in the reverse order of the maps.
 * Context: any but NMI.   Cost: nothing.   Return: the page's linear address.
 * Differs: there is no high memory, so the address stays good after kunmap_local(); order is not
 * checked.
 */
static inline void *kmap_local_page(struct page *page)
{
	return page_address(page);
}

static inline void *kmap_local_folio(struct folio *folio, size_t offset)
{
	return (char *)folio_address(folio) + offset;
}

#define kunmap_local(address)	do { (void)(address); } while (0)

static inline void *kmap_atomic(struct page *page)
{
	preempt_disable();
	pagefault_disable();
	return page_address(page);
}

#define kunmap_atomic(address)	\
	do { (void)(address); pagefault_enable(); preempt_enable(); } while (0)

static inline void clear_highpage(struct page *page)
{
	clear_page(page_address(page));
}

static inline void memcpy_from_page(char *to, struct page *page, size_t offset, size_t len)
{
	memcpy(to, (char *)page_address(page) + offset, len);
}

static inline void memcpy_to_page(struct page *page, size_t offset, const char *from, size_t len)
{
	memcpy((char *)page_address(page) + offset, from, len);
}

static inline void memzero_page(struct page *page, size_t offset, size_t len)
{
	memset((char *)page_address(page) + offset, 0, len);
}

static inline void memset_page(struct page *page, size_t offset, int value, size_t len)
{
	memset((char *)page_address(page) + offset, value, len);
}

static inline void copy_highpage(struct page *to, struct page *from)
{
	copy_page(page_address(to), page_address(from));
}

static inline void *kmap_local_pfn(unsigned long pfn)
{
	return page_address(pfn_to_page(pfn));
}

static inline struct page *kmap_to_page(void *address)
{
	return virt_to_page(address);
}

static inline void kmap_flush_unused(void)
{
}

static inline bool is_kmap_addr(const void *address)
{
	return false;
}

static inline bool PageHighMem(const struct page *page)
{
	return false;
}

static inline unsigned long totalhigh_pages(void)
{
	return 0;
}

static inline unsigned long nr_free_highpages(void)
{
	return 0;
}

static inline void memcpy_page(struct page *to, size_t to_offset, struct page *from,
			       size_t from_offset, size_t len)
{
	memcpy((char *)page_address(to) + to_offset, (char *)page_address(from) + from_offset,
	       len);
}

static inline void memcpy_from_folio(char *to, struct folio *folio, size_t offset, size_t len)
{
	memcpy(to, (char *)folio_address(folio) + offset, len);
}

static inline void memcpy_to_folio(struct folio *folio, size_t offset, const char *from,
				   size_t len)
{
	memcpy((char *)folio_address(folio) + offset, from, len);
}

/* Zero bytes [@start1, @end1) and [@start2, @end2) of a page. */
static inline void zero_user_segments(struct page *page, unsigned int start1, unsigned int end1,
				      unsigned int start2, unsigned int end2)
{
	char *bytes = page_address(page);

	if (end1 > start1)
		memset(bytes + start1, 0, end1 - start1);
	if (end2 > start2)
		memset(bytes + start2, 0, end2 - start2);
}

static inline void zero_user_segment(struct page *page, unsigned int start, unsigned int end)
{
	zero_user_segments(page, start, end, 0, 0);
}

static inline void zero_user(struct page *page, unsigned int start, unsigned int size)
{
	zero_user_segments(page, start, start + size, 0, 0);
}

static inline void folio_zero_segments(struct folio *folio, size_t start1, size_t end1,
				       size_t start2, size_t end2)
{
	zero_user_segments(&folio->page, start1, end1, start2, end2);
}

static inline void folio_zero_segment(struct folio *folio, size_t start, size_t end)
{
	zero_user_segments(&folio->page, start, end, 0, 0);
}

static inline void folio_zero_range(struct folio *folio, size_t start, size_t length)
{
	zero_user_segments(&folio->page, start, start + length, 0, 0);
}

#endif
