/* SPDX-License-Identifier: MIT */
/* The same: probe may wait, and says so. */
#include <linux/dma-mapping.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/string.h>

struct unit { char *name; void *ring; dma_addr_t dma; };

static int unit_probe(struct platform_device *pdev)
{
	struct unit *unit = devm_kzalloc(&pdev->dev, sizeof(*unit), GFP_KERNEL);

	if (!unit)
		return -ENOMEM;
	unit->name = kstrdup("unit", GFP_KERNEL);
	if (!unit->name)
		return -ENOMEM;
	unit->ring = dma_alloc_coherent(&pdev->dev, 1024,
					&unit->dma, GFP_KERNEL);
	if (!unit->ring) {
		kfree(unit->name);
		return -ENOMEM;
	}
	platform_set_drvdata(pdev, unit);
	return 0;
}

static void unit_remove(struct platform_device *pdev)
{
	struct unit *unit = platform_get_drvdata(pdev);

	dma_free_coherent(&pdev->dev, 1024, unit->ring, unit->dma);
	kfree(unit->name);
}

static struct platform_driver unit_driver = {
	.probe = unit_probe,
	.remove = unit_remove,
	.driver = { .name = "unit" },
};

static struct platform_device *device;

static int __init unit_init(void)
{
	int error = platform_driver_register(&unit_driver);

	if (error)
		return error;
	device = platform_device_register_simple("unit", -1, NULL, 0);
	if (IS_ERR(device)) {
		platform_driver_unregister(&unit_driver);
		return PTR_ERR(device);
	}
	return 0;
}

static void __exit unit_exit(void)
{
	platform_device_unregister(device);
	platform_driver_unregister(&unit_driver);
}

module_init(unit_init);
module_exit(unit_exit);
MODULE_LICENSE("GPL");
