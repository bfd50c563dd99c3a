// SPDX-License-Identifier: MIT
/* dma.c - rows of the family dma; see api.h */
#include "api.h"

#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>

static struct device card;
static u64 card_mask;

static void no_release(struct device *dev)
{
}

/* Registered once, for all rows. */
static struct device *card_get(void)
{
	if (!device_is_registered(&card)) {
		card.init_name = "api-card";
		card.release = no_release;
		card.dma_mask = &card_mask;
		if (device_register(&card))
			return NULL;
		api_may_leave();
	}
	card_mask = card.coherent_dma_mask = DMA_BIT_MASK(64);
	return &card;
}

static void card_before(void)
{
	card_get();
}

/* -- coherent memory -------------------------------------------------------------------------- */

static bool within(u64 mask, size_t bytes)
{
	dma_addr_t handle;
	void *memory;
	bool ok;

	card_get();
	card.coherent_dma_mask = mask;
	memory = dma_alloc_coherent(&card, bytes, &handle, GFP_KERNEL);
	ok = memory && handle + bytes - 1 <= mask && handle == virt_to_phys(memory) &&
	     api_aligned(memory, PAGE_SIZE << get_order(bytes)) &&
	     api_filled(memory, 0, bytes);
	dma_free_coherent(&card, bytes, memory, handle);
	return ok;
}

static bool taken(gfp_t gfp)
{
	dma_addr_t handle;
	void *memory = dma_alloc_coherent(&card, 100, &handle, gfp);
	bool irqs_on = !irqs_disabled();

	if (memory && irqs_on)
		dma_free_coherent(&card, 100, memory, handle);
	return memory != NULL;
}

API_CONTEXTS(dma_alloc_coherent, "P", "GFP_KERNEL may sleep", card_before)
{
	bool ok = taken(GFP_KERNEL);

	api_may_leave();
	return ok;
}

API_CONTEXTS(dma_alloc_coherent, "PASH", "GFP_ATOMIC never sleeps", card_before)
{
	bool ok = taken(GFP_ATOMIC);

	api_may_leave();
	return ok;
}

API(dma_alloc_coherent, limit, "lies within the mask, zeroed")
{
	return within(DMA_BIT_MASK(24), 5000) && within(DMA_BIT_MASK(31), 5000) &&
	       within(DMA_BIT_MASK(32), 70000) && within(DMA_BIT_MASK(64), 1);
}

API(dma_alloc_coherent, align, "aligned to the order of pages that holds it")
{
	return within(DMA_BIT_MASK(64), 3 * PAGE_SIZE);
}

API(dma_alloc_coherent, zero, "size 0 is NULL and warned of")
{
	dma_addr_t handle;

	return !dma_alloc_coherent(card_get(), API_HIDDEN(0), &handle, GFP_KERNEL) &&
	       api_said("DMA memory of no bytes");
}

API(dma_alloc_coherent, overflow, "a size that wrapped: NULL")
{
	dma_addr_t handle;

	return !dma_alloc_coherent(card_get(), API_HIDDEN(SIZE_MAX), &handle,
				   GFP_KERNEL | __GFP_NOWARN);
}

API(dma_alloc_coherent, failure, "NULL without memory; mask 0 and __GFP_COMP: NULL, warned of")
{
	dma_addr_t handle;
	bool ok;

	card_get();
	api_memory_out();
	ok = !dma_alloc_coherent(&card, 4096, &handle, GFP_KERNEL | __GFP_NOWARN);
	api_memory_back();
	ok &= !dma_alloc_coherent(&card, 4096, &handle, GFP_KERNEL | __GFP_COMP);
	ok &= api_said("__GFP_COMP") || api_told("flag-misuse");
	card.coherent_dma_mask = 0;
	return ok && !dma_alloc_coherent(&card, 4096, &handle, GFP_KERNEL) &&
	       api_said("coherent DMA mask");
}

API(dma_free_coherent, null, "NULL does nothing")
{
	dma_free_coherent(card_get(), 100, NULL, 0);
	return true;
}

API(dma_free_coherent, contexts, "interrupts off is told of")
{
	unsigned long flags;

	card_get();
	local_irq_save(flags);
	dma_free_coherent(&card, 100, NULL, 0);
	local_irq_restore(flags);
	return api_told("sleep-in-atomic");
}

