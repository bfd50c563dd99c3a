/* SPDX-License-Identifier: MIT */
static int led_probe(struct platform_device *pdev)
{
	struct led *led;
	int error;

	led = devm_kzalloc(&pdev->dev, sizeof(*led), GFP_KERNEL);
	if (!led)
		return -ENOMEM;
	error = led_start(led);
	if (error) {
		kfree(led); /* expect: invalid-free.devm */
		return error;
	}
	led->name = kstrdup("led", GFP_KERNEL);
	return 0;
}

static void led_remove(struct platform_device *pdev)
{
	struct led *led = platform_get_drvdata(pdev);

	devm_kfree(&pdev->dev, led->name); /* expect: invalid-free.devm */
}
