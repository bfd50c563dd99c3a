/* SPDX-License-Identifier: MIT */
/*
 * vmalloc.h - virtually contiguous memory
 *
 * Making and unmaking areas may sleep: task context, nothing held, whatever gfp says. Looking up
 * is allowed anywhere.
 */
#ifndef _LINUX_VMALLOC_H
#define _LINUX_VMALLOC_H

#include <linux/types.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/gfp_types.h>
#include <linux/overflow.h>
#include <asm/page.h>
#include <asm/pgtable.h>

struct page;
struct vm_area_struct;

#define VMALLOC_TOTAL		(VMALLOC_END - VMALLOC_START)

#define VM_IOREMAP		0x00000001
#define VM_ALLOC		0x00000002	/* vmalloc() */
#define VM_MAP			0x00000004	/* vmap()ed pages */
#define VM_USERMAP		0x00000008
#define VM_DMA_COHERENT		0x00000010
#define VM_UNINITIALIZED	0x00000020
#define VM_NO_GUARD		0x00000040
#define VM_FLUSH_RESET_PERMS	0x00000100
/* the pages and their array go when the area goes */
#define VM_MAP_PUT_PAGES	0x00000200
#define VM_ALLOW_HUGE_VMAP	0x00000400

/* An area, for readers. size includes the guard page. */
struct vm_struct {
	struct vm_struct *next;
	void *addr;
	unsigned long size;
	unsigned long flags;
	struct page **pages;
	unsigned int page_order;
	unsigned int nr_pages;
	phys_addr_t phys_addr;
	const void *caller;
};

/*
 * All of vmalloc(): size 0 is warned of and NULL, as are more pages than there is memory; whole
 * pages, page aligned, a page without access behind them.  vzalloc, vcalloc, ..._user: zeroed.
 * ..._node: from that node if it has some.  ..._array, vcalloc: n * size, NULL if that overflows.
 * vmalloc_32: pages below 4 GiB.  __vmalloc_node: also an alignment and the caller to report.
 */
void vfree(const void *addr) KM_SYM(vfree) KM_TAKES(1);
void vfree_atomic(const void *addr) KM_SYM(vfree_atomic) KM_TAKES(1);
void kvfree(const void *object) KM_SYM(kvfree);
void kvfree_sensitive(const void *object, size_t len) KM_SYM(kvfree_sensitive);
#define KM_FREED_BY_VFREE							\
	KM_FREED_BY(vfree, 1) KM_FREED_BY(vfree_atomic, 1)		\
	KM_FREED_BY(kvfree, 1) KM_FREED_BY(kvfree_sensitive, 1) __km_result
void *vmalloc(unsigned long size)
	KM_SYM(vmalloc) KM_FREED_BY_VFREE KM_OWNED __km_sleeps __alloc_size(1);
void *vzalloc(unsigned long size) KM_SYM(vzalloc) KM_FREED_BY_VFREE __km_sleeps __alloc_size(1);
void *vmalloc_user(unsigned long size) KM_SYM(vmalloc_user)
	KM_FREED_BY_VFREE __km_sleeps __alloc_size(1);
void *vmalloc_node(unsigned long size, int node) KM_SYM(vmalloc_node)
	KM_FREED_BY_VFREE KM_OWNED __km_sleeps __alloc_size(1);
void *vzalloc_node(unsigned long size, int node) KM_SYM(vzalloc_node)
	KM_FREED_BY_VFREE __km_sleeps __alloc_size(1);
void *vmalloc_32(unsigned long size) KM_SYM(vmalloc_32)
	KM_FREED_BY_VFREE KM_OWNED __km_sleeps __alloc_size(1);
void *vmalloc_32_user(unsigned long size) KM_SYM(vmalloc_32_user)
	KM_FREED_BY_VFREE __km_sleeps __alloc_size(1);
void *__vmalloc(unsigned long size, gfp_t gfp) KM_SYM(__vmalloc)
	KM_FREED_BY_VFREE __km_sleeps __alloc_size(1);
void *__vmalloc_node(unsigned long size, unsigned long align, gfp_t gfp, int node,
		     const void *caller)
	KM_SYM(__vmalloc_node) __alloc_align(2) KM_FREED_BY_VFREE __km_sleeps __alloc_size(1);
void *__vmalloc_node_range(unsigned long size, unsigned long align, unsigned long start,
			   unsigned long end, gfp_t gfp, pgprot_t prot, unsigned long vm_flags,
			   int node, const void *caller)
	KM_SYM(__vmalloc_node_range) __km_sleeps __alloc_size(1);
void *vmalloc_huge(unsigned long size, gfp_t gfp) KM_SYM(vmalloc_huge)
	KM_FREED_BY_VFREE __km_sleeps __alloc_size(1);
