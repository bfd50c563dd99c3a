/* SPDX-License-Identifier: MIT */
/* A descriptor of a DMA pool is smaller than what the code thinks it is. */
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/module.h>
#include <linux/platform_device.h>

struct descriptor {
	u64 address;
	u32 bytes, flags;
	u64 next;
};

static struct platform_device *device;

static void descriptor_fill(struct descriptor *descriptor, dma_addr_t handle)
{
	descriptor->address = handle;
	descriptor->bytes = 100;
	descriptor->flags = 1;
	descriptor->next = 0; /* finding: out-of-bounds */
}

static int __init chain_init(void)
{
	struct descriptor *descriptor;
	struct dma_pool *pool = NULL;
	dma_addr_t handle;

	device = platform_device_register_simple("chain", -1, NULL, 0);
	if (IS_ERR(device))
		return PTR_ERR(device);
	if (!dma_set_mask_and_coherent(&device->dev, DMA_BIT_MASK(32)))
		pool = dma_pool_create("chain", &device->dev, 16, 16, 0);
	if (!pool)
		return 0;
	descriptor = dma_pool_alloc(pool, GFP_KERNEL, &handle);
	if (descriptor) {
		descriptor_fill(descriptor, handle);
		dma_pool_free(pool, descriptor, handle);
	}
	dma_pool_destroy(pool);
	return 0;
}

static void __exit chain_exit(void)
{
	platform_device_unregister(device);
}

module_init(chain_init);
module_exit(chain_exit);
MODULE_LICENSE("GPL");