API(dma_free_coherent, other, "size and handle must be those of the allocation")
{
	dma_addr_t handle;
	void *memory = dma_alloc_coherent(card_get(), 100, &handle, GFP_KERNEL);
	bool ok;

	dma_free_coherent(&card, 101, memory, handle);
	ok = api_said("101 bytes are freed, 100 were allocated");
	dma_free_coherent(&card, 100, memory, handle + 4096);
	ok &= api_said("is not that of");
	dma_free_coherent(&card, 100, memory, handle);
	return ok;
}

API(dma_alloc_attrs, limit, "attributes that Linux has are taken, others refused")
{
	dma_addr_t handle;
	void *memory = dma_alloc_attrs(card_get(), 10, &handle, GFP_KERNEL,
				       DMA_ATTR_NO_KERNEL_MAPPING | DMA_ATTR_NO_WARN);

	dma_free_attrs(&card, 10, memory, handle, DMA_ATTR_NO_KERNEL_MAPPING);
	return memory && !dma_alloc_attrs(&card, 10, &handle, GFP_KERNEL, 1UL << 30) &&
	       api_said("unknown DMA attributes");
}

API(dma_free_attrs, null, "NULL does nothing")
{
	dma_free_attrs(card_get(), 100, NULL, 0, 0);
	return true;
}

API(dma_alloc_noncoherent, limit, "zone bits are refused: the mask chooses")
{
	dma_addr_t handle;

	return !dma_alloc_noncoherent(card_get(), 10, &handle, DMA_TO_DEVICE,
				      GFP_KERNEL | GFP_DMA32) && api_said("the mask chooses");
}

API(dma_free_noncoherent, other, "frees what dma_alloc_noncoherent() gave")
{
	dma_addr_t handle;
	void *memory = dma_alloc_noncoherent(card_get(), 9000, &handle, DMA_TO_DEVICE, GFP_KERNEL);

	dma_free_noncoherent(&card, 9000, memory, handle, DMA_TO_DEVICE);
	return memory != NULL;
}

API(dma_alloc_pages, other, "the first page; zeroed")
{
	dma_addr_t handle;
	struct page *page = dma_alloc_pages(card_get(), 9000, &handle, DMA_TO_DEVICE, GFP_KERNEL);
	bool ok = page && page_to_phys(page) == handle && api_filled(page_address(page), 0, 9000);

	dma_free_pages(&card, 9000, page, handle, DMA_TO_DEVICE);
	return ok;
}

API(dma_free_pages, other, "frees what dma_alloc_pages() gave")
{
	dma_addr_t handle;
	struct page *page = dma_alloc_pages(card_get(), 10, &handle, DMA_TO_DEVICE, GFP_KERNEL);

	dma_free_pages(&card, 10, page, handle, DMA_TO_DEVICE);
	return page != NULL;
}

/* -- masks ------------------------------------------------------------------------------------ */

API(dma_set_mask, failure, "-EIO for a mask without memory, and for a device without one")
{
	bool ok;

	card_get();
	ok = dma_set_mask(&card, DMA_BIT_MASK(20)) == -EIO && card_mask == DMA_BIT_MASK(64);
	card.dma_mask = NULL;
	ok &= dma_set_mask(&card, DMA_BIT_MASK(64)) == -EIO;
	card.dma_mask = &card_mask;
	return ok && !dma_set_mask(&card, DMA_BIT_MASK(32)) && card_mask == DMA_BIT_MASK(32);
}

API(dma_set_coherent_mask, failure, "-EIO for a mask without memory")
{
	card_get();
	return dma_set_coherent_mask(&card, DMA_BIT_MASK(20)) == -EIO &&
	       !dma_set_coherent_mask(&card, DMA_BIT_MASK(24)) &&
	       card.coherent_dma_mask == DMA_BIT_MASK(24);
}

API(dma_set_mask_and_coherent, other, "both masks, or -EIO and none")
{
	card_get();
	return dma_set_mask_and_coherent(&card, DMA_BIT_MASK(20)) == -EIO &&
	       !dma_set_mask_and_coherent(&card, DMA_BIT_MASK(32)) &&
	       card_mask == DMA_BIT_MASK(32) && card.coherent_dma_mask == DMA_BIT_MASK(32);
}

/* -- mappings --------------------------------------------------------------------------------- */

static void *low;

