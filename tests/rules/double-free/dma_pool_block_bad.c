/* SPDX-License-Identifier: MIT */
/* A descriptor goes back to its DMA pool when it is done, and again when the ring is torn down. */
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/module.h>
#include <linux/platform_device.h>

#define RING	4

static struct platform_device *device;
static struct dma_pool *pool;
static void *ring[RING];
static dma_addr_t handles[RING];

static void slot_done(int i)
{
	dma_pool_free(pool, ring[i], handles[i]); /* finding: double-free */
}

static int __init ring_init(void)
{
	device = platform_device_register_simple("ring", -1, NULL, 0);
	if (IS_ERR(device))
		return PTR_ERR(device);
	pool = NULL;
	if (!dma_set_mask_and_coherent(&device->dev, DMA_BIT_MASK(32)))
		pool = dma_pool_create("ring", &device->dev, 64, 16, 0);
	if (!pool) {
		platform_device_unregister(device);
		return -ENOMEM;
	}
	for (int i = 0; i < RING; i++)
		ring[i] = dma_pool_alloc(pool, GFP_KERNEL, &handles[i]);
	if (ring[1])
		slot_done(1);
	return 0;
}

static void __exit ring_exit(void)
{
	for (int i = 0; i < RING; i++)
		if (ring[i])
			slot_done(i);
	dma_pool_destroy(pool);
	platform_device_unregister(device);
}

module_init(ring_init);
module_exit(ring_exit);
MODULE_LICENSE("GPL");
