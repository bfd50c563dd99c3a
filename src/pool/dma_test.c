/* SPDX-License-Identifier: MIT */
/* dma_test.c - masks, coherent memory, mappings, lists */
#define KMALLOC_CHECKED 1
#include <test.h>
#include <kmalloc/machine.h>
#include <linux/device.h>
#include <linux/dma-map-ops.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include "page/page_room.h"
#include "slab/count_test.h"

static struct device dev;
static u64 mask;

static void no_release(struct device *dev)
{
}

static void device_new(u64 reach)
{
	memset(&dev, 0, sizeof(dev));
	dev.init_name = "card";
	dev.release = no_release;
	CHECK_EQ(device_register(&dev), 0);
	dev.dma_mask = &mask;
	mask = dev.coherent_dma_mask = reach;
}

static bool said(const char *words)
{
	return strstr(km_test_console(), words) != NULL;
}

static void masks_must_cover_some_memory(void)
{
	device_new(0);
	CHECK_EQ(dma_get_mask(&dev), DMA_BIT_MASK(32));
	CHECK_EQ(dma_set_mask(&dev, DMA_BIT_MASK(16)), -EIO);
	CHECK_EQ(dma_set_coherent_mask(&dev, DMA_BIT_MASK(23)), -EIO);
	CHECK_EQ(dma_set_mask_and_coherent(&dev, DMA_BIT_MASK(24)), 0);
	CHECK(mask == DMA_BIT_MASK(24) && dev.coherent_dma_mask == DMA_BIT_MASK(24));
	CHECK_EQ(dma_set_mask_and_coherent(&dev, DMA_BIT_MASK(64)), 0);
	CHECK(dma_get_required_mask(&dev) >= DMA_BIT_MASK(32));
	CHECK(!dma_addressing_limited(&dev));
	CHECK_EQ(dma_set_mask(&dev, DMA_BIT_MASK(32)), 0);
	CHECK(dma_addressing_limited(&dev));
	dev.dma_mask = NULL;
	CHECK_EQ(dma_set_mask(&dev, DMA_BIT_MASK(64)), -EIO);
	CHECK_EQ(dma_coerce_mask_and_coherent(&dev, DMA_BIT_MASK(64)), 0);
	CHECK(dma_max_mapping_size(&dev) == SIZE_MAX && !dma_can_mmap(&dev));
	device_unregister(&dev);
}

static void coherent_memory_lies_within_the_mask(void)
{
	static const u64 masks[] = { DMA_BIT_MASK(24), DMA_BIT_MASK(31), DMA_BIT_MASK(32),
				     DMA_BIT_MASK(40), DMA_BIT_MASK(64) };
	unsigned long free = page_free_total();

	for (unsigned int i = 0; i < ARRAY_SIZE(masks); i++) {
		device_new(masks[i]);
		for (size_t bytes = 1; bytes <= 70000; bytes = bytes * 3 + 1) {
			dma_addr_t handle = 1;
			u8 *memory = dma_alloc_coherent(&dev, bytes, &handle, GFP_KERNEL | GFP_DMA);
			unsigned long align = PAGE_SIZE << get_order(bytes);

			REQUIRE(memory);
			CHECK_EQ(handle, virt_to_phys(memory));
			CHECK(handle + bytes - 1 <= masks[i]);
			CHECK_EQ(handle % align, 0);
			CHECK(!memchr_inv(memory, 0, align));
			memset(memory, 0xff, align);
			dma_free_coherent(&dev, bytes, memory, handle);
		}
		device_unregister(&dev);
	}
	page_drain_all();
	CHECK(page_free_total() + 16 >= free);
}

