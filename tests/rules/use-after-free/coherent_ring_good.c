/* SPDX-License-Identifier: MIT */
/* A DMA ring is replaced by a larger one while the interrupt handler still looks at the old. */
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/platform_device.h>

#define LINE	5

struct ring {
	u32 *slots;
	size_t bytes;
	dma_addr_t handle;
};

static struct platform_device *device;
static struct ring ring;

static irqreturn_t ring_irq(int irq, void *dev)
{
	return ring.slots && ring.slots[0] ? IRQ_HANDLED : IRQ_NONE;
}

static int ring_grow(size_t bytes)
{
	struct ring old = ring, grown = { .bytes = bytes };

	grown.slots = dma_alloc_coherent(&device->dev, bytes, &grown.handle, GFP_KERNEL);
	if (!grown.slots)
		return -ENOMEM;
	disable_irq(LINE);
	ring = grown;
	enable_irq(LINE);
	if (old.slots)
		dma_free_coherent(&device->dev, old.bytes, old.slots, old.handle);
	for (int i = 0; i < 1000; i++)
		udelay(20);
	return 0;
}

static int __init ring_init(void)
{
	int error;

	device = platform_device_register_simple("ring", -1, NULL, 0);
	if (IS_ERR(device))
		return PTR_ERR(device);
	error = dma_set_mask_and_coherent(&device->dev, DMA_BIT_MASK(32));
	if (error)
		goto out_device;
	error = request_irq(LINE, ring_irq, 0, "ring", device);
	if (error)
		goto out_device;
	if (!ring_grow(1024))
		ring_grow(4096);
	return 0;
out_device:
	platform_device_unregister(device);
	return error;
}

static void __exit ring_exit(void)
{
	free_irq(LINE, device);
	if (ring.slots)
		dma_free_coherent(&device->dev, ring.bytes, ring.slots, ring.handle);
	platform_device_unregister(device);
}

module_init(ring_init);
module_exit(ring_exit);
MODULE_LICENSE("GPL");
