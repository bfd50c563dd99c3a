/* SPDX-License-Identifier: MIT */
/* A device stops its polling (delayed work) after it let go of the spinlock of its registers. */
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/workqueue.h>

struct sensor {
	spinlock_t lock;
	struct delayed_work poll;
	bool on;
	u32 value;
};

static void sensor_poll(struct work_struct *work)
{
	struct sensor *sensor = container_of(to_delayed_work(work), struct sensor, poll);

	sensor->value++;
	schedule_delayed_work(&sensor->poll, msecs_to_jiffies(10));
}

static void sensor_stop(struct sensor *sensor)
{
	spin_lock_bh(&sensor->lock);
	sensor->on = false;
	spin_unlock_bh(&sensor->lock);
	cancel_delayed_work_sync(&sensor->poll);
}

static int sensor_probe(struct platform_device *pdev)
{
	struct sensor *sensor = devm_kzalloc(&pdev->dev, sizeof(*sensor), GFP_KERNEL);

	if (!sensor)
		return -ENOMEM;
	spin_lock_init(&sensor->lock);
	INIT_DELAYED_WORK(&sensor->poll, sensor_poll);
	platform_set_drvdata(pdev, sensor);
	sensor->on = true;
	schedule_delayed_work(&sensor->poll, 1);
	return 0;
}

static void sensor_remove(struct platform_device *pdev)
{
	sensor_stop(platform_get_drvdata(pdev));
}

static struct platform_driver sensor_driver = {
	.probe = sensor_probe,
	.remove_new = sensor_remove,
	.driver = { .name = "sensor" },
};
static struct platform_device *device;

static int __init sensor_init(void)
{
	int error = platform_driver_register(&sensor_driver);

	if (error)
		return error;
	device = platform_device_register_simple("sensor", -1, NULL, 0);
	if (IS_ERR(device))
		platform_driver_unregister(&sensor_driver);
	return PTR_ERR_OR_ZERO(device);
}

static void __exit sensor_exit(void)
{
	platform_device_unregister(device);
	platform_driver_unregister(&sensor_driver);
}

module_init(sensor_init);
module_exit(sensor_exit);
MODULE_LICENSE("GPL");
