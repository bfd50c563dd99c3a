/* SPDX-License-Identifier: MIT */
/* A firmware image of kvmalloc() is mapped page by page where it is not one piece. */
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

#define IMAGE_BYTES	(6 * PAGE_SIZE)

static struct platform_device *device;

static int image_send(struct device *dev, void *image, size_t bytes)
{
	dma_addr_t at;

	at = dma_map_single(dev, image, bytes, DMA_TO_DEVICE);
	if (dma_mapping_error(dev, at))
		return -EIO;
	dma_unmap_single(dev, at, bytes, DMA_TO_DEVICE);
	return 0;
}

static int image_send_pages(struct device *dev, void *image, size_t bytes)
{
	for (size_t sent = 0; sent < bytes; sent += PAGE_SIZE) {
		dma_addr_t at = dma_map_page(dev, vmalloc_to_page(image + sent), 0, PAGE_SIZE,
					     DMA_TO_DEVICE);

		if (dma_mapping_error(dev, at))
			return -EIO;
		dma_unmap_page(dev, at, PAGE_SIZE, DMA_TO_DEVICE);
	}
	return 0;
}

static int image_load(struct device *dev)
{
	u8 *image = kvmalloc(IMAGE_BYTES, GFP_KERNEL);
	int error;

	if (!image)
		return -ENOMEM;
	memset(image, 0x5a, IMAGE_BYTES);
	if (is_vmalloc_addr(image))
		error = image_send_pages(dev, image, IMAGE_BYTES);
	else
		error = image_send(dev, image, IMAGE_BYTES);
	kvfree(image);
	return error;
}

static int __init image_init(void)
{
	int error;

	device = platform_device_register_simple("image", PLATFORM_DEVID_NONE, NULL, 0);
	if (IS_ERR(device))
		return PTR_ERR(device);
	error = image_load(&device->dev);
	if (error)
		platform_device_unregister(device);
	return error;
}

static void __exit image_exit(void)
{
	platform_device_unregister(device);
}

module_init(image_init);
module_exit(image_exit);
MODULE_LICENSE("GPL");
