/* SPDX-License-Identifier: MIT */
/*
 * dma_map.c - a device looks at memory one has already
 *
 * Bus addresses are physical addresses, and caches are coherent: a mapping is a test of what the
 * device reaches, and a thing that rules see come and go.
 * D1  What lies beyond the mask is bounced if dma_bounce.c serves the device, else refused with one
 *     line.
 * D2  Of a list all is mapped or nothing.
 * D3  Rules are asked first; what they refuse fails, and nothing else is said of it.
 * Owns nothing.  Any context but NMI; nothing here sleeps.
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

static bool can_map(const struct device *dev, phys_addr_t phys, size_t bytes)
{
	return dma_reaches(dev, *dev->dma_mask, phys, bytes) ||
	       bounce_serves(dev, *dev->dma_mask, phys, bytes);
}

static dma_addr_t map_phys(struct device *dev, phys_addr_t phys, size_t bytes,
			   enum dma_data_direction dir)
{
	dma_addr_t addr = DMA_MAPPING_ERROR;

	BUG_ON(!valid_dma_direction(dir));
	if (WARN_ONCE(!dev->dma_mask, "%s: DMA mapping for a device without a DMA mask\n",
		      dev_name(dev)))
		return DMA_MAPPING_ERROR;
	if (dma_reaches(dev, *dev->dma_mask, phys, bytes))
		return phys;
	if (bounce_serves(dev, *dev->dma_mask, phys, bytes))
		addr = bounce_begin(phys, bytes);
	if (addr == DMA_MAPPING_ERROR)
		say_out_of_reach(dev, phys, bytes);
	else
		bounce_copy(addr, bytes, true);
	return addr;
}

/* What a rule is told of a piece of memory.  @phys is not looked at if @memory is no RAM. */
static bool piece_refused(struct device *dev, struct km_dma_call *said, const void *memory,
			  phys_addr_t phys, size_t bytes, const struct slab_call *call)
{
	said->step = KM_DMA_ASK;
	said->limit = 0;
	if (dev->dma_mask && frame_of(memory) && !can_map(dev, phys, bytes))
		said->limit = dma_limit(dev, *dev->dma_mask);
	return dma_tell(dev, said, memory, bytes, call);
}

static dma_addr_t map_told(struct device *dev, struct km_dma_call *said, const void *memory,
			   phys_addr_t phys, size_t bytes, const struct slab_call *call)
{
	dma_addr_t addr = DMA_MAPPING_ERROR;

	if (pool_ask(call, bytes, 0, false))
		addr = map_phys(dev, phys, bytes, said->direction);
	said->step = addr == DMA_MAPPING_ERROR ? KM_DMA_FAIL : KM_DMA_MAP;
	said->address = addr;
	dma_tell(dev, said, memory, bytes, call);
	if (addr != DMA_MAPPING_ERROR)
		pool_tell_thing(call, KM_POINT_RESOURCE_NEW, MAPPING(addr));
	return addr;
}

static void unmap_told(struct device *dev, dma_addr_t addr, size_t bytes, struct km_dma_call *said,
		       const struct slab_call *call)
{
	bool is_wrong;

	BUG_ON(!valid_dma_direction(said->direction));
	said->step = KM_DMA_UNMAP;
	said->address = addr;
	is_wrong = dma_tell(dev, said, NULL, bytes, call);
	bounce_end(addr, said->direction, !is_wrong);
	pool_tell_thing(call, KM_POINT_RESOURCE_GONE, MAPPING(addr));
}

