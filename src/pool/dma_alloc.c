/* SPDX-License-Identifier: MIT */
/*
 * dma_alloc.c - memory that a device reaches, allocated for it
 *
 * Owns: frames it took; page->index of the first one is the bytes asked for, ~ them in private.
 * A1  A block ends within the device's coherent mask, and is all zero when it is handed out.
 * A2  The mask chooses the zone; when a block of it lies too high after all, the next lower zone is
 *     tried.
 * Lock: none.  Sleeps if the gfp may block.
 */
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/irqflags.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/string.h>
#include "page/page_room.h"
#include "pool/dma.h"

#define ZONE_BITS	(__GFP_DMA | __GFP_DMA32 | __GFP_HIGHMEM)
#define KNOWN_ATTRS									\
	(DMA_ATTR_WEAK_ORDERING | DMA_ATTR_WRITE_COMBINE | DMA_ATTR_NO_KERNEL_MAPPING |	\
	 DMA_ATTR_SKIP_CPU_SYNC | DMA_ATTR_FORCE_CONTIGUOUS | DMA_ATTR_ALLOC_SINGLE_PAGES |	\
	 DMA_ATTR_NO_WARN | DMA_ATTR_PRIVILEGED)

/* -- blocks ----------------------------------------------------------------------------------- */

static gfp_t zone_for(u64 limit)
{
	if (limit <= DMA_BIT_MASK(24))
		return __GFP_DMA;
	return limit <= DMA_BIT_MASK(32) ? __GFP_DMA32 : 0;
}

static gfp_t zone_below(gfp_t zone)
{
	return zone ? __GFP_DMA : __GFP_DMA32;
}

static struct page *block_take(struct device *dev, size_t bytes, gfp_t gfp)
{
	gfp_t zone = zone_for(dma_limit(dev, dev->coherent_dma_mask));
	unsigned int order = get_order(bytes);

	for (;;) {
		struct page *page = page_take(gfp | zone, order, PAGE_OWNER_PAGES);

		if (!page || dma_coherent_ok(dev, page_to_phys(page), bytes))
			return page;
		page_give(page, order);
		/* A2 */
		if (zone & __GFP_DMA)
			return NULL;
		zone = zone_below(zone);
	}
}

void *coherent_take(struct device *dev, size_t bytes, dma_addr_t *ret_handle, gfp_t gfp)
{
	struct page *page = block_take(dev, bytes, gfp & ~ZONE_BITS);
	void *address;

	if (!page)
		return NULL;
	page->index = bytes;
	page->private = ~bytes;
	address = page_address(page);
	memset(address, 0, PAGE_SIZE << get_order(bytes));
	*ret_handle = page_to_phys(page);
	return address;
}

size_t coherent_bytes(const void *address)
{
	const struct page *page = frame_of(address);

	if (!page || !PAGE_ALIGNED(address) || page->owner != PAGE_OWNER_PAGES ||
	    page->private != ~page->index)
		return 0;
	return page->index;
}

void coherent_give(void *address)
{
	struct page *page = frame_of(address);
	unsigned int order = get_order(page->index);

	page->index = 0;
	page->private = 0;
	page_give(page, order);
}

size_t pool_coherent_bytes(const void *address)
{
	size_t bytes = coherent_bytes(address);

	return bytes ? PAGE_SIZE << get_order(bytes) : 0;
}

void pool_release_coherent(void *address)
{
	coherent_give(address);
}

/* -- the calls -------------------------------------------------------------------------------- */

/* Numbers and flags that Linux refuses, each with a warning. */
static bool ask_is_fine(struct device *dev, size_t bytes, unsigned long attrs)
{
	if (WARN_ONCE(!dev->coherent_dma_mask, "%s: DMA memory for a device without a coherent DMA "
		      "mask\n", dev_name(dev)))
		return false;
	if (WARN_ONCE(!bytes, "%s: DMA memory of no bytes\n", dev_name(dev)))
		return false;
	return !WARN_ONCE(attrs & ~KNOWN_ATTRS, "%s: unknown DMA attributes %#lx\n", dev_name(dev),
			  attrs & ~KNOWN_ATTRS);
}

static bool coherent_tell(struct device *dev, size_t bytes, const void *address, dma_addr_t handle,
			  enum km_dma_step step, const struct slab_call *call)
{
	const struct km_dma_call said = {
		.step = step, .kind = KM_DMA_COHERENT, .address = handle,
		.direction = DMA_BIDIRECTIONAL,
	};

