// SPDX-License-Identifier: MIT
/* show() prints a table that grows with the number of channels into its one page. */
#include <linux/device.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

#define CHANNELS 600

static ssize_t table_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	const u32 *rates = dev_get_drvdata(dev);
	int length = 0;

	for (int i = 0; i < CHANNELS; i++)
		length += sprintf(buf + length, "%7u\n", rates[i]); /* finding: out-of-bounds */
	return min_t(int, length, PAGE_SIZE - 1);
}

static DEVICE_ATTR_RO(table);
static struct attribute *mixer_attrs[] = { &dev_attr_table.attr, NULL };
ATTRIBUTE_GROUPS(mixer);

static int mixer_probe(struct platform_device *pdev)
{
	u32 *rates = devm_kcalloc(&pdev->dev, CHANNELS, sizeof(*rates), GFP_KERNEL);

	if (!rates)
		return -ENOMEM;
	platform_set_drvdata(pdev, rates);
	return 0;
}

static struct platform_driver mixer_driver = {
	.probe = mixer_probe,
	.driver = { .name = "mixer", .dev_groups = mixer_groups },
};

static struct platform_device *mixer;

static int __init mixer_init(void)
{
	int error = platform_driver_register(&mixer_driver);

	if (error)
		return error;
	mixer = platform_device_register_simple("mixer", PLATFORM_DEVID_NONE, NULL, 0);
	if (IS_ERR(mixer)) {
		platform_driver_unregister(&mixer_driver);
		return PTR_ERR(mixer);
	}
	return 0;
}

static void __exit mixer_exit(void)
{
	platform_device_unregister(mixer);
	platform_driver_unregister(&mixer_driver);
}

module_init(mixer_init);
module_exit(mixer_exit);
MODULE_LICENSE("GPL");