static void a_bus_limits_too(void)
{
	dma_addr_t handle;
	void *memory;

	device_new(DMA_BIT_MASK(64));
	dev.bus_dma_limit = DMA_BIT_MASK(24);
	memory = dma_alloc_coherent(&dev, 5000, &handle, GFP_KERNEL);
	REQUIRE(memory);
	CHECK(handle < DMA_BIT_MASK(24));
	dma_free_coherent(&dev, 5000, memory, handle);
	/* Nothing lies that low. */
	dev.bus_dma_limit = 100;
	CHECK(!dma_alloc_coherent(&dev, 5000, &handle, GFP_KERNEL | __GFP_NOWARN));
	device_unregister(&dev);
}

static void wrong_requests_are_refused(void)
{
	dma_addr_t handle;

	device_new(DMA_BIT_MASK(32));
	CHECK(!dma_alloc_coherent(&dev, 100, &handle, GFP_KERNEL | __GFP_COMP));
	CHECK(said("__GFP_COMP for DMA memory"));
	CHECK(!dma_alloc_coherent(&dev, 0, &handle, GFP_KERNEL));
	CHECK(said("DMA memory of no bytes"));
	CHECK(!dma_alloc_attrs(&dev, 100, &handle, GFP_KERNEL, 1UL << 20));
	CHECK(said("unknown DMA attributes"));
	CHECK(!dma_alloc_pages(&dev, 100, &handle, DMA_TO_DEVICE, GFP_KERNEL | GFP_DMA32));
	CHECK(said("the mask chooses the zone"));
	dev.coherent_dma_mask = 0;
	CHECK(!dma_alloc_coherent(&dev, 100, &handle, GFP_KERNEL));
	CHECK(said("without a coherent DMA mask"));
	dev.coherent_dma_mask = DMA_BIT_MASK(64);
	CHECK(!dma_alloc_coherent(&dev, (PAGE_SIZE << MAX_PAGE_ORDER) + 1, &handle,
				  GFP_KERNEL | __GFP_NOWARN));
	device_unregister(&dev);
}

static void wrong_frees_are_named_and_survived(void)
{
	dma_addr_t handle;
	void *memory, *stranger = (void *)__get_free_page(GFP_KERNEL);

	device_new(DMA_BIT_MASK(32));
	memory = dma_alloc_coherent(&dev, 5000, &handle, GFP_KERNEL);
	REQUIRE(memory && stranger);
	dma_free_coherent(&dev, 5001, memory, handle);
	CHECK(said("5001 bytes are freed, 5000 were allocated"));
	dma_free_coherent(&dev, 5000, memory, handle + 1);
	CHECK(said("is not that of"));
	dma_free_coherent(&dev, 4096, stranger, virt_to_phys(stranger));
	CHECK(said("is no DMA memory"));
	dma_free_coherent(&dev, 5000, memory, handle);
	km_test_console_clear();
	dma_free_coherent(&dev, 5000, memory, handle);
	CHECK(said("is no DMA memory"));
	free_page((unsigned long)stranger);
	device_unregister(&dev);
}

