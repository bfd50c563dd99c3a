/* SPDX-License-Identifier: MIT */
/* The same with the test, before anyone can interrupt. */
#include <linux/dma-mapping.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/platform_device.h>

#define LINE 5
#define ENTRIES 16

struct desc { u32 status, length; };

static struct platform_device *device;
static struct desc *ring;
static dma_addr_t ring_dma;
static unsigned int head;

static irqreturn_t on_irq(int irq, void *dev_id)
{
	ring[head++ % ENTRIES].status = 1;
	return IRQ_HANDLED;
}

static int __init ring_init(void)
{
	int error;

	device = platform_device_register_simple("ring", -1, NULL, 0);
	if (IS_ERR(device))
		return PTR_ERR(device);
	error = dma_set_mask_and_coherent(&device->dev, DMA_BIT_MASK(32));
	if (error)
		goto err_device;
	ring = dma_alloc_coherent(&device->dev, ENTRIES * sizeof(*ring), &ring_dma, GFP_KERNEL);
	error = -ENOMEM;
	if (!ring)
		goto err_device;
	error = request_irq(LINE, on_irq, 0, "ring", &ring);
	if (error)
		goto err_ring;
	return 0;
err_ring:
	dma_free_coherent(&device->dev, ENTRIES * sizeof(*ring), ring, ring_dma);
err_device:
	platform_device_unregister(device);
	return error;
}

static void __exit ring_exit(void)
{
	free_irq(LINE, &ring);
	dma_free_coherent(&device->dev, ENTRIES * sizeof(*ring), ring, ring_dma);
	platform_device_unregister(device);
}

module_init(ring_init);
module_exit(ring_exit);
MODULE_LICENSE("GPL");
