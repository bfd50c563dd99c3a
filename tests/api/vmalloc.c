// SPDX-License-Identifier: MIT
/* vmalloc.c - rows of virtually contiguous memory; see api.h */
#include "api.h"

#include <linux/io.h>

#define HALF	API_HIDDEN(SIZE_MAX / 2 + 1)

/* -- making: task context only, zero is no request, too much is NULL --------------------------- */
#define VMALLOC_ROWS(call, take)								\
	API_CONTEXTS(call, "P", "may sleep", NULL)						\
	{											\
		unsigned long bytes = 5000;							\
		void *area = take;								\
												\
		vfree_atomic(area);								\
		return area;									\
	}											\
	API(call, zero, "size 0 is warned of, NULL")						\
	{											\
		unsigned long bytes = API_HIDDEN(0ul);						\
												\
		return !(take);									\
	}											\
	API(call, limit, "more than there is memory: NULL")					\
	{											\
		unsigned long bytes = API_HIDDEN(1ul << 45);					\
												\
		return !(take);									\
	}											\
	API(call, align, "whole pages, page aligned")						\
	{											\
		unsigned long bytes = 3 * PAGE_SIZE + 1;					\
		char *area = take;								\
		bool ok = api_aligned(area, PAGE_SIZE) && is_vmalloc_addr(area);		\
												\
		memset(API_HIDDEN(area), 1, 4 * PAGE_SIZE);					\
		vfree(area);									\
		return ok;									\
	}

VMALLOC_ROWS(vmalloc, vmalloc(bytes))
VMALLOC_ROWS(vzalloc, vzalloc(bytes))
VMALLOC_ROWS(vmalloc_node, vmalloc_node(bytes, 0))
VMALLOC_ROWS(vzalloc_node, vzalloc_node(bytes, 0))
VMALLOC_ROWS(vmalloc_user, vmalloc_user(bytes))
VMALLOC_ROWS(vmalloc_32, vmalloc_32(bytes))
VMALLOC_ROWS(vmalloc_32_user, vmalloc_32_user(bytes))
VMALLOC_ROWS(__vmalloc, __vmalloc(bytes, GFP_KERNEL | __GFP_NOWARN))
VMALLOC_ROWS(__vmalloc_node, __vmalloc_node(bytes, 1, GFP_KERNEL | __GFP_NOWARN, 0, NULL))
VMALLOC_ROWS(vmalloc_huge, vmalloc_huge(bytes, GFP_KERNEL | __GFP_NOWARN))
VMALLOC_ROWS(vmalloc_array, vmalloc_array(bytes, 1))
VMALLOC_ROWS(vcalloc, vcalloc(1, bytes))
VMALLOC_ROWS(__vmalloc_array, __vmalloc_array(bytes, 1, GFP_KERNEL | __GFP_NOWARN))
VMALLOC_ROWS(__vcalloc, __vcalloc(bytes, 1, GFP_KERNEL | __GFP_NOWARN))

API(vmalloc_array, overflow, "NULL") { return !vmalloc_array(HALF, 2); }
API(vcalloc, overflow, "NULL") { return !vcalloc(2, HALF); }
API(__vmalloc_array, overflow, "NULL") { return !__vmalloc_array(HALF, 2, GFP_KERNEL); }
API(__vcalloc, overflow, "NULL") { return !__vcalloc(2, HALF, GFP_KERNEL); }

API(vmalloc, failure, "NULL without memory, and the failure is told")
{
	void *area;

	api_memory_out();
	area = __vmalloc(100 * PAGE_SIZE, GFP_KERNEL | __GFP_NOWARN | __GFP_NORETRY);
	api_memory_back();
	return !area;
}

#define ZEROED_ROW(call, take)									\
	API(call, other, "zeroed")								\
	{											\
		unsigned long bytes = 20000;							\
		char *area = take;								\
		bool ok = area && api_filled(area, 0, bytes);					\
												\
		vfree(area);									\
		return ok;									\
	}

ZEROED_ROW(vzalloc, vzalloc(bytes))
ZEROED_ROW(vzalloc_node, vzalloc_node(bytes, 0))
ZEROED_ROW(vmalloc_user, vmalloc_user(bytes))
ZEROED_ROW(vmalloc_32_user, vmalloc_32_user(bytes))
ZEROED_ROW(vcalloc, vcalloc(1, bytes))
ZEROED_ROW(__vcalloc, __vcalloc(1, bytes, GFP_KERNEL))

