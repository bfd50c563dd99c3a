/* SPDX-License-Identifier: MIT */
/* A BUG() in an interrupt handler. */
#include <linux/interrupt.h>
#include <linux/module.h>

#define LINE 5

static unsigned int strange;

static irqreturn_t port_irq(int irq, void *dev)
{
	BUG_ON(irq == LINE); /* finding: bug */
	strange++;
	return IRQ_HANDLED;
}

static int __init port_init(void)
{
	return request_irq(LINE, port_irq, 0, "port", &strange);
}

static void __exit port_exit(void)
{
	free_irq(LINE, &strange);
}

module_init(port_init);
module_exit(port_exit);
MODULE_LICENSE("GPL");
