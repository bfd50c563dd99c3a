/* SPDX-License-Identifier: MIT */
/* dma_rule_test.c - what may be mapped, and how it is taken back, against a device of its own */
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/scatterlist.h>
#include "rules/rules_test.h"

static u64 mask;
static struct device card, other;

static void no_release(struct device *dev)
{
}

static void device_new(struct device *dev, const char *name, u64 bits)
{
	*dev = (struct device){ .init_name = name, .release = no_release, .dma_mask = &mask,
				.coherent_dma_mask = bits };
	mask = bits;
	CHECK_EQ(device_register(dev), 0);
}

static void begin(u64 bits)
{
	device_new(&card, "card", bits);
	told_clear();
}

static void end(void)
{
	device_unregister(&card);
}

static dma_addr_t map(void *memory, size_t bytes)
{
	dma_addr_t addr = dma_map_single(&card, memory, bytes, DMA_TO_DEVICE);

	dma_mapping_error(&card, addr);
	return addr;
}

static void what_is_right_is_silent(void)
{
	struct page *page = alloc_pages(GFP_KERNEL, 1);
	char *memory = kmalloc(300, GFP_KERNEL);
	struct scatterlist list[2];
	dma_addr_t addr, handle;
	void *ring;

	begin(DMA_BIT_MASK(64));
	addr = map(memory + 10, 290);
	dma_sync_single_for_cpu(&card, addr + 5, 10, DMA_TO_DEVICE);
	dma_unmap_single(&card, addr, 290, DMA_TO_DEVICE);
	addr = dma_map_page(&card, page, 100, 2 * PAGE_SIZE - 100, DMA_BIDIRECTIONAL);
	CHECK_EQ(dma_mapping_error(&card, addr), 0);
	dma_sync_single_for_device(&card, addr, 10, DMA_TO_DEVICE);
	dma_unmap_page(&card, addr, 2 * PAGE_SIZE - 100, DMA_BIDIRECTIONAL);
	sg_init_table(list, 2);
	sg_set_buf(&list[0], memory, 300);
	sg_set_page(&list[1], page, 2 * PAGE_SIZE, 0);
	CHECK_EQ(dma_map_sg(&card, list, 2, DMA_FROM_DEVICE), 2);
	dma_unmap_sg(&card, list, 2, DMA_FROM_DEVICE);
	ring = dma_alloc_coherent(&card, 5000, &handle, GFP_KERNEL);
	dma_sync_single_for_cpu(&card, handle, 100, DMA_FROM_DEVICE);
	dma_free_coherent(&card, 5000, ring, handle);
	CHECK_EQ(told_count, 0);
	kfree(memory);
	__free_pages(page, 1);
	end();
}

static void memory_that_is_none_is_named(void)
{
	static char variable[8];
	char local[8];
	void *area = vmalloc(100);

	begin(DMA_BIT_MASK(64));
	CHECK_EQ(map(local, 8), DMA_MAPPING_ERROR);
	CHECK_TOLD("dma-unreachable", "card: device driver maps memory from stack [addr=");
	told_clear();
	CHECK_EQ(map(variable, 8), DMA_MAPPING_ERROR);
	CHECK_TOLD("dma-unreachable", "from invalid area: a variable of the module");
	told_clear();
	CHECK_EQ(map(area, 8), DMA_MAPPING_ERROR);
	CHECK_TOLD("dma-unreachable", "maps memory from vmalloc area");
	told_clear();
	CHECK_EQ(map(hidden(NULL), 8), DMA_MAPPING_ERROR);
	CHECK_TOLD("dma-unreachable", "a NULL pointer");
	vfree(area);
	end();
}

static void memory_that_is_gone_or_too_short_is_told(void)
{
	char *memory = kmalloc(100, GFP_KERNEL), *gone = kmalloc(100, GFP_KERNEL);
	dma_addr_t addr;

	begin(DMA_BIT_MASK(64));
	kfree(gone);
	CHECK_EQ(map(hidden(gone), 100), DMA_MAPPING_ERROR);
	CHECK_TOLD("dma-unreachable", "maps freed memory");
	CHECK(told_last.free_stack.count > 0);
	told_clear();
	addr = map(memory + 1, 100);
	CHECK_TOLD("dma-unreachable", "beyond the end of an allocation");
	dma_unmap_single(&card, addr, 100, DMA_TO_DEVICE);
	kfree(memory);
	end();
}

