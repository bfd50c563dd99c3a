// SPDX-License-Identifier: MIT
/*
 * managed_order.c - a driver whose resources are all managed: actions run in reverse order, one
 * object is freed early, a group is released, a probe that is deferred leaves nothing
 */
#include <linux/device.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct chip {
	char *label;
	u32 *table;
	void *outside;		/* freed by an action */
	int open;
};

static int probes;

static void outside_free(void *data)
{
	struct chip *chip = data;

	kfree(chip->outside);
	chip->open--;
}

static int chip_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	struct chip *chip = devm_kzalloc(dev, sizeof(*chip), GFP_KERNEL);
	void *group, *scratch;
	int error;

	if (!chip)
		return -ENOMEM;
	scratch = devm_kmalloc(dev, 512, GFP_KERNEL);
	if (!scratch)
		return -ENOMEM;
	memset(scratch, 0, 512);
	chip->label = devm_kasprintf(dev, GFP_KERNEL, "%s-%d", dev_name(dev), pdev->id);
	chip->table = devm_kcalloc(dev, 16, sizeof(*chip->table), GFP_KERNEL);
	if (!chip->label || !chip->table)
		return -ENOMEM;
	devm_kfree(dev, scratch);
	chip->outside = kmalloc(40, GFP_KERNEL);
	if (!chip->outside)
		return -ENOMEM;
	chip->open++;
	error = devm_add_action_or_reset(dev, outside_free, chip);
	if (error)
		return error;
	group = devres_open_group(dev, NULL, GFP_KERNEL);
	if (!group)
		return -ENOMEM;
	if (!devm_kstrdup(dev, "of the group", GFP_KERNEL))
		pr_info("an empty group\n");
	devres_release_group(dev, group);
	if (!probes++)
		return dev_err_probe(dev, -ENODEV, "not the first time\n");
	platform_set_drvdata(pdev, chip);
	return 0;
}

static struct platform_driver chip_driver = {
	.probe = chip_probe,
	.driver = { .name = "chip" },
};
static struct platform_device *chips[2];

static int __init managed_init(void)
{
	int error = platform_driver_register(&chip_driver);

	if (error)
		return error;
	for (int i = 0; i < 2; i++) {
		chips[i] = platform_device_register_simple("chip", i, NULL, 0);
		if (!IS_ERR(chips[i]))
			continue;
		error = PTR_ERR(chips[i]);
		while (i--)
			platform_device_unregister(chips[i]);
		platform_driver_unregister(&chip_driver);
		return error;
	}
	return 0;
}

static void __exit managed_exit(void)
{
	platform_device_unregister(chips[1]);
	platform_device_unregister(chips[0]);
	platform_driver_unregister(&chip_driver);
}

module_init(managed_init);
module_exit(managed_exit);
MODULE_LICENSE("GPL");
