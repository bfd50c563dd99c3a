/* SPDX-License-Identifier: MIT */
/* dma_pool_test.c - alignment, boundaries, wrong frees, poison, what is left */
#define KMALLOC_CHECKED 1
#include <test.h>
#include <kmalloc/machine.h>
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/limits.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "page/page_room.h"
#include "slab/count_test.h"

static struct device dev;

static void no_release(struct device *dev)
{
}

static void device_new(u64 reach)
{
	memset(&dev, 0, sizeof(dev));
	dev.init_name = "ring";
	dev.release = no_release;
	CHECK_EQ(device_register(&dev), 0);
	dev.coherent_dma_mask = reach;
}

static bool said(const char *words)
{
	return strstr(km_test_console(), words) != NULL;
}

static void numbers_that_cannot_be_obeyed_make_no_pool(void)
{
	device_new(DMA_BIT_MASK(32));
	CHECK(!dma_pool_create("p", NULL, 64, 0, 0));
	CHECK(!dma_pool_create("p", &dev, 0, 0, 0));
	CHECK(!dma_pool_create("p", &dev, (size_t)INT_MAX + 1, 0, 0));
	CHECK(!dma_pool_create("p", &dev, 64, 24, 0));
	CHECK(!dma_pool_create("p", &dev, 64, 0, 32));
	CHECK(!dma_pool_create("p", &dev, 64, 0, 96));
	CHECK(!dma_pool_create("p", &dev, 60, 64, 32));
	dma_pool_destroy(NULL);
	CHECK(list_empty(&dev.dma_pools));
	device_unregister(&dev);
}

#define MOST	700

static void blocks_are_aligned_and_cross_nothing(void)
{
	static const struct { size_t size, align, boundary; } rows[] = {
		{ 1, 0, 0 }, { 16, 16, 0 }, { 24, 1, 64 }, { 68, 32, 4096 }, { 100, 4, 256 },
		{ 48, 1, 64 }, { 4096, 4096, 0 }, { 5000, 8, 0 }, { 5000, 8, 8192 },
		{ 3000, 1, 4096 }, { 2049, 2, 65536 }, { 20000, 4096, 0 },
	};
	static struct { char *at; dma_addr_t dma; } got[MOST];
	unsigned long before = objects_out();

	for (unsigned int r = 0; r < ARRAY_SIZE(rows); r++) {
		size_t size = rows[r].size, align = rows[r].align ? rows[r].align : 1;
		int count = size > 2000 ? 40 : MOST;
		struct dma_pool *pool;

		device_new(DMA_BIT_MASK(r & 1 ? 24 : 32));
		pool = dma_pool_create("rows", &dev, size, rows[r].align, rows[r].boundary);
		REQUIRE(pool);
		for (int i = 0; i < count; i++) {
			got[i].at = dma_pool_zalloc(pool, GFP_KERNEL, &got[i].dma);
			REQUIRE(got[i].at);
			CHECK_EQ(got[i].dma, virt_to_phys(got[i].at));
			CHECK_EQ(got[i].dma % align, 0);
			CHECK(got[i].dma + size - 1 <= dev.coherent_dma_mask);
			if (rows[r].boundary)
				CHECK_EQ(got[i].dma / rows[r].boundary,
					 (got[i].dma + size - 1) / rows[r].boundary);
			CHECK(!memchr_inv(got[i].at, 0, size));
			memset(got[i].at, i, size);
		}
		/* Nobody's bytes were touched by another. */
		for (int i = 0; i < count; i++)
			CHECK(!memchr_inv(got[i].at, i, size));
		for (int i = 0; i < count; i++)
			dma_pool_free(pool, got[i * 11 % count].at, got[i * 11 % count].dma);
		dma_pool_destroy(pool);
		device_unregister(&dev);
		CHECK_EQ(objects_out(), before);
	}
}

static void freed_blocks_serve_again(void)
{
	unsigned long before;
	struct dma_pool *pool;
	dma_addr_t dma;
	void *block;

	device_new(DMA_BIT_MASK(32));
	pool = dma_pool_create("again", &dev, 64, 64, 0);
	REQUIRE(pool);
	dma_pool_free(pool, dma_pool_alloc(pool, GFP_KERNEL, &dma), dma);
	before = page_free_total();
	for (int i = 0; i < 1000; i++) {
		block = dma_pool_alloc(pool, GFP_ATOMIC, &dma);
		REQUIRE(block);
		CHECK_EQ(*(u8 *)block, 0xa9);
		dma_pool_free(pool, block, dma);
		CHECK_EQ(*(u8 *)block, 0xa7);
	}
	CHECK_EQ(page_free_total(), before);
	dma_pool_destroy(pool);
	device_unregister(&dev);
}

