/* SPDX-License-Identifier: MIT */
/* A timer averages the samples of a device, one more than there are. */
#include <linux/device.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/timer.h>

#define SAMPLES	9

struct meter {
	struct timer_list timer;
	u16 *samples;
	u32 average;
};

static struct platform_device *device;

static void meter_tick(struct timer_list *timer)
{
	struct meter *meter = from_timer(meter, timer, timer);
	u32 sum = 0;

	for (int i = 0; i <= SAMPLES; i++)
		sum += meter->samples[i]; /* finding: out-of-bounds */
	meter->average = sum / SAMPLES;
}

static int meter_probe(struct platform_device *pdev)
{
	struct meter *meter = devm_kzalloc(&pdev->dev, sizeof(*meter), GFP_KERNEL);

	if (!meter)
		return -ENOMEM;
	meter->samples = devm_kcalloc(&pdev->dev, SAMPLES, sizeof(u16), GFP_KERNEL);
	if (!meter->samples)
		return -ENOMEM;
	timer_setup(&meter->timer, meter_tick, 0);
	mod_timer(&meter->timer, jiffies + 5);
	platform_set_drvdata(pdev, meter);
	return 0;
}

static void meter_remove(struct platform_device *pdev)
{
	struct meter *meter = platform_get_drvdata(pdev);

	timer_delete_sync(&meter->timer);
}

static struct platform_driver meter_driver = {
	.probe = meter_probe,
	.remove_new = meter_remove,
	.driver = { .name = "meter" },
};

static int __init meter_init(void)
{
	int error = platform_driver_register(&meter_driver);

	if (error)
		return error;
	device = platform_device_register_simple("meter", -1, NULL, 0);
	if (IS_ERR(device)) {
		platform_driver_unregister(&meter_driver);
		return PTR_ERR(device);
	}
	return 0;
}

static void __exit meter_exit(void)
{
	platform_device_unregister(device);
	platform_driver_unregister(&meter_driver);
}

module_init(meter_init);
module_exit(meter_exit);
MODULE_LICENSE("GPL");