	return dma_tell(dev, &said, address, bytes, call);
}

void *coherent_alloc(struct device *dev, size_t bytes, dma_addr_t *ret_handle, gfp_t gfp,
		     unsigned long attrs, const struct slab_call *call)
{
	dma_addr_t handle;
	void *address;

	if (!ask_is_fine(dev, bytes, attrs))
		return NULL;
	if (attrs & DMA_ATTR_NO_WARN)
		gfp |= __GFP_NOWARN;
	/* Told without the zone, which is not the caller's to choose. */
	gfp &= ~ZONE_BITS;
	if (!pool_ask(call, bytes, gfp, false))
		return NULL;
	/* Where a rule listens, it has told. */
	WARN_ONCE((gfp & __GFP_COMP) && !watch_wants(KM_POINT_ALLOC_ASK),
		  "%s: __GFP_COMP for DMA memory\n", dev_name(dev));
	watch_enter();
	address = gfp & __GFP_COMP ? NULL : coherent_take(dev, bytes, &handle, gfp);
	watch_leave();
	pool_tell(call, address, bytes, PAGE_ALIGN(bytes), NULL, gfp);
	if (address) {
		*ret_handle = handle;
		coherent_tell(dev, bytes, address, handle, KM_DMA_MAP, call);
	}
	return address;
}

void *dma_alloc_attrs(struct device *dev, size_t size, dma_addr_t *ret_handle, gfp_t gfp,
		      unsigned long attrs)
{
	return coherent_alloc(dev, size, ret_handle, gfp, attrs, DMA_CALL("dma_alloc_attrs"));
}

void *dma_alloc_coherent(struct device *dev, size_t size, dma_addr_t *ret_handle, gfp_t gfp)
{
	return coherent_alloc(dev, size, ret_handle, gfp, 0, DMA_CALL("dma_alloc_coherent"));
}

void *dma_alloc_wc(struct device *dev, size_t size, dma_addr_t *ret_handle, gfp_t gfp)
{
	return coherent_alloc(dev, size, ret_handle, gfp, DMA_ATTR_WRITE_COMBINE,
			      DMA_CALL("dma_alloc_wc"));
}

/* What does not fit what was allocated is named and left alone: freeing it would free another's. */
static bool is_same_block(struct device *dev, size_t bytes, const void *address, dma_addr_t handle,
			  const struct slab_call *call)
{
	size_t asked = coherent_bytes(address);

	if (WARN(!asked, "%s: %s: 0x%px is no DMA memory\n", call->what, dev_name(dev), address))
		return false;
	if (WARN(asked != bytes, "%s: %s: %zu bytes are freed, %zu were allocated\n", call->what,
		 dev_name(dev), bytes, asked))
		return false;
	return !WARN(handle != virt_to_phys(address), "%s: %s: DMA address %pad is not that of "
		     "0x%px\n", call->what, dev_name(dev), &handle, address);
}

void coherent_free(struct device *dev, size_t bytes, void *address, dma_addr_t handle,
		   const struct slab_call *call)
{
	bool is_told = coherent_tell(dev, bytes, address, handle, KM_DMA_UNMAP, call);

	/* What was mapped is unmapped, which waits for other CPUs. */
	if (irqs_disabled())
		pool_may_sleep(call);
	if (!address)
		return;
	if (!coherent_bytes(address)) {
		/* Rules know more of a wrong address; without them it is named here. */
		if (pool_ask_free(call, address))
			is_same_block(dev, bytes, address, handle, call);
		return;
	}
	/* What rules have told of is freed as it was allocated. */
	if ((!is_told && !is_same_block(dev, bytes, address, handle, call)) ||
	    !pool_ask_free(call, address))
		return;
	watch_enter();
	coherent_give(address);
	watch_leave();
}

void dma_free_attrs(struct device *dev, size_t size, void *cpu_addr, dma_addr_t handle,
		    unsigned long attrs)
{
	coherent_free(dev, size, cpu_addr, handle, DMA_CALL("dma_free_attrs"));
}

void dma_free_coherent(struct device *dev, size_t size, void *cpu_addr, dma_addr_t handle)
{
	coherent_free(dev, size, cpu_addr, handle, DMA_CALL("dma_free_coherent"));
}

