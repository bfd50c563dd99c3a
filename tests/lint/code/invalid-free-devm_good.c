/* SPDX-License-Identifier: MIT */
static int led_probe(struct platform_device *pdev)
{
	struct led *led;
	char *note;

	led = devm_kzalloc(&pdev->dev, sizeof(*led), GFP_KERNEL);
	if (!led)
		return -ENOMEM;
	note = devm_kstrdup(&pdev->dev, "led", GFP_KERNEL);
	if (!note)
		return -ENOMEM;
	devm_kfree(&pdev->dev, note);
	led->name = kstrdup("led", GFP_KERNEL);
	return led->name ? 0 : -ENOMEM;
}

static void led_remove(struct platform_device *pdev)
{
	struct led *led = platform_get_drvdata(pdev);

	kfree(led->name);
}
