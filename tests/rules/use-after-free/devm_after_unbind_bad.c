/* SPDX-License-Identifier: MIT */
/* A character of the log is written after the device, and its managed memory, are gone. */
#include <linux/device.h>
#include <linux/module.h>
#include <linux/platform_device.h>

struct logger {
	char *text;
	size_t used;
};

static struct platform_device *device;
static struct logger *logger;

static int logger_probe(struct platform_device *pdev)
{
	struct logger *fresh = devm_kzalloc(&pdev->dev, sizeof(*fresh), GFP_KERNEL);

	if (!fresh)
		return -ENOMEM;
	fresh->text = devm_kmalloc(&pdev->dev, 80, GFP_KERNEL);
	if (!fresh->text)
		return -ENOMEM;
	logger = fresh;
	return 0;
}

static void logger_put(char c)
{
	if (logger)
		logger->text[logger->used++] = c; /* finding: use-after-free */
}

static void logger_remove(struct platform_device *pdev)
{
	logger_put('.');
}

static struct platform_driver logger_driver = {
	.probe = logger_probe,
	.remove_new = logger_remove,
	.driver = { .name = "logger" },
};

static int __init logger_init(void)
{
	int error = platform_driver_register(&logger_driver);

	if (error)
		return error;
	device = platform_device_register_simple("logger", -1, NULL, 0);
	if (IS_ERR(device)) {
		platform_driver_unregister(&logger_driver);
		return PTR_ERR(device);
	}
	return 0;
}

static void __exit logger_exit(void)
{
	platform_device_unregister(device);
	logger_put('x');
	platform_driver_unregister(&logger_driver);
}

module_init(logger_init);
module_exit(logger_exit);
MODULE_LICENSE("GPL");
