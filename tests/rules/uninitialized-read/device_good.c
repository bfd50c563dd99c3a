/* SPDX-License-Identifier: MIT */
/* A descriptor goes to the device with every member set. */
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct descriptor {
	__le32 address;
	__le32 length;
	__le32 flags;
	__le32 next;
};

static struct platform_device *card;

static int card_send(struct device *dev)
{
	struct descriptor *d = kmalloc(sizeof(*d), GFP_KERNEL);
	dma_addr_t bus;
	int error = 0;

	if (!d)
		return -ENOMEM;
	d->address = cpu_to_le32(0x1000);
	d->length = cpu_to_le32(64);
	d->flags = 0;
	d->next = 0;
	bus = dma_map_single(dev, d, sizeof(*d), DMA_TO_DEVICE);
	if (dma_mapping_error(dev, bus))
		error = -EIO;
	else
		dma_unmap_single(dev, bus, sizeof(*d), DMA_TO_DEVICE);
	kfree(d);
	return error;
}

static int __init card_init(void)
{
	int error;

	card = platform_device_register_simple("card", -1, NULL, 0);
	if (IS_ERR(card))
		return PTR_ERR(card);
	error = dma_set_mask_and_coherent(&card->dev, DMA_BIT_MASK(64));
	if (!error)
		error = card_send(&card->dev);
	if (error)
		platform_device_unregister(card);
	return error;
}

static void __exit card_exit(void)
{
	platform_device_unregister(card);
}

module_init(card_init);
module_exit(card_exit);
MODULE_LICENSE("GPL");