static void low_before(void)
{
	card_get();
	if (!low)
		low = kmalloc(100, GFP_KERNEL | GFP_DMA);
	api_may_leave();
}

API_CONTEXTS(dma_map_single, "PASH", "never sleeps", low_before)
{
	dma_addr_t addr = dma_map_single(&card, low, 100, DMA_TO_DEVICE);

	dma_unmap_single(&card, addr, 100, DMA_TO_DEVICE);
	return addr == virt_to_phys(low);
}

API(dma_map_single, failure, "what lies beyond the mask is refused, with one line")
{
	void *high = kmalloc(100, GFP_KERNEL);
	dma_addr_t addr;
	bool ok;

	card_get();
	card_mask = DMA_BIT_MASK(24);
	addr = dma_map_single(&card, high, 100, DMA_TO_DEVICE);
	ok = virt_to_phys(high) <= DMA_BIT_MASK(24) ||
	     (addr == DMA_MAPPING_ERROR && api_said("overflow (mask ffffff, bus limit 0)"));
	kfree(high);
	return ok;
}

API(dma_map_single, limit, "memory of vmalloc() and of the stack is refused")
{
	char local[8];
	void *area = vmalloc(10);
	bool ok = dma_map_single(card_get(), area, 10, DMA_TO_DEVICE) == DMA_MAPPING_ERROR &&
		  dma_map_single(&card, local, 8, DMA_TO_DEVICE) == DMA_MAPPING_ERROR;

	vfree(area);
	return ok && api_said("rejecting DMA map of vmalloc memory");
}

API_CONTEXTS(dma_unmap_single, "PASH", "never sleeps", low_before)
{
	dma_unmap_single(&card, dma_map_single(&card, low, 100, DMA_TO_DEVICE), 100,
			 DMA_TO_DEVICE);
	return true;
}

API(dma_map_page, other, "the page's address and the offset")
{
	struct page *page = alloc_page(GFP_KERNEL);
	dma_addr_t addr = dma_map_page(card_get(), page, 12, 100, DMA_TO_DEVICE);
	bool ok = addr == page_to_phys(page) + 12;

	dma_unmap_page(&card, addr, 100, DMA_TO_DEVICE);
	__free_page(page);
	return ok;
}

API(dma_unmap_page, other, "ends a mapping of dma_map_page()")
{
	struct page *page = alloc_page(GFP_KERNEL);

	card_get();
	dma_unmap_page(&card, dma_map_page(&card, page, 0, 8, DMA_TO_DEVICE), 8, DMA_TO_DEVICE);
	__free_page(page);
	return true;
}

static bool list_maps(u64 mask, unsigned int expected)
{
	struct page *page = alloc_page(GFP_KERNEL);
	struct scatterlist list[2];
	unsigned int mapped;

	card_get();
	card_mask = mask;
	sg_init_table(list, 2);
	sg_set_page(&list[0], page, 100, 0);
	sg_set_page(&list[1], page, 100, 200);
	mapped = dma_map_sg(&card, list, 2, DMA_FROM_DEVICE);
	if (mapped)
		dma_unmap_sg(&card, list, 2, DMA_FROM_DEVICE);
	if (page_to_phys(page) <= DMA_BIT_MASK(24))
		mapped = expected;
	__free_page(page);
	return mapped == expected;
}

API(dma_map_sg, other, "all entries")
{
	return list_maps(DMA_BIT_MASK(64), 2);
}

API(dma_map_sg, failure, "one out of reach: 0, none is mapped")
{
	return list_maps(DMA_BIT_MASK(24), 0);
}

API(dma_unmap_sg, other, "ends what dma_map_sg() began")
{
	return list_maps(DMA_BIT_MASK(64), 2);
}

API(dma_mapping_error, other, "-ENOMEM for DMA_MAPPING_ERROR alone")
{
	return dma_mapping_error(card_get(), DMA_MAPPING_ERROR) == -ENOMEM &&
	       !dma_mapping_error(&card, 0) && !dma_mapping_error(&card, 4096);
}

/* -- DMA pools -------------------------------------------------------------------------------- */

static struct dma_pool *pool;

static void pool_before(void)
{
	card_get();
	if (!pool)
		pool = dma_pool_create("api", &card, 40, 8, 64);
	api_may_leave();
}

API_CONTEXTS(dma_pool_create, "P-lripsh", "sleeps", card_before)
{
	struct dma_pool *made = dma_pool_create("api", &card, 40, 8, 64);

	dma_pool_destroy(made);
	return made != NULL;
}

