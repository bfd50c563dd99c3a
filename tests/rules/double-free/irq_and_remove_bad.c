/* SPDX-License-Identifier: MIT */
/* The interrupt handler frees the finished buffer, and so does whoever stops the device. */
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#define LINE	4

static DEFINE_SPINLOCK(lock);
static void *buffer;
static bool is_done;

static irqreturn_t transfer_done(int irq, void *dev)
{
	unsigned long flags;

	spin_lock_irqsave(&lock, flags);
	if (dev && buffer)
		kfree(buffer); /* finding: double-free */
	is_done = true;
	spin_unlock_irqrestore(&lock, flags);
	return IRQ_HANDLED;
}

static int __init transfer_init(void)
{
	int error;

	buffer = kmalloc(512, GFP_KERNEL);
	if (!buffer)
		return -ENOMEM;
	error = request_irq(LINE, transfer_done, 0, "transfer", &buffer);
	if (error)
		kfree(buffer);
	return error;
}

static void __exit transfer_exit(void)
{
	free_irq(LINE, &buffer);
	if (!is_done)
		kfree(buffer);
}

module_init(transfer_init);
module_exit(transfer_exit);
MODULE_LICENSE("GPL");