static void pages_may_be_neighbours(void)
{
	struct page *pages = alloc_pages(GFP_KERNEL, 2);
	struct scatterlist one;

	begin(DMA_BIT_MASK(64));
	split_page(pages, 2);
	sg_init_table(&one, 1);
	sg_set_page(&one, pages, 4 * PAGE_SIZE, 0);
	CHECK_EQ(dma_map_sg(&card, &one, 1, DMA_TO_DEVICE), 1);
	dma_unmap_sg(&card, &one, 1, DMA_TO_DEVICE);
	CHECK_EQ(told_count, 0);
	map(page_address(pages), 2 * PAGE_SIZE);
	CHECK_TOLD("dma-unreachable", "beyond the end");
	dma_unmap_single(&card, page_to_phys(pages), 2 * PAGE_SIZE, DMA_TO_DEVICE);
	for (int i = 0; i < 4; i++)
		__free_page(pages + i);
	end();
}

static void what_lies_above_the_mask_is_told_or_bounced(void)
{
	void *high = kmalloc(100, GFP_KERNEL), *low = kmalloc(100, GFP_KERNEL | GFP_DMA);
	dma_addr_t addr;

	REQUIRE(virt_to_phys(high) > DMA_BIT_MASK(32));
	begin(DMA_BIT_MASK(24));
	dma_unmap_single(&card, map(low, 100), 100, DMA_TO_DEVICE);
	CHECK_EQ(told_count, 0);
	CHECK_EQ(map(high, 100), DMA_MAPPING_ERROR);
	CHECK_TOLD("dma-unreachable", "+100 overflow (mask ffffff): the memory of kmalloc()");
	CHECK(strstr(told_last.help, "GFP_DMA") != NULL);
	end();
	begin(DMA_BIT_MASK(32));
	memset(high, 1, 100);
	addr = dma_map_single(&card, high, 100, DMA_BIDIRECTIONAL);
	CHECK_EQ(dma_mapping_error(&card, addr), 0);
	CHECK(addr <= DMA_BIT_MASK(32));
	CHECK_EQ(*(char *)phys_to_virt(addr), 1);
	memset(phys_to_virt(addr), 2, 100);
	CHECK_EQ(*(char *)high, 1);
	dma_sync_single_for_cpu(&card, addr + 50, 50, DMA_BIDIRECTIONAL);
	CHECK(((char *)high)[49] == 1 && ((char *)high)[50] == 2);
	dma_unmap_single(&card, addr, 100, DMA_BIDIRECTIONAL);
	CHECK_EQ(*(char *)high, 2);
	CHECK_EQ(told_count, 0);
	end();
	kfree(high);
	kfree(low);
}

static void each_wrong_unmapping_has_its_words(void)
{
	char *memory = kmalloc(100, GFP_KERNEL);
	dma_addr_t addr;

	begin(DMA_BIT_MASK(64));
	addr = map(memory, 100);
	dma_unmap_single(&card, addr, 99, DMA_TO_DEVICE);
	CHECK_TOLD("dma-unreachable", "with different size [device address=");
	CHECK(!strcmp(told_last.also[0].role, "mapped"));
	told_clear();
	dma_unmap_single(&card, addr, 100, DMA_TO_DEVICE);
	CHECK_TOLD("dma-unreachable", "memory it has not allocated");
	CHECK(strstr(told_message, "unmapped already") != NULL);
	CHECK(!strcmp(told_last.also[1].role, "unmapped"));
	addr = map(memory, 100);
	told_clear();
	dma_unmap_single(&card, addr, 100, DMA_FROM_DEVICE);
	CHECK_TOLD("dma-unreachable", "[mapped with DMA_TO_DEVICE] [unmapped with "
		   "DMA_FROM_DEVICE]");
	addr = map(memory, 100);
	told_clear();
	dma_unmap_page(&card, addr, 100, DMA_TO_DEVICE);
	CHECK_TOLD("dma-unreachable", "[mapped as single] [unmapped as page]");
	device_new(&other, "other", DMA_BIT_MASK(64));
	addr = map(memory, 100);
	told_clear();
	dma_unmap_single(&other, addr, 100, DMA_TO_DEVICE);
	CHECK_TOLD("dma-unreachable", "other: device driver tries to free DMA memory");
	dma_unmap_single(&card, addr, 100, DMA_TO_DEVICE);
	CHECK_EQ(told_count, 1);
	device_unregister(&other);
	kfree(memory);
	end();
}