static void other_forms_give_the_same_memory(void)
{
	unsigned long before = objects_out();
	struct sg_table *sgt, table;
	dma_addr_t handle;
	struct page *page;
	void *memory;

	device_new(DMA_BIT_MASK(32));
	memory = dma_alloc_wc(&dev, 10, &handle, GFP_KERNEL);
	REQUIRE(memory);
	CHECK_EQ(dma_get_sgtable(&dev, &table, memory, handle, 10), 0);
	CHECK(sg_virt(table.sgl) == memory && table.sgl->length == PAGE_SIZE);
	sg_free_table(&table);
	dma_free_wc(&dev, 10, memory, handle);
	page = dma_alloc_pages(&dev, 9000, &handle, DMA_TO_DEVICE, GFP_KERNEL);
	REQUIRE(page);
	CHECK_EQ(page_to_phys(page), handle);
	dma_free_pages(&dev, 9000, page, handle, DMA_TO_DEVICE);
	memory = dma_alloc_noncoherent(&dev, 9000, &handle, DMA_TO_DEVICE, GFP_KERNEL);
	REQUIRE(memory);
	dma_free_noncoherent(&dev, 9000, memory, handle, DMA_TO_DEVICE);
	sgt = dma_alloc_noncontiguous(&dev, 9000, DMA_TO_DEVICE, GFP_KERNEL, 0);
	REQUIRE(sgt);
	CHECK_EQ(sg_dma_address(sgt->sgl), virt_to_phys(dma_vmap_noncontiguous(&dev, 9000, sgt)));
	dma_free_noncontiguous(&dev, 9000, sgt, DMA_TO_DEVICE);
	memory = dmam_alloc_coherent(&dev, 100, &handle, GFP_KERNEL);
	REQUIRE(memory && dmam_alloc_coherent(&dev, 200, &handle, GFP_KERNEL));
	dmam_free_coherent(&dev, 100, memory, virt_to_phys(memory));
	km_test_console_clear();
	dmam_free_coherent(&dev, 100, memory, virt_to_phys(memory));
	CHECK(said("is no DMA memory of device 'card'"));
	device_unregister(&dev);
	CHECK_EQ(objects_out(), before);
}

/* -- mappings --------------------------------------------------------------------------------- */

static void what_lies_too_high_is_refused(void)
{
	struct page *high = alloc_page(GFP_KERNEL);
	void *low = kmalloc(300, GFP_KERNEL | GFP_DMA);
	dma_addr_t addr;

	REQUIRE(high && low);
	device_new(DMA_BIT_MASK(24));
	addr = dma_map_single(&dev, low, 300, DMA_TO_DEVICE);
	CHECK_EQ(addr, virt_to_phys(low));
	CHECK_EQ(dma_mapping_error(&dev, addr), 0);
	dma_sync_single_for_cpu(&dev, addr, 300, DMA_TO_DEVICE);
	dma_unmap_single(&dev, addr, 300, DMA_TO_DEVICE);
	REQUIRE(page_to_phys(high) > DMA_BIT_MASK(24));
	km_test_console_clear();
	addr = dma_map_page(&dev, high, 10, 20, DMA_FROM_DEVICE);
	CHECK_EQ(addr, DMA_MAPPING_ERROR);
	CHECK_EQ(dma_mapping_error(&dev, addr), -ENOMEM);
	CHECK(said(" card: DMA addr 0x") && said("+20 overflow (mask ffffff, bus limit 0)."));
	mask = DMA_BIT_MASK(64);
	CHECK_EQ(dma_map_page(&dev, high, 10, 20, DMA_FROM_DEVICE), page_to_phys(high) + 10);
	dev.bus_dma_limit = page_to_phys(high) + 28;
	addr = dma_map_page(&dev, high, 10, 20, DMA_FROM_DEVICE);
	CHECK(addr <= DMA_BIT_MASK(32));	/* bounced */
	dma_unmap_page(&dev, addr, 20, DMA_FROM_DEVICE);
	CHECK_EQ(dma_map_page(&dev, high, 10, 19, DMA_FROM_DEVICE), page_to_phys(high) + 10);
	dev.bus_dma_limit = DMA_BIT_MASK(31);
	CHECK_EQ(dma_map_page(&dev, high, 10, 20, DMA_FROM_DEVICE), DMA_MAPPING_ERROR);
	device_unregister(&dev);
	__free_page(high);
	kfree(low);
}

