/* SPDX-License-Identifier: MIT */
/* The command block is allocated. */
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct command {
	u32 opcode, argument;
};

static int fw_send(struct device *dev, u32 opcode)
{
	struct command *command = kzalloc(sizeof(*command), GFP_KERNEL);
	dma_addr_t addr;
	int error;

	if (!command)
		return -ENOMEM;
	command->opcode = opcode;
	addr = dma_map_single(dev, command, sizeof(*command), DMA_TO_DEVICE);
	error = dma_mapping_error(dev, addr);
	if (!error)
		dma_unmap_single(dev, addr, sizeof(*command), DMA_TO_DEVICE);
	kfree(command);
	return error;
}

static int fw_probe(struct platform_device *pdev)
{
	int error = dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(64));

	if (error)
		return error;
	return fw_send(&pdev->dev, 7);
}

static void fw_remove(struct platform_device *pdev)
{
}

static struct platform_driver fw_driver = {
	.probe = fw_probe,
	.remove = fw_remove,
	.driver = { .name = "fw" },
};
static struct platform_device *fw_device;

static int __init fw_init(void)
{
	int error = platform_driver_register(&fw_driver);

	if (error)
		return error;
	fw_device = platform_device_register_simple("fw", PLATFORM_DEVID_NONE, NULL, 0);
	if (!IS_ERR(fw_device))
		return 0;
	platform_driver_unregister(&fw_driver);
	return PTR_ERR(fw_device);
}

static void __exit fw_exit(void)
{
	platform_device_unregister(fw_device);
	platform_driver_unregister(&fw_driver);
}

module_init(fw_init);
module_exit(fw_exit);
MODULE_LICENSE("GPL");
