/* SPDX-License-Identifier: MIT */
/* An interrupt handler that takes a spinlock, as it must. */
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/spinlock.h>

#define LINE 5

static DEFINE_SPINLOCK(state_lock);
static unsigned int events;

static irqreturn_t device_irq(int irq, void *dev)
{
	spin_lock(&state_lock);
	events++;
	spin_unlock(&state_lock);
	return IRQ_HANDLED;
}

static int __init device_init(void)
{
	return request_irq(LINE, device_irq, 0, "events", &events);
}

static void __exit device_exit(void)
{
	free_irq(LINE, &events);
	pr_info("%u events\n", events);
}

module_init(device_init);
module_exit(device_exit);
MODULE_LICENSE("GPL");