API(dma_pool_create, null, "no device: NULL")
{
	return !dma_pool_create("api", NULL, 40, 8, 64);
}

API(dma_pool_create, zero, "size 0: NULL; alignment 0 is 1")
{
	struct dma_pool *made = dma_pool_create("api", card_get(), 40, 0, 0);

	dma_pool_destroy(made);
	return made && !dma_pool_create("api", &card, 0, 8, 0);
}

API(dma_pool_create, limit, "above INT_MAX, odd alignment or boundary, boundary below size: NULL")
{
	card_get();
	return !dma_pool_create("api", &card, (size_t)INT_MAX + 1, 8, 0) &&
	       !dma_pool_create("api", &card, 40, 12, 0) &&
	       !dma_pool_create("api", &card, 40, 8, 48) &&
	       !dma_pool_create("api", &card, 40, 8, 32);
}

API_CONTEXTS(dma_pool_alloc, "PASH", "GFP_ATOMIC never sleeps", pool_before)
{
	dma_addr_t dma;
	void *block = dma_pool_alloc(pool, GFP_ATOMIC, &dma);

	dma_pool_free(pool, block, dma);
	return block && dma == virt_to_phys(block);
}

API_CONTEXTS(dma_pool_alloc, "P", "GFP_KERNEL may sleep", pool_before)
{
	dma_addr_t dma;
	void *block = dma_pool_alloc(pool, GFP_KERNEL, &dma);

	dma_pool_free(pool, block, dma);
	return block != NULL;
}

API(dma_pool_alloc, align, "aligned, and across no boundary")
{
	struct dma_pool *made = dma_pool_create("api", card_get(), 40, 8, 64);
	dma_addr_t dma[100];
	void *block[100];
	bool ok = true;

	for (int i = 0; i < 100; i++) {
		block[i] = dma_pool_alloc(made, GFP_KERNEL, &dma[i]);
		ok &= block[i] && !(dma[i] & 7) && dma[i] / 64 == (dma[i] + 39) / 64;
	}
	for (int i = 0; i < 100; i++)
		dma_pool_free(made, block[i], dma[i]);
	dma_pool_destroy(made);
	return ok;
}

API(dma_pool_alloc, failure, "NULL without memory")
{
	struct dma_pool *made = dma_pool_create("api", card_get(), 40, 8, 64);
	dma_addr_t dma;
	void *block;

	api_memory_out();
	block = dma_pool_alloc(made, GFP_KERNEL | __GFP_NOWARN, &dma);
	api_memory_back();
	dma_pool_destroy(made);
	return !block;
}

API(dma_pool_zalloc, other, "zeroed, also when used before")
{
	struct dma_pool *made = dma_pool_create("api", card_get(), 64, 8, 0);
	bool ok = true;

	for (int i = 0; i < 3; i++) {
		dma_addr_t dma;
		void *block = dma_pool_zalloc(made, GFP_KERNEL, &dma);

		ok &= block && api_filled(block, 0, 64);
		memset(block, 7, 64);
		dma_pool_free(made, block, dma);
	}
	dma_pool_destroy(made);
	return ok;
}

API(dma_pool_free, other, "a wrong bus address and a second free are named, and nothing is freed")
{
	struct dma_pool *made = dma_pool_create("api", card_get(), 64, 8, 0);
	dma_addr_t dma;
	void *block = dma_pool_alloc(made, GFP_KERNEL, &dma);
	bool ok;

	dma_pool_free(made, block, dma + 64);
	ok = api_said("(bad dma)");
	dma_pool_free(made, block, dma);
	dma_pool_free(made, block, dma);
	dma_pool_destroy(made);
	return ok && api_told("double-free");
}

API(dma_pool_destroy, null, "NULL does nothing")
{
	dma_pool_destroy(NULL);
	return true;
}

API(dma_pool_destroy, failure, "blocks still out: \"busy\", and their pages stay")
{
	struct dma_pool *made = dma_pool_create("api", card_get(), 64, 8, 0);
	dma_addr_t dma;
	char *block = dma_pool_alloc(made, GFP_KERNEL, &dma);

	dma_pool_destroy(made);
	block[0] = 1;
	api_may_leave();
	return api_said("dma_pool_destroy api busy");
}
