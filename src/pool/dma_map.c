/* SPDX-License-Identifier: MIT */
/*
 * dma_map.c - a device looks at memory one has already
 *
 * Bus addresses are physical addresses, and caches are coherent: a mapping is a test of what the
 * device reaches, and a thing that rules see come and go.
 * D1  What lies beyond the mask is refused with one line; nothing is bounced (Linux:
 *     swiotlb=noforce).
 * D2  Of a list all is mapped or nothing.
 * Owns nothing.  Any context but NMI; nothing here sleeps or allocates.
 */
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/vmalloc.h>
#include "page/page_room.h"
#include "pool/dma.h"

/* A mapping as rules know it. */
#define MAPPING(addr)	((const void *)(uintptr_t)(addr))

/* -- one piece -------------------------------------------------------------------------------- */

static void say_out_of_reach(struct device *dev, dma_addr_t addr, size_t bytes)
{
	dev_err_ratelimited(dev, "DMA addr %pad+%zu overflow (mask %llx, bus limit %llx).\n",
			    &addr, bytes, *dev->dma_mask, dev->bus_dma_limit);
}

static dma_addr_t map_phys(struct device *dev, phys_addr_t phys, size_t bytes,
			   enum dma_data_direction dir)
{
	BUG_ON(!valid_dma_direction(dir));
	if (WARN_ONCE(!dev->dma_mask, "%s: DMA mapping for a device without a DMA mask\n",
		      dev_name(dev)))
		return DMA_MAPPING_ERROR;
	if (dma_reaches(dev, *dev->dma_mask, phys, bytes))
		return phys;
	say_out_of_reach(dev, phys, bytes);
	return DMA_MAPPING_ERROR;
}

static dma_addr_t map_told(struct device *dev, phys_addr_t phys, size_t bytes,
			   enum dma_data_direction dir, const struct slab_call *call)
{
	dma_addr_t addr;

	if (!pool_ask(call, bytes, 0, false))
		return DMA_MAPPING_ERROR;
	addr = map_phys(dev, phys, bytes, dir);
	if (addr != DMA_MAPPING_ERROR)
		pool_tell_thing(call, KM_POINT_RESOURCE_NEW, MAPPING(addr));
	return addr;
}

static void unmap_told(dma_addr_t addr, enum dma_data_direction dir, const struct slab_call *call)
{
	BUG_ON(!valid_dma_direction(dir));
	pool_tell_thing(call, KM_POINT_RESOURCE_GONE, MAPPING(addr));
}

/* Is all of it RAM that the linear map shows?  @why: what it is instead. */
static bool is_ram(const void *ptr, size_t bytes, const char **ret_why)
{
	const char *last = (const char *)ptr + (bytes ? bytes - 1 : 0);

	*ret_why = is_vmalloc_addr(ptr) ? "vmalloc memory" : "memory of the stack or the module";
	return frame_of(ptr) && frame_of(last);
}

dma_addr_t dma_map_single_attrs(struct device *dev, void *ptr, size_t size,
				enum dma_data_direction dir, unsigned long attrs)
{
	const struct slab_call *call = DMA_CALL("dma_map_single");
	const char *why;

	if (!is_ram(ptr, size, &why)) {
		WARN(1, "%s %s: rejecting DMA map of %s\n", dev_driver_string(dev), dev_name(dev),
		     why);
		return DMA_MAPPING_ERROR;
	}
	return map_told(dev, virt_to_phys(ptr), size, dir, call);
}

void dma_unmap_single_attrs(struct device *dev, dma_addr_t addr, size_t size,
			    enum dma_data_direction dir, unsigned long attrs)
{
	unmap_told(addr, dir, DMA_CALL("dma_unmap_single"));
}

dma_addr_t dma_map_page_attrs(struct device *dev, struct page *page, size_t offset, size_t size,
			      enum dma_data_direction dir, unsigned long attrs)
{
	return map_told(dev, page_to_phys(page) + offset, size, dir, DMA_CALL("dma_map_page"));
}