API(vmalloc_32, limit, "its pages lie below 4 GiB")
{
	void *area = vmalloc_32(3 * PAGE_SIZE);
	bool ok = area && page_to_phys(vmalloc_to_page(area)) < 1ull << 32;

	vfree(area);
	return ok;
}

API(__vmalloc_node, align, "as asked, up to 4 MiB")
{
	bool ok = true;

	for (unsigned long align = PAGE_SIZE; align <= 4ul << 20; align *= 4) {
		void *area = __vmalloc_node(PAGE_SIZE, align, GFP_KERNEL, NUMA_NO_NODE, NULL);

		ok &= api_aligned(area, align);
		vfree(area);
	}
	return ok;
}

API(vrealloc, zero, "size 0 frees, NULL")
{
	return !vrealloc(vmalloc(100), API_HIDDEN(0ul), GFP_KERNEL);
}

API(vrealloc, null, "NULL: as vmalloc()")
{
	void *area = vrealloc(NULL, 100, GFP_KERNEL);

	vfree(area);
	return area;
}

API(vrealloc, other, "keeps the content")
{
	char *area = vmalloc(5000);
	bool ok;

	memset(area, 3, 5000);
	area = vrealloc(area, 50000, GFP_KERNEL);
	ok = area && api_filled(area, 3, 5000);
	vfree(area);
	return ok;
}

API_CONTEXTS(vrealloc, "P", "may sleep", NULL)
{
	void *area = vrealloc(NULL, 100, GFP_KERNEL);

	vfree_atomic(area);
	return area;
}

/* -- giving back ------------------------------------------------------------------------------- */
static void *area_;

static void area_make(void)
{
	area_ = vmalloc(3 * PAGE_SIZE);
}

API(vfree, null, "NULL does nothing")
{
	vfree(API_HIDDEN((void *)NULL));
	return true;
}

API_CONTEXTS(vfree, "PSH", "may sleep; an interrupt leaves it to later", area_make)
{
	vfree(area_);
	return area_;
}

API(vfree, other, "where no area starts is told")
{
	char *area = vmalloc(3 * PAGE_SIZE);
	bool ok;

	vfree(area + PAGE_SIZE);
	ok = api_said("nonexistent vm area") || api_told("invalid-free");
	vfree(area);
	return ok;
}

API(vfree_atomic, null, "NULL does nothing")
{
	vfree_atomic(API_HIDDEN((void *)NULL));
	return true;
}

API_CONTEXTS(vfree_atomic, "PASH", "never sleeps", area_make)
{
	vfree_atomic(area_);
	return area_;
}

/* -- pages of others --------------------------------------------------------------------------- */
static struct page *shown[4];
static void *view;

static bool shown_take(void)
{
	for (unsigned int i = 0; i < 4; i++)
		shown[i] = shown[i] ? shown[i] : alloc_page(GFP_KERNEL);
	return shown[3];
}

static void shown_give(void)
{
	for (unsigned int i = 0; i < 4; i++) {
		if (shown[i])
			__free_page(shown[i]);
		shown[i] = NULL;
	}
}

API(vmap, other, "the pages appear one behind the other")
{
	char *at;
	bool ok;

	shown_take();
	at = vmap(shown, 4, VM_MAP, PAGE_KERNEL);
	ok = at;
	for (unsigned int i = 0; ok && i < 4; i++) {
		at[i * PAGE_SIZE] = 10 + i;
		ok = *(char *)page_address(shown[i]) == 10 + (int)i;
	}
	vunmap(at);
	shown_give();
	return ok;
}

API(vmap, limit, "more pages than there are: NULL")
{
	return !vmap(shown, API_HIDDEN(1u << 31), VM_MAP, PAGE_KERNEL);
}

static void view_make(void)
{
	static struct page *page;

	if (!page)
		page = alloc_page(GFP_KERNEL);
	api_may_leave();
	view = vmap(&page, 1, VM_MAP, PAGE_KERNEL);
}

API_CONTEXTS(vunmap, "P-sh", "may sleep; not in an interrupt at all", view_make)
{
	vunmap(view);
	return view;
}

API(vunmap, null, "NULL does nothing")
{
	vunmap(API_HIDDEN((void *)NULL));
	return true;
}

API(vm_map_ram, other, "a short-lived view")
{
	char *at;
	bool ok;

	shown_take();
	at = vm_map_ram(shown, 4, NUMA_NO_NODE);
	ok = at;
	if (ok)
		at[3 * PAGE_SIZE] = 9;
	ok &= *(char *)page_address(shown[3]) == 9;
	vm_unmap_ram(at, 4);
	shown_give();
	return ok;
}

