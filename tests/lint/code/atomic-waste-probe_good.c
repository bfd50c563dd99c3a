/* SPDX-License-Identifier: MIT */
static int led_probe(struct platform_device *pdev)
{
	struct led *led = devm_kzalloc(&pdev->dev, sizeof(*led), GFP_KERNEL);

	if (!led)
		return -ENOMEM;
	spin_lock(&leds_lock);
	led->copy = kmalloc(16, GFP_ATOMIC);
	spin_unlock(&leds_lock);
	return 0;
}

static irqreturn_t led_irq(int irq, void *data)
{
	struct event *event = kmalloc(sizeof(*event), GFP_ATOMIC);

	kfree(event);
	return IRQ_HANDLED;
}

static struct platform_driver led_driver = {
	.probe = led_probe,
};