void dma_free_wc(struct device *dev, size_t size, void *cpu_addr, dma_addr_t handle)
{
	coherent_free(dev, size, cpu_addr, handle, DMA_CALL("dma_free_wc"));
}

/* -- the same memory by its pages -------------------------------------------------------------- */

static void *pages_alloc(struct device *dev, size_t bytes, dma_addr_t *ret_handle, gfp_t gfp,
			 const struct slab_call *call)
{
	if (WARN_ONCE(gfp & ZONE_BITS, "%s: %s: the mask chooses the zone\n", call->what,
		      dev_name(dev)))
		return NULL;
	return coherent_alloc(dev, bytes, ret_handle, gfp, 0, call);
}

struct page *dma_alloc_pages(struct device *dev, size_t size, dma_addr_t *ret_handle,
			     enum dma_data_direction dir, gfp_t gfp)
{
	void *address = pages_alloc(dev, size, ret_handle, gfp, DMA_CALL("dma_alloc_pages"));

	return address ? virt_to_page(address) : NULL;
}

void dma_free_pages(struct device *dev, size_t size, struct page *page, dma_addr_t handle,
		    enum dma_data_direction dir)
{
	coherent_free(dev, size, page_address(page), handle, DMA_CALL("dma_free_pages"));
}

void *dma_alloc_noncoherent(struct device *dev, size_t size, dma_addr_t *ret_handle,
			    enum dma_data_direction dir, gfp_t gfp)
{
	return pages_alloc(dev, size, ret_handle, gfp, DMA_CALL("dma_alloc_noncoherent"));
}

void dma_free_noncoherent(struct device *dev, size_t size, void *vaddr, dma_addr_t handle,
			  enum dma_data_direction dir)
{
	coherent_free(dev, size, vaddr, handle, DMA_CALL("dma_free_noncoherent"));
}

/* -- tables ----------------------------------------------------------------------------------- */

int dma_get_sgtable_attrs(struct device *dev, struct sg_table *sgt, void *cpu_addr,
			  dma_addr_t dma_addr, size_t size, unsigned long attrs)
{
	int error = sg_alloc_table(sgt, 1, GFP_KERNEL);

	if (!error)
		sg_set_page(sgt->sgl, virt_to_page(cpu_addr), PAGE_ALIGN(size), 0);
	return error;
}

static struct sg_table *table_of_one(gfp_t gfp, const struct slab_call *call)
{
	struct sg_table *sgt = pool_own_alloc(sizeof(*sgt), gfp, NUMA_NO_NODE);

	if (sgt && sg_alloc_table(sgt, 1, gfp)) {
		pool_own_free(sgt);
		sgt = NULL;
	}
	pool_tell(call, sgt, sizeof(*sgt), sizeof(*sgt), NULL, gfp);
	return sgt;
}

static void table_free(struct sg_table *sgt, const struct slab_call *call)
{
	sg_free_table(sgt);
	if (pool_ask_free(call, sgt))
		pool_own_free(sgt);
}

struct sg_table *dma_alloc_noncontiguous(struct device *dev, size_t size,
					 enum dma_data_direction dir, gfp_t gfp,
					 unsigned long attrs)
{
	const struct slab_call *call = DMA_CALL("dma_alloc_noncontiguous");
	struct sg_table *sgt = table_of_one(gfp & ~(ZONE_BITS | __GFP_ZERO), call);
	dma_addr_t handle;
	void *address;

	if (!sgt)
		return NULL;
	address = coherent_alloc(dev, size, &handle, gfp, attrs, call);
	if (!address) {
		table_free(sgt, call);
		return NULL;
	}
	sg_set_page(sgt->sgl, virt_to_page(address), PAGE_ALIGN(size), 0);
	sg_dma_address(sgt->sgl) = handle;
	sg_dma_len(sgt->sgl) = sgt->sgl->length;
	sgt->nents = 1;
	return sgt;
}

void dma_free_noncontiguous(struct device *dev, size_t size, struct sg_table *sgt,
			    enum dma_data_direction dir)
{
	const struct slab_call *call = DMA_CALL("dma_free_noncontiguous");

	coherent_free(dev, size, sg_virt(sgt->sgl), sg_dma_address(sgt->sgl), call);
	table_free(sgt, call);
}

void *dma_vmap_noncontiguous(struct device *dev, size_t size, struct sg_table *sgt)
{
	return sg_virt(sgt->sgl);
}

void dma_vunmap_noncontiguous(struct device *dev, void *vaddr)
{
}