API(vm_unmap_ram, other, "the same count unmaps; views may be made again")
{
	bool ok = true;

	shown_take();
	for (unsigned int i = 0; i < 200; i++) {
		void *at = vm_map_ram(shown, 1 + i % 4, NUMA_NO_NODE);

		ok &= at != NULL;
		vm_unmap_ram(at, 1 + i % 4);
	}
	shown_give();
	return ok;
}

API(vm_unmap_aliases, other, "gives back what unmapping left for later")
{
	vfree(vmalloc(PAGE_SIZE));
	vm_unmap_aliases();
	return true;
}

/* -- looking ----------------------------------------------------------------------------------- */
API(vmalloc_to_page, other, "the page of any byte; NULL where nothing is mapped")
{
	char *area = vmalloc(2 * PAGE_SIZE);
	bool ok = area && vmalloc_to_page(area) != vmalloc_to_page(area + PAGE_SIZE);

	*area = 7;
	ok &= *(char *)page_address(vmalloc_to_page(area + 100)) == 7;
	ok &= !vmalloc_to_page(area + 2 * PAGE_SIZE);
	vfree(area);
	return ok;
}

API_CONTEXTS(vmalloc_to_page, "PASH", "only looks", area_make)
{
	bool ok = vmalloc_to_page(area_);

	vfree_atomic(area_);
	return ok;
}

API(vmalloc_to_pfn, other, "the number of the page")
{
	void *area = vmalloc(PAGE_SIZE);
	bool ok = area && vmalloc_to_pfn(area) == page_to_pfn(vmalloc_to_page(area));

	vfree(area);
	return ok;
}

API(is_vmalloc_addr, other, "by address alone")
{
	void *area = vmalloc(PAGE_SIZE), *object = kmalloc(10, GFP_KERNEL);
	bool ok = is_vmalloc_addr(area) && !is_vmalloc_addr(object) && !is_vmalloc_addr(NULL);

	kfree(object);
	vfree(area);
	return ok;
}

API(find_vm_area, other, "the area of an address; none once it is freed")
{
	void *area = vmalloc(3 * PAGE_SIZE);
	struct vm_struct *found = find_vm_area(area);
	bool ok = found && found->addr == area && get_vm_area_size(found) == 3 * PAGE_SIZE &&
		  found->nr_pages == 3 && (found->flags & VM_ALLOC);

	vfree(area);
	return ok && !find_vm_area(area);
}

API_CONTEXTS(find_vm_area, "PASH", "only looks", area_make)
{
	bool ok = find_vm_area(area_);

	vfree_atomic(area_);
	return ok;
}

/* -- ranges, addresses alone, devices ---------------------------------------------------- */
static void *area_between(unsigned long start, unsigned long end)
{
	return __vmalloc_node_range(4 * PAGE_SIZE, PAGE_SIZE, start, end,
				    GFP_KERNEL | __GFP_NOWARN, PAGE_KERNEL, 0, NUMA_NO_NODE, NULL);
}

API(__vmalloc_node_range, limit, "inside the range, with its guard page; NULL when it is full")
{
	unsigned long end = VMALLOC_END & PAGE_MASK, start = end - 7 * PAGE_SIZE;
	void *area = area_between(start, end);
	bool ok = area && (unsigned long)area >= start &&
		  (unsigned long)area + 5 * PAGE_SIZE <= end && !area_between(start, end);

	vfree(area);
	/* What was freed there does not keep the range full. */
	area = area_between(start, end);
	ok &= area != NULL;
	vfree(area);
	return ok;
}

API(__vmalloc_node_range, align, "any power of two")
{
	void *area = __vmalloc_node_range(PAGE_SIZE, 1 << 24, VMALLOC_START, VMALLOC_END,
					  GFP_KERNEL, PAGE_KERNEL, 0, NUMA_NO_NODE, NULL);
	bool ok = api_aligned(area, 1 << 24);

	vfree(area);
	return ok;
}

API(__vmalloc_node_range, zero, "size 0 is NULL")
{
	return !__vmalloc_node_range(API_HIDDEN(0), 1, VMALLOC_START, VMALLOC_END, GFP_KERNEL,
				     PAGE_KERNEL, 0, NUMA_NO_NODE, NULL);
}

