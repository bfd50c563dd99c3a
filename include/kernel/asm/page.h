/* SPDX-License-Identifier: MIT */
/* asm/page.h - page size and the linear map */
#ifndef _ASM_PAGE_H
#define _ASM_PAGE_H

#include <linux/const.h>

#define PAGE_SHIFT	CONFIG_PAGE_SHIFT
#define PAGE_SIZE	(_AC(1, UL) << PAGE_SHIFT)
#define PAGE_MASK	(~(PAGE_SIZE - 1))

#ifndef __ASSEMBLY__
#include <linux/types.h>

struct page;

/**
 * virt_to_phys() - the physical address behind an address of the linear map
 *
 * Also: phys_to_virt(), page_to_phys() and back; virt_to_page(), pfn_to_page(), page_to_pfn().
 * Context: any.   Cost: O(1).   Only for the linear map: addresses of vmalloc() are invalid input.
 * Differs: virt_to_page() and pfn_to_page() of what is not memory are NULL.
 */
phys_addr_t virt_to_phys(const volatile void *address) KM_SYM(virt_to_phys);
void *phys_to_virt(phys_addr_t phys) KM_SYM(phys_to_virt);
struct page *virt_to_page(const void *address) KM_SYM(virt_to_page);
struct page *pfn_to_page(unsigned long pfn) KM_SYM(pfn_to_page);
unsigned long page_to_pfn(const struct page *page) KM_SYM(page_to_pfn);
bool pfn_valid(unsigned long pfn) KM_SYM(pfn_valid);
bool virt_addr_valid(const void *address) KM_SYM(virt_addr_valid);

#define virt_to_page(address)	(virt_to_page)((const void *)(unsigned long)(address))
#define virt_addr_valid(address) (virt_addr_valid)((const void *)(unsigned long)(address))
#define __pa(address) \
	((unsigned long)virt_to_phys((const volatile void *)(unsigned long)(address)))
#define __va(phys)		phys_to_virt((phys_addr_t)(phys))
#define pfn_to_kaddr(pfn)	__va((phys_addr_t)(pfn) << PAGE_SHIFT)
#define pfn_to_virt(pfn)	pfn_to_kaddr(pfn)
#define virt_to_pfn(address)	(__pa(address) >> PAGE_SHIFT)
#define page_to_phys(page)	((phys_addr_t)page_to_pfn(page) << PAGE_SHIFT)
#define phys_to_page(phys)	pfn_to_page((phys) >> PAGE_SHIFT)
#define copy_page(to, from)	((void)__builtin_memcpy((to), (from), PAGE_SIZE))
#define clear_page(page)	((void)__builtin_memset((page), 0, PAGE_SIZE))

/* Least order whose block holds @size bytes; out of range for 0, so that allocation fails. */
static __always_inline __attribute_const__ int get_order(unsigned long size)
{
	unsigned long pages = (size - 1) >> PAGE_SHIFT;

	if (!size)
		return 64 - PAGE_SHIFT;
	return pages ? 64 - __builtin_clzl(pages) : 0;
}
#endif

#endif
