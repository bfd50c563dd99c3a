/* SPDX-License-Identifier: MIT */
/* Managed memory, an element of a mempool and a block of a DMA pool go to kfree(). */
#include <linux/module.h>
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/mempool.h>
#include <linux/slab.h>

static void no_release(struct device *dev)
{
}

static struct device dev = { .init_name = "mixed", .release = no_release };

static int __init mixed_init(void)
{
	mempool_t *pool = mempool_create_kmalloc_pool(1, 40);
	struct dma_pool *blocks;
	dma_addr_t dma;
	void *element, *block, *managed;

	if (device_register(&dev)) {
		put_device(&dev);
		mempool_destroy(pool);
		return -ENOMEM;
	}
	dev.coherent_dma_mask = DMA_BIT_MASK(64);
	managed = devm_kmalloc(&dev, 40, GFP_KERNEL);
	kfree(managed);		/* finding: invalid-free */
	if (pool) {
		element = mempool_alloc(pool, GFP_KERNEL);
		kfree(element);		/* finding: invalid-free */
		mempool_free(element, pool);
	}
	blocks = dma_pool_create("blocks", &dev, 40, 8, 0);
	if (blocks) {
		block = dma_pool_alloc(blocks, GFP_KERNEL, &dma);
		kfree(block);		/* finding: invalid-free */
		if (block)
			dma_pool_free(blocks, block, dma);
	}
	dma_pool_destroy(blocks);
	mempool_destroy(pool);
	device_unregister(&dev);
	return 0;
}

static void __exit mixed_exit(void)
{
}

module_init(mixed_init);
module_exit(mixed_exit);
MODULE_LICENSE("GPL");