API(__vmalloc_node_range, overflow, "more than all memory is NULL")
{
	return !__vmalloc_node_range(API_HIDDEN(SIZE_MAX - 5), 1, VMALLOC_START, VMALLOC_END,
				     GFP_KERNEL | __GFP_NOWARN, PAGE_KERNEL, 0, NUMA_NO_NODE,
				     NULL);
}

API(__vmalloc_node_range, failure, "NULL without memory")
{
	void *area;

	api_memory_out();
	area = __vmalloc_node_range(PAGE_SIZE, 1, VMALLOC_START, VMALLOC_END,
				    GFP_KERNEL | __GFP_NOWARN | __GFP_NORETRY, PAGE_KERNEL, 0,
				    NUMA_NO_NODE, NULL);
	api_memory_back();
	return !area;
}

API_CONTEXTS(__vmalloc_node_range, "P", "may sleep, whatever gfp says", NULL)
{
	void *area = area_between(VMALLOC_START, VMALLOC_END);

	vfree_atomic(area);
	return area;
}

API(get_vm_area, other, "addresses with nothing behind them, until free_vm_area()")
{
	struct vm_struct *vm = get_vm_area(3 * PAGE_SIZE - 1, VM_IOREMAP);
	void *at = vm ? vm->addr : NULL;
	bool ok = vm && find_vm_area(at) == vm && get_vm_area_size(vm) == 3 * PAGE_SIZE &&
		  !vmalloc_to_page(at) && !km_test_readable(at);

	if (vm)
		free_vm_area(vm);
	return ok && !find_vm_area(at);
}

API(get_vm_area, zero, "size 0 is NULL")
{
	return !get_vm_area(0, VM_IOREMAP);
}

API(get_vm_area, limit, "more than there are addresses is NULL")
{
	return !get_vm_area(API_HIDDEN(1UL << 62), VM_IOREMAP);
}

API_CONTEXTS(get_vm_area, "P-lripsh", "may sleep", NULL)
{
	struct vm_struct *vm = get_vm_area(PAGE_SIZE, VM_IOREMAP);

	if (vm)
		free_vm_area(vm);
	return vm;
}

API(free_vm_area, other, "the addresses may be had again")
{
	for (int i = 0; i < 100; i++) {
		struct vm_struct *vm = get_vm_area(1UL << 31, VM_IOREMAP);

		if (!vm)
			return false;
		free_vm_area(vm);
	}
	return true;
}

API(remap_vmalloc_range, other, "refused: there is no process")
{
	void *area = vmalloc_user(PAGE_SIZE);
	bool ok = area && remap_vmalloc_range(NULL, area, 0) == -EINVAL;

	vfree(area);
	return ok;
}

API(ioremap, other, "RAM is refused with a WARN, as in Linux")
{
	void *page = kmalloc(PAGE_SIZE, GFP_KERNEL);
	bool ok = page && !ioremap(virt_to_phys(page), PAGE_SIZE) && api_said("ioremap on RAM");

	kfree(page);
	return ok;
}

API(ioremap, other, "registers are 0 and keep what is written; the offset in the page stays")
{
	u32 __iomem *registers = ioremap(0xfee00010UL, 32);
	bool ok = registers && offset_in_page(registers) == 0x10 && !readl(registers + 7);

	if (!ok)
		return false;
	writel(0x1234, registers + 7);
	ok = readl(registers + 7) == 0x1234;
	iounmap(registers);
	return ok;
}

API_CONTEXTS(ioremap, "P", "may sleep", NULL)
{
	void __iomem *registers = ioremap(0xfee00000, PAGE_SIZE);

	vfree_atomic((void __force *)registers);
	return registers;
}

API(iounmap, null, "NULL is nothing to do; anything else is told")
{
	int local;

	iounmap(NULL);
	if (km_test_console()[0])
		return false;
	iounmap((void __iomem *)API_HIDDEN(&local));
	return api_said("Trying to iounmap()") || api_told("invalid-free");
}

API(vm_unmap_ram, other, "another number of pages than were mapped is warned of")
{
	struct page *page = alloc_page(GFP_KERNEL);
	void *view = vm_map_ram(&page, 1, NUMA_NO_NODE);
	bool ok;

	vm_unmap_ram(view, API_HIDDEN(2));
	ok = view && api_said("vm_unmap_ram() of 2 pages");
	__free_page(page);
	return ok;
}

API(vm_unmap_aliases, other, "freed addresses may be used again, and stay out of reach")
{
	void *area = vmalloc(PAGE_SIZE);
	bool ok = area != NULL;

	vfree(area);
	vm_unmap_aliases();
	return ok && !km_test_readable(area) && !find_vm_area(area);
}
