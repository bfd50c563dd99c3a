/* SPDX-License-Identifier: MIT */
/* A device reaches 4 GiB, on a machine that does not bounce, as it should be. */
/* options: --boot swiotlb=noforce */
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/module.h>
#include <linux/platform_device.h>

static struct platform_device *device;

static int frame_send(struct device *dev, struct page *page)
{
	dma_addr_t at;

	at = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_TO_DEVICE);
	if (dma_mapping_error(dev, at))
		return -EIO;
	dma_unmap_page(dev, at, PAGE_SIZE, DMA_TO_DEVICE);
	return 0;
}

static int frame_test(struct device *dev)
{
	struct page *page;
	int error;

	error = dma_set_mask_and_coherent(dev, DMA_BIT_MASK(32));
	if (error)
		return error;
	page = alloc_page(GFP_KERNEL | __GFP_ZERO | GFP_DMA32);
	if (!page)
		return -ENOMEM;
	error = frame_send(dev, page);
	__free_page(page);
	return error;
}

static int __init frame_init(void)
{
	device = platform_device_register_simple("frame", PLATFORM_DEVID_NONE, NULL, 0);
	if (IS_ERR(device))
		return PTR_ERR(device);
	if (frame_test(&device->dev))
		dev_warn(&device->dev, "the test frame could not be sent\n");
	return 0;
}

static void __exit frame_exit(void)
{
	platform_device_unregister(device);
}

module_init(frame_init);
module_exit(frame_exit);
MODULE_LICENSE("GPL");
