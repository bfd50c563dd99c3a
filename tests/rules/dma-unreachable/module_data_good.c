/* SPDX-License-Identifier: MIT */
/* The table is copied to memory that has a place in the linear map. */
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

static u8 coefficients[64];
static const char banner[] = "device, start please";

static int filter_load(struct device *dev, const void *data, size_t bytes)
{
	void *copy = kmemdup(data, bytes, GFP_KERNEL);
	dma_addr_t addr;

	if (!copy)
		return -ENOMEM;
	addr = dma_map_single(dev, copy, bytes, DMA_TO_DEVICE);
	if (!dma_mapping_error(dev, addr))
		dma_unmap_single(dev, addr, bytes, DMA_TO_DEVICE);
	kfree(copy);
	return 0;
}

static int filter_probe(struct platform_device *pdev)
{
	coefficients[3] = 9;
	if (filter_load(&pdev->dev, coefficients, sizeof(coefficients)))
		dev_info(&pdev->dev, "no coefficients\n");
	if (filter_load(&pdev->dev, banner, sizeof(banner)))
		dev_info(&pdev->dev, "no banner\n");
	return 0;
}

static void filter_remove(struct platform_device *pdev)
{
}

static struct platform_driver filter_driver = {
	.probe = filter_probe,
	.remove = filter_remove,
	.driver = { .name = "filter" },
};
static struct platform_device *filter_device;

static int __init filter_init(void)
{
	int error = platform_driver_register(&filter_driver);

	if (error)
		return error;
	filter_device = platform_device_register_simple("filter", PLATFORM_DEVID_NONE, NULL, 0);
	if (!IS_ERR(filter_device))
		return 0;
	platform_driver_unregister(&filter_driver);
	return PTR_ERR(filter_device);
}

static void __exit filter_exit(void)
{
	platform_device_unregister(filter_device);
	platform_driver_unregister(&filter_driver);
}

module_init(filter_init);
module_exit(filter_exit);
MODULE_LICENSE("GPL");
