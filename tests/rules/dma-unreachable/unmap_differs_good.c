/* SPDX-License-Identifier: MIT */
/* Each is unmapped as it was mapped. */
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

#define SLOT_BYTES	1024

struct slot {
	void *data;
	dma_addr_t addr;
};

static struct slot slots[3];

static int slot_fill(struct device *dev, struct slot *slot)
{
	slot->data = kmalloc(SLOT_BYTES, GFP_KERNEL);
	if (!slot->data)
		return -ENOMEM;
	slot->addr = dma_map_single(dev, slot->data, SLOT_BYTES, DMA_FROM_DEVICE);
	if (!dma_mapping_error(dev, slot->addr))
		return 0;
	kfree(slot->data);
	slot->data = NULL;
	return -ENOMEM;
}

static void rx_receive(struct device *dev, size_t received)
{
	if (slots[0].data)
		dma_unmap_single(dev, slots[0].addr, SLOT_BYTES, DMA_FROM_DEVICE);
	if (slots[1].data)
		dma_unmap_single(dev, slots[1].addr, SLOT_BYTES, DMA_FROM_DEVICE);
	if (slots[2].data) {
		dma_sync_single_for_cpu(dev, slots[2].addr, received, DMA_FROM_DEVICE);
		dma_sync_single_for_device(dev, slots[2].addr, received, DMA_FROM_DEVICE);
		dma_unmap_single(dev, slots[2].addr, SLOT_BYTES, DMA_FROM_DEVICE);
	}
	for (unsigned int i = 0; i < ARRAY_SIZE(slots); i++)
		kfree(slots[i].data);
}

static int rx_probe(struct platform_device *pdev)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(slots); i++)
		if (slot_fill(&pdev->dev, &slots[i]))
			break;
	return 0;
}

static void rx_remove(struct platform_device *pdev)
{
	rx_receive(&pdev->dev, 100);
}

static struct platform_driver rx_driver = {
	.probe = rx_probe,
	.remove = rx_remove,
	.driver = { .name = "rx" },
};
static struct platform_device *rx_device;

static int __init rx_init(void)
{
	int error = platform_driver_register(&rx_driver);

	if (error)
		return error;
	rx_device = platform_device_register_simple("rx", PLATFORM_DEVID_NONE, NULL, 0);
	if (!IS_ERR(rx_device))
		return 0;
	platform_driver_unregister(&rx_driver);
	return PTR_ERR(rx_device);
}

static void __exit rx_exit(void)
{
	platform_device_unregister(rx_device);
	platform_driver_unregister(&rx_driver);
}

module_init(rx_init);
module_exit(rx_exit);
MODULE_LICENSE("GPL");
