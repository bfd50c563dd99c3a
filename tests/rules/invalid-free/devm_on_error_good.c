/* SPDX-License-Identifier: MIT */
/* Only when a later step of probe fails is managed memory freed by hand, with the wrong call. */
#include <linux/device.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct sensor {
	u16 *samples;
	char *log;
};

static struct platform_device *device;

static int sensor_probe(struct platform_device *pdev)
{
	struct sensor *sensor = devm_kzalloc(&pdev->dev, sizeof(*sensor), GFP_KERNEL);

	if (!sensor)
		return -ENOMEM;
	sensor->samples = devm_kcalloc(&pdev->dev, 32, sizeof(u16), GFP_KERNEL);
	if (!sensor->samples)
		return -ENOMEM;
	sensor->log = kmalloc(128, GFP_KERNEL);
	if (!sensor->log) {
		devm_kfree(&pdev->dev, sensor->samples);
		return -ENOMEM;
	}
	platform_set_drvdata(pdev, sensor);
	return 0;
}

static void sensor_remove(struct platform_device *pdev)
{
	struct sensor *sensor = platform_get_drvdata(pdev);

	kfree(sensor->log);
}

static struct platform_driver sensor_driver = {
	.probe = sensor_probe,
	.remove_new = sensor_remove,
	.driver = { .name = "sensor" },
};

static int __init sensor_init(void)
{
	int error = platform_driver_register(&sensor_driver);

	if (error)
		return error;
	device = platform_device_register_simple("sensor", -1, NULL, 0);
	if (IS_ERR(device)) {
		platform_driver_unregister(&sensor_driver);
		return PTR_ERR(device);
	}
	return 0;
}

static void __exit sensor_exit(void)
{
	platform_device_unregister(device);
	platform_driver_unregister(&sensor_driver);
}

module_init(sensor_init);
module_exit(sensor_exit);
MODULE_LICENSE("GPL");