static void what_is_no_ram_is_refused(void)
{
	static char module_memory[16];
	char stack_memory[16];
	void *area = vmalloc(100);

	device_new(DMA_BIT_MASK(64));
	CHECK_EQ(dma_map_single(&dev, area, 16, DMA_TO_DEVICE), DMA_MAPPING_ERROR);
	CHECK(said("card: rejecting DMA map of vmalloc memory"));
	CHECK_EQ(dma_map_single(&dev, stack_memory, 16, DMA_TO_DEVICE), DMA_MAPPING_ERROR);
	CHECK_EQ(dma_map_single(&dev, module_memory, 16, DMA_TO_DEVICE), DMA_MAPPING_ERROR);
	CHECK(said("rejecting DMA map of memory of the stack or the module"));
	CHECK_EQ(dma_map_resource(&dev, 0xf000000000ULL, 64, DMA_TO_DEVICE, 0), 0xf000000000ULL);
	CHECK_EQ(dma_map_resource(&dev, page_to_phys(vmalloc_to_page(area)), 64, DMA_TO_DEVICE, 0),
		 DMA_MAPPING_ERROR);
	CHECK(said("not for RAM"));
	dev.dma_mask = NULL;
	CHECK_EQ(dma_map_resource(&dev, 0xf000000000ULL, 64, DMA_TO_DEVICE, 0),
		 DMA_MAPPING_ERROR);
	CHECK(said("without a DMA mask"));
	device_unregister(&dev);
	vfree(area);
}

static void a_list_is_mapped_as_a_whole(void)
{
	struct scatterlist list[3], *sg;
	void *low = kmalloc(64, GFP_KERNEL | GFP_DMA);
	struct sg_table table = { .sgl = list, .orig_nents = 3 };
	struct page *high = alloc_page(GFP_KERNEL);
	int i;

	REQUIRE(high && low);
	device_new(DMA_BIT_MASK(64));
	sg_init_table(list, 3);
	sg_set_buf(&list[0], low, 64);
	sg_set_page(&list[1], high, 100, 8);
	sg_set_buf(&list[2], low, 32);
	CHECK_EQ(dma_map_sg(&dev, list, 3, DMA_BIDIRECTIONAL), 3);
	for_each_sg(list, sg, 3, i)
		CHECK(sg_dma_address(sg) == sg_phys(sg) && sg_dma_len(sg) == sg->length);
	dma_unmap_sg(&dev, list, 3, DMA_BIDIRECTIONAL);
	CHECK_EQ(dma_map_sgtable(&dev, &table, DMA_TO_DEVICE, 0), 0);
	CHECK_EQ(table.nents, 3);
	dma_unmap_sgtable(&dev, &table, DMA_TO_DEVICE, 0);
	mask = DMA_BIT_MASK(24);
	CHECK_EQ(dma_map_sg(&dev, list, 3, DMA_BIDIRECTIONAL), 0);
	CHECK_EQ(dma_map_sg(&dev, list, 1, DMA_BIDIRECTIONAL), 1);
	CHECK_EQ(dma_map_sgtable(&dev, &table, DMA_TO_DEVICE, 0), -EIO);
	device_unregister(&dev);
	__free_page(high);
	kfree(low);
}

/* -- scatterlists ----------------------------------------------------------------------------- */

static void long_tables_are_linked(void)
{
	static const unsigned int counts[] = { 1, 2, 101, 102, 103, 204, 205, 1000 };
	unsigned long before = objects_out();
	struct sg_table table;

	for (unsigned int i = 0; i < ARRAY_SIZE(counts); i++) {
		struct scatterlist *sg;
		unsigned int seen = 0;

		CHECK_EQ(sg_alloc_table(&table, counts[i], GFP_KERNEL), 0);
		for (sg = table.sgl; sg; sg = sg_next(sg)) {
			sg->length = 10;
			seen++;
		}
		CHECK_EQ(seen, counts[i]);
		CHECK_EQ(sg_nents(table.sgl), counts[i]);
		CHECK_EQ(sg_nents_for_len(table.sgl, 10 * counts[i]), counts[i]);
		CHECK_EQ(sg_nents_for_len(table.sgl, 10 * counts[i] + 1), -EINVAL);
		CHECK(sg_is_last(sg_last(table.sgl, counts[i])));
		sg_free_table(&table);
		CHECK(!table.sgl);
	}
	CHECK_EQ(sg_alloc_table(&table, 0, GFP_KERNEL), -EINVAL);
	sg_free_table(&table);
	CHECK_EQ(objects_out(), before);
}