static void errors_must_be_asked_for(void)
{
	char *memory = kmalloc(100, GFP_KERNEL);
	dma_addr_t addr;

	begin(DMA_BIT_MASK(64));
	addr = dma_map_single(&card, memory, 100, DMA_TO_DEVICE);
	dma_unmap_single(&card, addr, 100, DMA_TO_DEVICE);
	CHECK_TOLD("dma-unreachable", "failed to check map error");
	told_clear();
	map(memory, 100);
	dma_unmap_single(&card, DMA_MAPPING_ERROR, 100, DMA_TO_DEVICE);
	CHECK_TOLD("dma-unreachable", "tries to free an invalid DMA memory address");
	kfree(memory);
	end();
}

static void a_free_before_the_unmapping_is_told(void)
{
	char *memory = kmalloc(100, GFP_KERNEL);
	dma_addr_t addr;

	begin(DMA_BIT_MASK(64));
	addr = map(memory, 100);
	kfree(memory);
	CHECK_EQ(told_count, 0);
	dma_unmap_single(&card, addr, 100, DMA_TO_DEVICE);
	CHECK_TOLD("dma-unreachable", "frees memory that is mapped");
	end();
}

static void lists_and_syncs_are_held_to_what_was_mapped(void)
{
	char *memory = kmalloc(100, GFP_KERNEL);
	struct scatterlist list[2];
	dma_addr_t addr;

	begin(DMA_BIT_MASK(64));
	sg_init_table(list, 2);
	sg_set_buf(&list[0], memory, 50);
	sg_set_buf(&list[1], memory + 50, 50);
	dma_map_sg(&card, list, 2, DMA_TO_DEVICE);
	dma_sync_sg_for_cpu(&card, list, 2, DMA_TO_DEVICE);
	dma_unmap_sg(&card, list, 1, DMA_TO_DEVICE);
	CHECK_TOLD("dma-unreachable", "[map count=2] [unmap count=1]");
	told_clear();
	dma_unmap_sg(&card, list, 2, DMA_TO_DEVICE);
	CHECK_TOLD("dma-unreachable", "memory it has not allocated [2 entries of a list]");
	addr = map(memory, 100);
	told_clear();
	dma_sync_single_for_cpu(&card, addr + 50, 51, DMA_TO_DEVICE);
	CHECK_TOLD("dma-unreachable", "outside allocated range");
	told_clear();
	dma_sync_single_for_cpu(&card, addr, 100, DMA_FROM_DEVICE);
	CHECK_TOLD("dma-unreachable", "syncs DMA memory with different direction");
	dma_unmap_single(&card, addr, 100, DMA_TO_DEVICE);
	told_clear();
	dma_sync_single_for_device(&card, addr, 100, DMA_TO_DEVICE);
	CHECK_TOLD("dma-unreachable", "tries to sync DMA memory it has not allocated");
	kfree(memory);
	end();
}

static void coherent_memory_goes_back_as_it_came(void)
{
	struct dma_pool *pool, *second;
	dma_addr_t handle;
	void *ring;

	begin(DMA_BIT_MASK(64));
	ring = dma_alloc_coherent(&card, 5000, &handle, GFP_KERNEL);
	dma_free_coherent(&card, 5001, ring, handle);
	CHECK_TOLD("dma-unreachable", "[map size=5000 bytes] [unmap size=5001 bytes]");
	ring = dma_alloc_coherent(&card, 5000, &handle, GFP_KERNEL);
	told_clear();
	dma_free_coherent(&card, 5000, ring, handle + 8);
	CHECK_TOLD("dma-unreachable", "different device address");
	pool = dma_pool_create("first", &card, 64, 8, 0);
	second = dma_pool_create("second", &card, 64, 8, 0);
	ring = dma_pool_alloc(pool, GFP_KERNEL, &handle);
	told_clear();
	dma_pool_free(second, ring, handle);
	CHECK_TOLD("invalid-free", "the block is from pool first");
	ring = dma_pool_alloc(pool, GFP_KERNEL, &handle);
	told_clear();
	dma_pool_free(pool, ring, handle + 64);
	CHECK_TOLD("dma-unreachable", "different device address");
	told_clear();
	dma_pool_destroy(second);
	dma_pool_destroy(pool);
	CHECK_EQ(told_count, 0);
	end();
}

KM_TESTS(rules_setup, T(what_is_right_is_silent), T(memory_that_is_none_is_named),
	 T(memory_that_is_gone_or_too_short_is_told), T(pages_may_be_neighbours),
	 T(what_lies_above_the_mask_is_told_or_bounced), T(each_wrong_unmapping_has_its_words),
	 T(errors_must_be_asked_for), T(a_free_before_the_unmapping_is_told),
	 T(lists_and_syncs_are_held_to_what_was_mapped),
	 T(coherent_memory_goes_back_as_it_came));
