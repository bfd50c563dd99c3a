/* SPDX-License-Identifier: MIT */
/* A device with 24 address lines gets memory from anywhere. */
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct sound {
	void *buffer;
	dma_addr_t addr;
};

#define BUFFER_BYTES	2048

static int sound_probe(struct platform_device *pdev)
{
	struct sound *sound = devm_kzalloc(&pdev->dev, sizeof(*sound), GFP_KERNEL);

	if (!sound)
		return -ENOMEM;
	if (dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(24)))
		return -EIO;
	sound->buffer = kmalloc(BUFFER_BYTES, GFP_KERNEL);
	if (!sound->buffer)
		return -ENOMEM;
	sound->addr = dma_map_single(&pdev->dev, sound->buffer,	/* finding: dma-unreachable */
				     BUFFER_BYTES, DMA_TO_DEVICE);
	if (dma_mapping_error(&pdev->dev, sound->addr)) {
		kfree(sound->buffer);
		return -ENOMEM;
	}
	platform_set_drvdata(pdev, sound);
	return 0;
}

static void sound_remove(struct platform_device *pdev)
{
	struct sound *sound = platform_get_drvdata(pdev);

	dma_unmap_single(&pdev->dev, sound->addr, BUFFER_BYTES, DMA_TO_DEVICE);
	kfree(sound->buffer);
}

static struct platform_driver sound_driver = {
	.probe = sound_probe,
	.remove = sound_remove,
	.driver = { .name = "sound" },
};
static struct platform_device *sound_device;

static int __init sound_init(void)
{
	int error = platform_driver_register(&sound_driver);

	if (error)
		return error;
	sound_device = platform_device_register_simple("sound", PLATFORM_DEVID_NONE, NULL, 0);
	if (!IS_ERR(sound_device))
		return 0;
	platform_driver_unregister(&sound_driver);
	return PTR_ERR(sound_device);
}

static void __exit sound_exit(void)
{
	platform_device_unregister(sound_device);
	platform_driver_unregister(&sound_driver);
}

module_init(sound_init);
module_exit(sound_exit);
MODULE_LICENSE("GPL");
