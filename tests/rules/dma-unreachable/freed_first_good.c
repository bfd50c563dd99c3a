/* SPDX-License-Identifier: MIT */
/* Unmapped first, freed last. */
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

#define BYTES	512

static void *ring;
static dma_addr_t ring_addr;
static bool has_ring;

static int scratch_run(struct device *dev)
{
	char *scratch = kzalloc(BYTES, GFP_KERNEL);
	dma_addr_t addr;

	if (!scratch)
		return -ENOMEM;
	scratch[0] = 1;
	addr = dma_map_single(dev, scratch, BYTES, DMA_TO_DEVICE);
	if (!dma_mapping_error(dev, addr))
		dma_unmap_single(dev, addr, BYTES, DMA_TO_DEVICE);
	kfree(scratch);
	return 0;
}

static int dsp_probe(struct platform_device *pdev)
{
	scratch_run(&pdev->dev);
	ring = kmalloc(BYTES, GFP_KERNEL);
	if (!ring)
		return -ENOMEM;
	ring_addr = dma_map_single(&pdev->dev, ring, BYTES, DMA_FROM_DEVICE);
	has_ring = !dma_mapping_error(&pdev->dev, ring_addr);
	return 0;
}

static void dsp_remove(struct platform_device *pdev)
{
	if (has_ring)
		dma_unmap_single(&pdev->dev, ring_addr, BYTES, DMA_FROM_DEVICE);
	kfree(ring);
}

static struct platform_driver dsp_driver = {
	.probe = dsp_probe,
	.remove = dsp_remove,
	.driver = { .name = "dsp" },
};
static struct platform_device *dsp_device;

static int __init dsp_init(void)
{
	int error = platform_driver_register(&dsp_driver);

	if (error)
		return error;
	dsp_device = platform_device_register_simple("dsp", PLATFORM_DEVID_NONE, NULL, 0);
	if (!IS_ERR(dsp_device))
		return 0;
	platform_driver_unregister(&dsp_driver);
	return PTR_ERR(dsp_device);
}

static void __exit dsp_exit(void)
{
	platform_device_unregister(dsp_device);
	platform_driver_unregister(&dsp_driver);
}

module_init(dsp_init);
module_exit(dsp_exit);
MODULE_LICENSE("GPL");
