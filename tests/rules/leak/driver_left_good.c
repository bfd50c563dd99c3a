/* SPDX-License-Identifier: MIT */
/* It is taken back on the error path. */
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct lamp {
	int level;
};

static int lamp_probe(struct platform_device *pdev)
{
	struct lamp *lamp = devm_kzalloc(&pdev->dev, sizeof(*lamp), GFP_KERNEL);

	if (!lamp)
		return -ENOMEM;
	platform_set_drvdata(pdev, lamp);
	return 0;
}

static struct platform_driver lamp_driver = {
	.probe = lamp_probe,
	.driver.name = "lamp",
};
static struct platform_device *lamp_device;

static int __init lamp_init(void)
{
	int error = platform_driver_register(&lamp_driver);

	if (error)
		return error;
	lamp_device = platform_device_register_simple("lamp", PLATFORM_DEVID_NONE, NULL, 0);
	if (!IS_ERR(lamp_device))
		return 0;
	platform_driver_unregister(&lamp_driver);
	return PTR_ERR(lamp_device);
}

static void __exit lamp_exit(void)
{
	platform_device_unregister(lamp_device);
	platform_driver_unregister(&lamp_driver);
}

module_init(lamp_init);
module_exit(lamp_exit);
MODULE_LICENSE("GPL");
