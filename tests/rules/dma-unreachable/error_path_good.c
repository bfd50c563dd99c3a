/* SPDX-License-Identifier: MIT */
/* The error path undoes what was done. */
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

#define COUNT	3

static void *buffers[COUNT];
static dma_addr_t addrs[COUNT];

static int camera_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	int i;

	for (i = 0; i < COUNT; i++) {
		buffers[i] = kmalloc(128, GFP_KERNEL);
		if (!buffers[i])
			goto out_unmap;
		addrs[i] = dma_map_single(dev, buffers[i], 128, DMA_FROM_DEVICE);
		if (dma_mapping_error(dev, addrs[i]))
			goto out_unmap;
	}
	return 0;
out_unmap:
	kfree(buffers[i]);
	while (--i >= 0) {
		dma_unmap_single(dev, addrs[i], 128, DMA_FROM_DEVICE);
		kfree(buffers[i]);
	}
	return -ENOMEM;
}

static void camera_remove(struct platform_device *pdev)
{
	for (int i = 0; i < COUNT; i++) {
		dma_unmap_single(&pdev->dev, addrs[i], 128, DMA_FROM_DEVICE);
		kfree(buffers[i]);
	}
}

static struct platform_driver camera_driver = {
	.probe = camera_probe,
	.remove = camera_remove,
	.driver = { .name = "camera" },
};
static struct platform_device *camera_device;

static int __init camera_init(void)
{
	int error = platform_driver_register(&camera_driver);

	if (error)
		return error;
	camera_device = platform_device_register_simple("camera", PLATFORM_DEVID_NONE, NULL, 0);
	if (!IS_ERR(camera_device))
		return 0;
	platform_driver_unregister(&camera_driver);
	return PTR_ERR(camera_device);
}

static void __exit camera_exit(void)
{
	platform_device_unregister(camera_device);
	platform_driver_unregister(&camera_driver);
}

module_init(camera_init);
module_exit(camera_exit);
MODULE_LICENSE("GPL");
