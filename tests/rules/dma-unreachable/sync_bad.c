/* SPDX-License-Identifier: MIT */
/* A sync goes beyond the mapping, and one is for memory that is not mapped any more. */
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

#define BYTES	300

static int uart_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	char *data = kzalloc(BYTES, GFP_KERNEL);
	dma_addr_t addr;

	if (!data)
		return -ENOMEM;
	addr = dma_map_single(dev, data, BYTES, DMA_FROM_DEVICE);
	if (dma_mapping_error(dev, addr)) {
		kfree(data);
		return -ENOMEM;
	}
	dma_sync_single_for_cpu(dev, addr + 100, 200, DMA_FROM_DEVICE);
	dma_sync_single_range_for_cpu(dev, addr, 256, 64,	/* finding: dma-unreachable */
				      DMA_FROM_DEVICE);
	dma_sync_single_for_device(dev, addr, BYTES,	/* finding: dma-unreachable */
				   DMA_TO_DEVICE);
	dma_unmap_single(dev, addr, BYTES, DMA_FROM_DEVICE);
	dma_sync_single_for_cpu(dev, addr, 8, DMA_FROM_DEVICE);	/* finding: dma-unreachable */
	data[BYTES - 1] = 0;
	kfree(data);
	return 0;
}

static void uart_remove(struct platform_device *pdev)
{
}

static struct platform_driver uart_driver = {
	.probe = uart_probe,
	.remove = uart_remove,
	.driver = { .name = "uart" },
};
static struct platform_device *uart_device;

static int __init uart_init(void)
{
	int error = platform_driver_register(&uart_driver);

	if (error)
		return error;
	uart_device = platform_device_register_simple("uart", PLATFORM_DEVID_NONE, NULL, 0);
	if (!IS_ERR(uart_device))
		return 0;
	platform_driver_unregister(&uart_driver);
	return PTR_ERR(uart_device);
}

static void __exit uart_exit(void)
{
	platform_device_unregister(uart_device);
	platform_driver_unregister(&uart_driver);
}

module_init(uart_init);
module_exit(uart_exit);
MODULE_LICENSE("GPL");
