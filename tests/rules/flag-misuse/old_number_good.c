/* SPDX-License-Identifier: MIT */
/* A driver that uses the names, which every kernel translates. */
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/slab.h>

#define LINE	6

static unsigned int lost;

static irqreturn_t event_irq(int irq, void *data)
{
	u32 *event = kmalloc(sizeof(*event), GFP_ATOMIC);

	if (!event)
		lost++;
	kfree(event);
	return IRQ_HANDLED;
}

static int __init event_init(void)
{
	return request_irq(LINE, event_irq, 0, "event", &lost);
}

static void __exit event_exit(void)
{
	free_irq(LINE, &lost);
}

module_init(event_init);
module_exit(event_exit);
MODULE_LICENSE("GPL");
