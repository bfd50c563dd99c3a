/* SPDX-License-Identifier: MIT */
/* When the interrupt cannot be had, probe gives up without its buffers. */
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/slab.h>

#define LINE 6

struct chip { u8 *rx; u8 *tx; unsigned int events; };

static struct chip *chip;

static irqreturn_t on_irq(int irq, void *dev_id)
{
	struct chip *c = dev_id;

	c->events++;
	return IRQ_HANDLED;
}

static int chip_buffers(struct chip *c)
{
	c->rx = kmalloc(512, GFP_KERNEL); /* finding: leak */
	if (!c->rx)
		return -ENOMEM;
	c->tx = kmalloc(256, GFP_KERNEL); /* finding: leak */
	if (!c->tx) {
		kfree(c->rx);
		return -ENOMEM;
	}
	return 0;
}

static int __init chip_init(void)
{
	int error = -ENOMEM;

	chip = kzalloc(sizeof(*chip), GFP_KERNEL);
	if (!chip)
		return error;
	error = chip_buffers(chip);
	if (error)
		goto err_chip;
	error = request_irq(LINE, on_irq, 0, "chip", chip);
	if (error)
		goto err_chip;
	return 0;
err_chip:
	kfree(chip);
	return error;
}

static void __exit chip_exit(void)
{
	free_irq(LINE, chip);
	kfree(chip->tx);
	kfree(chip->rx);
	kfree(chip);
}

module_init(chip_init);
module_exit(chip_exit);
MODULE_LICENSE("GPL");
