/* SPDX-License-Identifier: MIT */
/* dma-unreachable_good.c - a command for a device, as it should be */
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

static struct device *device;

static void command_send(void)
{
	char *command = kzalloc(64, GFP_KERNEL);
	dma_addr_t handle;

	if (!command)
		return;
	strcpy(command, "reset");
	handle = dma_map_single(device, command, 64, DMA_TO_DEVICE);
	if (!dma_mapping_error(device, handle))
		dma_unmap_single(device, handle, 64, DMA_TO_DEVICE);
	kfree(command);
}

static int __init command_init(void)
{
	int err;

	device = root_device_register("commander");
	if (IS_ERR(device))
		return PTR_ERR(device);
	err = dma_coerce_mask_and_coherent(device, DMA_BIT_MASK(32));
	if (err) {
		root_device_unregister(device);
		return err;
	}
	command_send();
	return 0;
}

static void __exit command_exit(void)
{
	root_device_unregister(device);
}

module_init(command_init);
module_exit(command_exit);

MODULE_DESCRIPTION("an example of dma-unreachable");
MODULE_LICENSE("GPL");
