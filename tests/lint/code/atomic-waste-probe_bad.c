/* SPDX-License-Identifier: MIT */
static int led_probe(struct platform_device *pdev)
{
	/* expect next: atomic-waste.probe */
	struct led *led = devm_kzalloc(&pdev->dev, sizeof(*led), GFP_ATOMIC);

	if (!led)
		return -ENOMEM;
	platform_set_drvdata(pdev, led);
	return 0;
}

static struct platform_driver led_driver = {
	.probe = led_probe,
	.driver = { .name = "led" },
};

static int __init led_init(void)
{
	led_table = kcalloc(8, sizeof(*led_table), GFP_ATOMIC); /* expect: atomic-waste.probe */
	if (!led_table)
		return -ENOMEM;
	return platform_driver_register(&led_driver);
}
module_init(led_init);