static void wrong_frees_are_named_and_survived(void)
{
	struct dma_pool *pool, *other;
	dma_addr_t dma, dma2;
	char *block, *block2;
	int local;

	device_new(DMA_BIT_MASK(32));
	pool = dma_pool_create("wrong", &dev, 64, 64, 0);
	other = dma_pool_create("other", &dev, 64, 64, 0);
	REQUIRE(pool && other);
	block = dma_pool_alloc(pool, GFP_KERNEL, &dma);
	block2 = dma_pool_alloc(other, GFP_KERNEL, &dma2);
	REQUIRE(block && block2);
	dma_pool_free(pool, block, dma + 64);
	CHECK(said("ring: dma_pool_free wrong, ") && said("(bad dma)"));
	km_test_console_clear();
	dma_pool_free(pool, block + 8, dma + 8);
	CHECK(said("(bad vaddr)"));
	km_test_console_clear();
	dma_pool_free(pool, &local, 0);
	CHECK(said("(bad vaddr)"));
	km_test_console_clear();
	dma_pool_free(pool, block2, dma2);
	CHECK(said("(bad vaddr)"));
	km_test_console_clear();
	dma_pool_free(pool, block, dma);
	CHECK(!said("dma_pool_free"));
	dma_pool_free(pool, block, dma);
	CHECK(said("dma_pool_free wrong, dma") && said("already free"));
	dma_pool_free(other, block2, dma2);
	dma_pool_destroy(pool);
	dma_pool_destroy(other);
	device_unregister(&dev);
}

static void a_late_write_is_found(void)
{
	struct dma_pool *pool;
	dma_addr_t dma;
	char *block;

	device_new(DMA_BIT_MASK(32));
	pool = dma_pool_create("late", &dev, 32, 32, 0);
	REQUIRE(pool);
	block = dma_pool_alloc(pool, GFP_KERNEL, &dma);
	dma_pool_free(pool, block, dma);
	block[5] = 1;
	km_test_console_clear();
	CHECK(dma_pool_alloc(pool, GFP_KERNEL, &dma) == block);
	CHECK(said("dma_pool_alloc late, ") && said("(corrupted)"));
	dma_pool_free(pool, block, dma);
	dma_pool_destroy(pool);
	device_unregister(&dev);
}

static void without_memory_there_is_no_block(void)
{
	struct dma_pool *pool;
	dma_addr_t dma = 5;

	device_new(DMA_BIT_MASK(32));
	dev.bus_dma_limit = 10;
	pool = dma_pool_create("none", &dev, 32, 32, 0);
	REQUIRE(pool);
	CHECK(!dma_pool_alloc(pool, GFP_KERNEL | __GFP_NOWARN, &dma));
	CHECK_EQ(dma, 5);
	dma_pool_destroy(pool);
	device_unregister(&dev);
}

static void managed_pools_go_with_their_device(void)
{
	unsigned long before = objects_out();
	struct dma_pool *pool;
	dma_addr_t dma;
	void *block;

	device_new(DMA_BIT_MASK(32));
	pool = dmam_pool_create("managed", &dev, 32, 32, 0);
	REQUIRE(pool && dmam_pool_create("early", &dev, 32, 32, 0));
	block = dma_pool_alloc(pool, GFP_KERNEL, &dma);
	dma_pool_free(pool, block, dma);
	dmam_pool_destroy(pool);
	device_unregister(&dev);
	CHECK_EQ(objects_out(), before);
}

/* The last: what it leaves is meant to stay for ever. */
static void a_busy_pool_leaves_its_pages(void)
{
	struct dma_pool *pool;
	dma_addr_t dma;
	char *block;

	device_new(DMA_BIT_MASK(32));
	pool = dma_pool_create("busy", &dev, 32, 32, 0);
	REQUIRE(pool);
	block = dma_pool_alloc(pool, GFP_KERNEL, &dma);
	km_test_console_clear();
	dma_pool_destroy(pool);
	CHECK(said("ring: dma_pool_destroy busy busy"));
	memset(block, 1, 32);
	CHECK(list_empty(&dev.dma_pools));
	device_unregister(&dev);
}

static int setup(void)
{
	return km_machine_boot(&(struct km_config){ .watch_all = true });
}

KM_TESTS(setup, T(numbers_that_cannot_be_obeyed_make_no_pool),
	 T(blocks_are_aligned_and_cross_nothing), T(freed_blocks_serve_again),
	 T(wrong_frees_are_named_and_survived), T(a_late_write_is_found),
	 T(without_memory_there_is_no_block), T(managed_pools_go_with_their_device),
	 T(a_busy_pool_leaves_its_pages));
