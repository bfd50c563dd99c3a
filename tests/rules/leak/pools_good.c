/* SPDX-License-Identifier: MIT */
/* The same with everything given back. */
#include <linux/module.h>
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/genalloc.h>
#include <linux/mempool.h>
#include <linux/slab.h>

static void no_release(struct device *dev)
{
}

static struct device dev = { .init_name = "leaky", .release = no_release };
static mempool_t *elements;
static struct dma_pool *blocks;
static struct gen_pool *sram;
static void *element, *block, *memory;
static dma_addr_t block_dma, memory_dma;
static u64 *managed;

static int __init leaky_init(void)
{
	if (device_register(&dev)) {
		put_device(&dev);
		return -ENOMEM;
	}
	dev.coherent_dma_mask = DMA_BIT_MASK(64);
	elements = mempool_create_kmalloc_pool(2, 64);
	blocks = dma_pool_create("blocks", &dev, 64, 64, 0);
	sram = gen_pool_create(4, -1);
	if (elements)
		element = mempool_alloc(elements, GFP_KERNEL);
	if (blocks)
		block = dma_pool_alloc(blocks, GFP_KERNEL, &block_dma);
	memory = dma_alloc_coherent(&dev, 5000, &memory_dma, GFP_KERNEL);
	managed = devm_kzalloc(&dev, 8, GFP_KERNEL);
	if (managed)
		*managed = 1;
	return 0;
}

static void __exit leaky_exit(void)
{
	if (elements)
		mempool_free(element, elements);
	if (block)
		dma_pool_free(blocks, block, block_dma);
	dma_free_coherent(&dev, 5000, memory, memory_dma);
	if (sram)
		gen_pool_destroy(sram);
	mempool_destroy(elements);
	dma_pool_destroy(blocks);
	device_unregister(&dev);
}

module_init(leaky_init);
module_exit(leaky_exit);
MODULE_LICENSE("GPL");
