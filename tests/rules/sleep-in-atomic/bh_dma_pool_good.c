/* SPDX-License-Identifier: MIT */
/*
 * Descriptors are taken with bottom halves off, for the tasklet of the ring takes them as well:
 * atomically.
 */
#include <linux/bottom_half.h>
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/module.h>
#include <linux/platform_device.h>

static struct platform_device *device;
static struct dma_pool *pool;
static void *ring[3];
static dma_addr_t dma[3];

static int ring_fill(void)
{
	unsigned int i;

	local_bh_disable();
	for (i = 0; i < 3; i++) {
		ring[i] = dma_pool_zalloc(pool, GFP_ATOMIC, &dma[i]);
		if (!ring[i])
			break;
	}
	local_bh_enable();
	return i == 3 ? 0 : -ENOMEM;
}

static void ring_end(void)
{
	for (unsigned int i = 0; i < 3; i++)
		if (ring[i])
			dma_pool_free(pool, ring[i], dma[i]);
	dma_pool_destroy(pool);
	platform_device_unregister(device);
}

static int __init ring_init(void)
{
	int error = -ENOMEM;

	device = platform_device_register_simple("ring", -1, NULL, 0);
	if (IS_ERR(device))
		return PTR_ERR(device);
	if (dma_set_mask_and_coherent(&device->dev, DMA_BIT_MASK(32)))
		pr_info("32 bits are always there\n");
	pool = dma_pool_create("pool", &device->dev, 64, 64, 0);
	if (pool)
		error = ring_fill();
	if (error)
		ring_end();
	return error;
}

static void __exit ring_exit(void)
{
	ring_end();
}

module_init(ring_init);
module_exit(ring_exit);
MODULE_LICENSE("GPL");