void *vmalloc_huge_node(unsigned long size, gfp_t gfp, int node)
	KM_SYM(vmalloc_huge_node) KM_FREED_BY_VFREE __km_sleeps __alloc_size(1);
void *__vmalloc_array(size_t n, size_t size, gfp_t flags)
	KM_SYM(__vmalloc_array) KM_FREED_BY_VFREE __km_sleeps __alloc_size(1, 2);
void *vmalloc_array(size_t n, size_t size) KM_SYM(vmalloc_array)
	KM_FREED_BY_VFREE KM_OWNED __km_sleeps __alloc_size(1, 2);
void *__vcalloc(size_t n, size_t size, gfp_t flags) KM_SYM(__vcalloc) KM_FREED_BY_VFREE
	__km_sleeps __alloc_size(1, 2);
void *vcalloc(size_t n, size_t size) KM_SYM(vcalloc)
	KM_FREED_BY_VFREE __km_sleeps __alloc_size(1, 2);
void *vrealloc(const void *p, size_t size, gfp_t flags) KM_SYM(vrealloc) __realloc_size(2);

void *vmap(struct page **pages, unsigned int count, unsigned long flags, pgprot_t prot)
	KM_SYM(vmap) __km_sleeps;
void vunmap(const void *addr) KM_SYM(vunmap);
void *vm_map_ram(struct page **pages, unsigned int count, int node) KM_SYM(vm_map_ram) __km_sleeps;
void vm_unmap_ram(const void *mem, unsigned int count) KM_SYM(vm_unmap_ram);
void vm_unmap_aliases(void) KM_SYM(vm_unmap_aliases);

/*
 * Absent: remove_vm_area - hands out a record that the caller kfree()s; free_vm_area() does both
 * Absent: vmap_pfn - maps memory of devices, and there is none
 * Absent: ioremap_page_range, vmap_page_range - the same
 * Absent: set_vm_flush_reset_perms - areas have one protection
 */
struct vm_struct *get_vm_area(unsigned long size, unsigned long flags) KM_SYM(get_vm_area);
struct vm_struct *get_vm_area_caller(unsigned long size, unsigned long flags, const void *caller)
	KM_SYM(get_vm_area_caller);
struct vm_struct *__get_vm_area_caller(unsigned long size, unsigned long flags,
				       unsigned long start, unsigned long end, const void *caller)
	KM_SYM(__get_vm_area_caller);
void free_vm_area(struct vm_struct *area) KM_SYM(free_vm_area);
int remap_vmalloc_range(struct vm_area_struct *vma, void *addr, unsigned long pgoff)
	KM_SYM(remap_vmalloc_range);
int remap_vmalloc_range_partial(struct vm_area_struct *vma, unsigned long uaddr, void *kaddr,
				unsigned long pgoff, unsigned long size)
	KM_SYM(remap_vmalloc_range_partial);

bool vmalloc_dump_obj(void *object) KM_SYM(vmalloc_dump_obj);
/**
 * find_vm_area(), vmalloc_to_page(), vmalloc_to_pfn() - what is at an address
 * Context: any but NMI.   Return: NULL or 0 where nothing is.
 */
struct vm_struct *find_vm_area(const void *addr) KM_SYM(find_vm_area);
struct page *vmalloc_to_page(const void *addr) KM_SYM(vmalloc_to_page);
unsigned long vmalloc_to_pfn(const void *addr) KM_SYM(vmalloc_to_pfn);
unsigned long vmalloc_nr_pages(void) KM_SYM(vmalloc_nr_pages);

static inline size_t get_vm_area_size(const struct vm_struct *area)
{
	return area->flags & VM_NO_GUARD ? area->size : area->size - PAGE_SIZE;
}

#define vmalloc_noprof		vmalloc
#define vzalloc_noprof		vzalloc
#define __vmalloc_noprof	__vmalloc
#define __vmalloc_node_noprof	__vmalloc_node
#define __vmalloc_node_range_noprof	__vmalloc_node_range
#define vmalloc_huge_noprof	vmalloc_huge
#define vmalloc_huge_node_noprof	vmalloc_huge_node
#define vmalloc_node_noprof	vmalloc_node
#define vzalloc_node_noprof	vzalloc_node
#define vmalloc_user_noprof	vmalloc_user
#define vmalloc_32_noprof	vmalloc_32
#define vmalloc_32_user_noprof	vmalloc_32_user
#define vmalloc_array_noprof	vmalloc_array
#define vcalloc_noprof		vcalloc
#define vrealloc_noprof		vrealloc

#define KM_VMALLOC_DECLARED
#include <linux/alloc_tag.h>

/* What a gfp says to the compiler: linux/compiler_context.h. */
#ifdef KM_GFP_IS_LOOKED_AT
#define vrealloc(_p, _size, _flags)	vrealloc(_p, _size, KM_GFP(_flags))
#endif

#endif