#define SAID(what, dir)	\
	((struct km_dma_call){ .kind = KM_DMA_##what, .direction = (int)(dir) })

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
	struct km_dma_call said = SAID(SINGLE, dir);
	const char *why;

	if (piece_refused(dev, &said, ptr, virt_to_phys(ptr), size, call))
		return DMA_MAPPING_ERROR;
	if (!is_ram(ptr, size, &why)) {
		WARN(1, "%s %s: rejecting DMA map of %s\n", dev_driver_string(dev), dev_name(dev),
		     why);
		return DMA_MAPPING_ERROR;
	}
	return map_told(dev, &said, ptr, virt_to_phys(ptr), size, call);
}

void dma_unmap_single_attrs(struct device *dev, dma_addr_t addr, size_t size,
			    enum dma_data_direction dir, unsigned long attrs)
{
	unmap_told(dev, addr, size, &SAID(SINGLE, dir), DMA_CALL("dma_unmap_single"));
}

/* A page that virt_to_page() made of something else lies outside of RAM's. */
static const void *piece_of(struct page *page, size_t offset)
{
	return pfn_valid(page_to_pfn(page)) ? (const char *)page_address(page) + offset : NULL;
}

dma_addr_t dma_map_page_attrs(struct device *dev, struct page *page, size_t offset, size_t size,
			      enum dma_data_direction dir, unsigned long attrs)
{
	const struct slab_call *call = DMA_CALL("dma_map_page");
	const void *memory = piece_of(page, offset);
	struct km_dma_call said = SAID(PAGE, dir);
	phys_addr_t phys = page_to_phys(page) + offset;

	if (piece_refused(dev, &said, memory, phys, size, call))
		return DMA_MAPPING_ERROR;
	return map_told(dev, &said, memory, phys, size, call);
}

void dma_unmap_page_attrs(struct device *dev, dma_addr_t addr, size_t size,
			  enum dma_data_direction dir, unsigned long attrs)
{
	unmap_told(dev, addr, size, &SAID(PAGE, dir), DMA_CALL("dma_unmap_page"));
}

dma_addr_t dma_map_resource(struct device *dev, phys_addr_t phys_addr, size_t size,
			    enum dma_data_direction dir, unsigned long attrs)
{
	const struct slab_call *call = DMA_CALL("dma_map_resource");

	if (WARN_ONCE(pfn_valid(phys_addr >> PAGE_SHIFT),
		      "%s: dma_map_resource() is for registers, not for RAM\n", dev_name(dev)))
		return DMA_MAPPING_ERROR;
	return map_told(dev, &SAID(RESOURCE, dir), NULL, phys_addr, size, call);
}

void dma_unmap_resource(struct device *dev, dma_addr_t addr, size_t size,
			enum dma_data_direction dir, unsigned long attrs)
{
	unmap_told(dev, addr, size, &SAID(RESOURCE, dir), DMA_CALL("dma_unmap_resource"));
}

int dma_mapping_error(struct device *dev, dma_addr_t dma_addr)
{
	struct km_dma_call said = { .step = KM_DMA_TEST, .address = dma_addr };

	dma_tell(dev, &said, NULL, 0, DMA_CALL("dma_mapping_error"));
	return dma_addr == DMA_MAPPING_ERROR ? -ENOMEM : 0;
}

/* -- lists: one mapping to rules, known by its array ------------------------------------------- */

static bool list_refused(struct device *dev, struct scatterlist *list, int count,
			 struct km_dma_call *said, const struct slab_call *call)
{
	struct scatterlist *sg;
	int i;

	for_each_sg(list, sg, count, i)
		if (piece_refused(dev, said, piece_of(sg_page(sg), sg->offset), sg_phys(sg),
				  sg->length, call))
			return true;
	return false;
}

/* The first @count of @list; a list that is shorter is not left. */
static void list_unmap(struct scatterlist *list, int count, enum dma_data_direction dir,
		       bool does_copy)
{
	for (struct scatterlist *sg = list; sg && count-- > 0; sg = sg_next(sg))
		bounce_end(sg_dma_address(sg), dir, does_copy);
}

static bool list_map(struct device *dev, struct scatterlist *list, int count,
		     enum dma_data_direction dir)
{
	struct scatterlist *sg;
	int i;

	for_each_sg(list, sg, count, i) {
		dma_addr_t addr = map_phys(dev, sg_phys(sg), sg->length, dir);

		if (addr == DMA_MAPPING_ERROR) {
			list_unmap(list, i, dir, false);
			return false;
		}
		sg_dma_address(sg) = addr;
		sg_dma_len(sg) = sg->length;
	}
	return true;
}

static void list_tell(struct device *dev, struct scatterlist *list, int count,
		      struct km_dma_call *said, const struct slab_call *call)
{
	struct scatterlist *sg;
	int i;

	said->step = KM_DMA_MAP;
	for_each_sg(list, sg, count, i) {
		said->address = sg_dma_address(sg);
		dma_tell(dev, said, sg_virt(sg), sg->length, call);
	}
}

/* 0, or -EIO. */
static int list_map_told(struct device *dev, struct scatterlist *list, int count,
			 enum dma_data_direction dir, const struct slab_call *call)
{
	struct km_dma_call said = SAID(LIST, dir);

	said.list = list;
	said.entries = (uint32_t)count;
	if (list_refused(dev, list, count, &said, call) || !pool_ask(call, 0, 0, false) ||
	    !list_map(dev, list, count, dir))
		return -EIO;
	list_tell(dev, list, count, &said, call);
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
	const struct slab_call *call = DMA_CALL("dma_unmap_sg");
	struct km_dma_call said = SAID(LIST, dir);

	BUG_ON(!valid_dma_direction(dir));
	said.step = KM_DMA_UNMAP;
	said.list = sg;
	said.entries = (uint32_t)nents;
	list_unmap(sg, nents, dir, !dma_tell(dev, &said, NULL, 0, call));
	pool_tell_thing(call, KM_POINT_RESOURCE_GONE, sg);
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

/* -- whose turn it is: memory is coherent, but for what is bounced ----------------------------- */

static void sync_told(struct device *dev, dma_addr_t addr, size_t size, struct km_dma_call *said,
		      const struct slab_call *call)
{
	BUG_ON(!valid_dma_direction(said->direction));
	said->address = addr;
	if (!dma_tell(dev, said, NULL, size, call))
		bounce_copy(addr, size, said->step == KM_DMA_SYNC_DEVICE);
}

#define SYNC_SAID(whose, what, dir)						\
	((struct km_dma_call){ .step = KM_DMA_SYNC_##whose, .kind = KM_DMA_##what,	\
			       .direction = (int)(dir) })

void dma_sync_single_for_cpu(struct device *dev, dma_addr_t addr, size_t size,
			     enum dma_data_direction dir)
{
	sync_told(dev, addr, size, &SYNC_SAID(CPU, SINGLE, dir),
		  DMA_CALL("dma_sync_single_for_cpu"));
}

void dma_sync_single_for_device(struct device *dev, dma_addr_t addr, size_t size,
				enum dma_data_direction dir)
{
	sync_told(dev, addr, size, &SYNC_SAID(DEVICE, SINGLE, dir),
		  DMA_CALL("dma_sync_single_for_device"));
}

static void list_sync(struct device *dev, struct scatterlist *list, int count,
		      struct km_dma_call *said, const struct slab_call *call)
{
	BUG_ON(!valid_dma_direction(said->direction));
	said->list = list;
	said->entries = (uint32_t)count;
	if (dma_tell(dev, said, NULL, 0, call))
		return;
	for (struct scatterlist *sg = list; sg && count-- > 0; sg = sg_next(sg))
		bounce_copy(sg_dma_address(sg), sg->length, said->step == KM_DMA_SYNC_DEVICE);
}

void dma_sync_sg_for_cpu(struct device *dev, struct scatterlist *sg, int nelems,
			 enum dma_data_direction dir)
{
	list_sync(dev, sg, nelems, &SYNC_SAID(CPU, LIST, dir), DMA_CALL("dma_sync_sg_for_cpu"));
}

void dma_sync_sg_for_device(struct device *dev, struct scatterlist *sg, int nelems,
			    enum dma_data_direction dir)
{
	list_sync(dev, sg, nelems, &SYNC_SAID(DEVICE, LIST, dir),
		  DMA_CALL("dma_sync_sg_for_device"));
}