static void bytes_are_copied_through_pieces(void)
{
	char *pieces[5], text[400], back[400];
	struct sg_mapping_iter miter;
	struct scatterlist list[5];
	size_t seen = 0;

	sg_init_table(list, 5);
	for (int i = 0; i < 5; i++) {
		pieces[i] = kmalloc(80, GFP_KERNEL);
		REQUIRE(pieces[i]);
		sg_set_buf(&list[i], pieces[i], 80);
	}
	for (int i = 0; i < 400; i++)
		text[i] = i;
	CHECK_EQ(sg_copy_from_buffer(list, 5, text, 400), 400);
	CHECK(!memcmp(pieces[3], text + 240, 80));
	CHECK_EQ(sg_copy_to_buffer(list, 5, back, 400), 400);
	CHECK(!memcmp(back, text, 400));
	CHECK_EQ(sg_pcopy_to_buffer(list, 5, back, 100, 350), 50);
	CHECK(!memcmp(back, text + 350, 50));
	CHECK_EQ(sg_pcopy_from_buffer(list, 5, "abc", 3, 79), 3);
	CHECK(pieces[0][79] == 'a' && pieces[1][0] == 'b');
	CHECK_EQ(sg_zero_buffer(list, 5, 100, 100), 100);
	CHECK(pieces[1][20] == 0 && pieces[2][39] == 0 && pieces[2][40] == (char)200);
	CHECK_EQ(sg_copy_to_buffer(list, 5, back, 1000), 400);
	sg_miter_start(&miter, list, 5, SG_MITER_FROM_SG);
	CHECK(sg_miter_skip(&miter, 100));
	while (sg_miter_next(&miter)) {
		miter.consumed = miter.length > 7 ? 7 : miter.length;
		seen += miter.consumed;
	}
	sg_miter_stop(&miter);
	CHECK_EQ(seen, 300);
	for (int i = 0; i < 5; i++)
		kfree(pieces[i]);
}

static void neighbouring_pages_share_an_entry(void)
{
	struct page *pages[6], *block = alloc_pages(GFP_KERNEL, 2), *lone = alloc_page(GFP_KERNEL);
	struct sg_table table;

	REQUIRE(block && lone);
	for (int i = 0; i < 4; i++)
		pages[i] = block + i;
	pages[4] = lone;
	CHECK_EQ(sg_alloc_table_from_pages(&table, pages, 5, 100, 5 * PAGE_SIZE - 300,
					   GFP_KERNEL), 0);
	CHECK_EQ(table.orig_nents, 2);
	CHECK(table.sgl[0].offset == 100 && table.sgl[0].length == 4 * PAGE_SIZE - 100);
	CHECK(table.sgl[1].offset == 0 && table.sgl[1].length == PAGE_SIZE - 200);
	sg_free_table(&table);
	CHECK_EQ(sg_alloc_table_from_pages_segment(&table, pages, 4, 0, 4 * PAGE_SIZE,
						   2 * PAGE_SIZE, GFP_KERNEL), 0);
	CHECK_EQ(table.orig_nents, 2);
	sg_free_table(&table);
	__free_pages(block, 2);
	__free_page(lone);
}

static int setup(void)
{
	return km_machine_boot(NULL);
}

KM_TESTS(setup, T(masks_must_cover_some_memory), T(coherent_memory_lies_within_the_mask),
	 T(a_bus_limits_too), T(wrong_requests_are_refused), T(wrong_frees_are_named_and_survived),
	 T(other_forms_give_the_same_memory), T(what_lies_too_high_is_refused),
	 T(what_is_no_ram_is_refused), T(a_list_is_mapped_as_a_whole), T(long_tables_are_linked),
	 T(bytes_are_copied_through_pieces), T(neighbouring_pages_share_an_entry));