void dma_unmap_page_attrs(struct device *dev, dma_addr_t addr, size_t size,
			  enum dma_data_direction dir, unsigned long attrs)
{
	unmap_told(addr, dir, DMA_CALL("dma_unmap_page"));
}

dma_addr_t dma_map_resource(struct device *dev, phys_addr_t phys_addr, size_t size,
			    enum dma_data_direction dir, unsigned long attrs)
{
	const struct slab_call *call = DMA_CALL("dma_map_resource");

	if (WARN_ONCE(pfn_valid(phys_addr >> PAGE_SHIFT),
		      "%s: dma_map_resource() is for registers, not for RAM\n", dev_name(dev)))
		return DMA_MAPPING_ERROR;
	return map_told(dev, phys_addr, size, dir, call);
}

void dma_unmap_resource(struct device *dev, dma_addr_t addr, size_t size,
			enum dma_data_direction dir, unsigned long attrs)
{
	unmap_told(addr, dir, DMA_CALL("dma_unmap_resource"));
}

/* -- lists: one mapping to rules, known by its array ------------------------------------------- */

static bool list_map(struct device *dev, struct scatterlist *list, int count,
		     enum dma_data_direction dir)
{
	struct scatterlist *sg;
	int i;

	for_each_sg(list, sg, count, i) {
		dma_addr_t addr = map_phys(dev, sg_phys(sg), sg->length, dir);

		if (addr == DMA_MAPPING_ERROR)
			return false;
		sg_dma_address(sg) = addr;
		sg_dma_len(sg) = sg->length;
	}
	return true;
}

/* 0, or -EIO. */
static int list_map_told(struct device *dev, struct scatterlist *list, int count,
			 enum dma_data_direction dir, const struct slab_call *call)
{
	if (!pool_ask(call, 0, 0, false) || !list_map(dev, list, count, dir))
		return -EIO;
	pool_tell_thing(call, KM_POINT_RESOURCE_NEW, list);
	return 0;
}

unsigned int dma_map_sg_attrs(struct device *dev, struct scatterlist *sg, int nents,
			      enum dma_data_direction dir, unsigned long attrs)
{
	if (nents <= 0)
		return 0;
	return list_map_told(dev, sg, nents, dir, DMA_CALL("dma_map_sg")) ? 0 : nents;
}

void dma_unmap_sg_attrs(struct device *dev, struct scatterlist *sg, int nents,
			enum dma_data_direction dir, unsigned long attrs)
{
	BUG_ON(!valid_dma_direction(dir));
	pool_tell_thing(DMA_CALL("dma_unmap_sg"), KM_POINT_RESOURCE_GONE, sg);
}

int dma_map_sgtable(struct device *dev, struct sg_table *sgt, enum dma_data_direction dir,
		    unsigned long attrs)
{
	int error;

	if (!sgt->orig_nents)
		return -EINVAL;
	error = list_map_told(dev, sgt->sgl, sgt->orig_nents, dir, DMA_CALL("dma_map_sgtable"));
	if (!error)
		sgt->nents = sgt->orig_nents;
	return error;
}

/* -- whose turn it is: memory is coherent ------------------------------------------------------ */

void dma_sync_single_for_cpu(struct device *dev, dma_addr_t addr, size_t size,
			     enum dma_data_direction dir)
{
	BUG_ON(!valid_dma_direction(dir));
}

void dma_sync_single_for_device(struct device *dev, dma_addr_t addr, size_t size,
				enum dma_data_direction dir)
{
	BUG_ON(!valid_dma_direction(dir));
}

void dma_sync_sg_for_cpu(struct device *dev, struct scatterlist *sg, int nelems,
			 enum dma_data_direction dir)
{
	BUG_ON(!valid_dma_direction(dir));
}

void dma_sync_sg_for_device(struct device *dev, struct scatterlist *sg, int nelems,
			    enum dma_data_direction dir)
{
	BUG_ON(!valid_dma_direction(dir));
}
