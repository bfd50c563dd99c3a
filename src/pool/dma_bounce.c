/* SPDX-License-Identifier: MIT */
/*
 * dma_bounce.c - memory within a device's reach, used in place of memory that is not (swiotlb)
 *
 * Owns: the pages it lends, and the boot option swiotlb=.
 * B1  Serves devices that reach 4 GiB, as a PC does whose bounce memory lies below that, and at
 *     most MAX_BYTES at a time.  With swiotlb=noforce it serves nobody.
 * B2  Each page of a block holds the physical address of the page it stands for (index), and a mark
 *     made of it (private); the first one also the bytes (mapping).
 * B3  An address keeps its offset in the page.
 * Lock: none; a block is its mapping's.  Any context but NMI; nothing here sleeps.
 */
#include <linux/errno.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <kern/option.h>
#include "page/page_room.h"
#include "pool/dma.h"
#include "pool/pool_room.h"

#define MAX_BYTES	((size_t)256 << 10)	/* as on Linux */
#define MARK		0x626f756e63650000ul

static bool is_off;

static int set_swiotlb(const char *value)
{
	is_off = false;
	if (!value || !strcmp(value, "force"))
		return value ? -EINVAL : 0;
	is_off = !strcmp(value, "noforce");
	return is_off ? 0 : -EINVAL;
}

const struct boot_option pool_options[] = {
	{ "swiotlb", set_swiotlb },
	{ }
};

bool bounce_serves(const struct device *dev, u64 mask, phys_addr_t phys, size_t bytes)
{
	return !is_off && mask && dma_limit(dev, mask) >= DMA_BIT_MASK(32) &&
	       bytes <= MAX_BYTES && pfn_valid(phys >> PAGE_SHIFT) &&
	       pfn_valid((phys + bytes - 1) >> PAGE_SHIFT);
}

size_t bounce_most(const struct device *dev, u64 mask)
{
	return is_off || dma_limit(dev, mask) < DMA_BIT_MASK(32) ? SIZE_MAX : MAX_BYTES;
}

dma_addr_t bounce_begin(phys_addr_t phys, size_t bytes)
{
	size_t offset = offset_in_page(phys), whole = PAGE_ALIGN(offset + bytes);
	struct page *page;

	watch_enter();
	page = page_take(GFP_NOWAIT | __GFP_DMA32 | __GFP_NOWARN, get_order(whole),
			 PAGE_OWNER_PAGES);
	watch_leave();
	if (!page)
		return DMA_MAPPING_ERROR;
	for (size_t at = 0; at < whole; at += PAGE_SIZE) {
		page[at / PAGE_SIZE].index = phys - offset + at;
		page[at / PAGE_SIZE].private = (phys - offset + at) ^ MARK;
	}
	page->mapping = (struct address_space *)bytes;
	return page_to_phys(page) + offset;
}

/* B2; NULL: it is none. */
static struct page *bounce_page(dma_addr_t addr)
{
	struct page *page = pfn_valid(addr >> PAGE_SHIFT) ? pfn_to_page(addr >> PAGE_SHIFT) : NULL;

	return page && page->owner == PAGE_OWNER_PAGES && page->private == (page->index ^ MARK) &&
	       page->index ? page : NULL;
}

void bounce_copy(dma_addr_t addr, size_t bytes, bool to_device)
{
	struct page *page = bounce_page(addr);
	char *lent, *own;

	if (!page)
		return;
	lent = (char *)page_address(page) + offset_in_page(addr);
	own = (char *)phys_to_virt(page->index) + offset_in_page(addr);
	memcpy(to_device ? lent : own, to_device ? own : lent, bytes);
}

void bounce_end(dma_addr_t addr, enum dma_data_direction dir, bool does_copy)
{
	struct page *page = bounce_page(addr);
	size_t bytes, whole;

	if (!page)
		return;
	bytes = (size_t)page->mapping;
	whole = PAGE_ALIGN(offset_in_page(addr) + bytes);
	if (does_copy && dir != DMA_TO_DEVICE)
		bounce_copy(addr, bytes, false);
	for (size_t at = 0; at < whole; at += PAGE_SIZE)
		page[at / PAGE_SIZE].index = page[at / PAGE_SIZE].private = 0;
	page->mapping = NULL;
	watch_enter();
	page_give(page, get_order(whole));
	watch_leave();
}
