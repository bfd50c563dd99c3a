/* SPDX-License-Identifier: MIT */
/* A mapping is never ended, and a device never unregistered. */
#include <linux/module.h>
#include <linux/dma-mapping.h>
#include <linux/device.h>
#include <linux/slab.h>

static void no_release(struct device *dev)
{
}

static u64 mask = DMA_BIT_MASK(64);
static struct device dev = { .init_name = "mapper", .release = no_release, .dma_mask = &mask };
static struct device other = { .init_name = "other", .release = no_release };
static void *buffer;

static int __init mapper_init(void)
{
	dma_addr_t addr;

	if (device_register(&dev)) {
		put_device(&dev);
		return -ENOMEM;
	}
	if (device_register(&other))	/* finding: leak */
		put_device(&other);
	buffer = kmalloc(100, GFP_KERNEL);
	if (!buffer)
		return 0;
	addr = dma_map_single(&dev, buffer, 100, DMA_TO_DEVICE);	/* finding: leak */
	if (dma_mapping_error(&dev, addr))
		dev_info(&dev, "not mapped\n");
	return 0;
}

static void __exit mapper_exit(void)
{
	kfree(buffer);
	device_unregister(&dev);
}

module_init(mapper_init);
module_exit(mapper_exit);
MODULE_LICENSE("GPL");
