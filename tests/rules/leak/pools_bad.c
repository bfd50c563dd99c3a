/* SPDX-License-Identifier: MIT */
/* What pools hand out, and pools themselves, are forgotten. */
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
static u64 *managed;

static int __init leaky_init(void)
{
	dma_addr_t dma;

	if (device_register(&dev)) {
		put_device(&dev);
		return -ENOMEM;
	}
	dev.coherent_dma_mask = DMA_BIT_MASK(64);
	elements = mempool_create_kmalloc_pool(2, 64);
	blocks = dma_pool_create("blocks", &dev, 64, 64, 0);
	sram = gen_pool_create(4, -1);	/* finding: leak */
	if (elements && !mempool_alloc(elements, GFP_KERNEL))	/* finding: leak */
		pr_info("never\n");
	if (blocks && !dma_pool_alloc(blocks, GFP_KERNEL, &dma))	/* finding: leak */
		pr_info("no block\n");
	if (!dma_alloc_coherent(&dev, 5000, &dma, GFP_KERNEL))	/* finding: leak */
		pr_info("no memory\n");
	managed = devm_kzalloc(&dev, 8, GFP_KERNEL);
	if (managed)
		*managed = 1;
	return 0;
}

static void __exit leaky_exit(void)
{
	mempool_destroy(elements);
	dma_pool_destroy(blocks);
	device_unregister(&dev);
}

module_init(leaky_init);
module_exit(leaky_exit);
MODULE_LICENSE("GPL");
