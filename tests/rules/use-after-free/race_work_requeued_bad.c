/* SPDX-License-Identifier: MIT */
/* The interrupt queues the work again after cancel_work_sync(), because it is freed too late. */
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

static struct work_struct drain;
static u8 *fifo;
static unsigned int head;

static void drain_fn(struct work_struct *work)
{
	fifo[head % 64] = 0; /* finding: use-after-free */
	head++;
}

static irqreturn_t port_irq(int irq, void *dev)
{
	schedule_work(&drain); /* finding: leak */
	return IRQ_HANDLED;
}

static int __init port_init(void)
{
	int ret;

	fifo = kzalloc(64, GFP_KERNEL);
	if (!fifo)
		return -ENOMEM;
	INIT_WORK(&drain, drain_fn);
	ret = request_irq(4, port_irq, 0, "port", &drain);
	if (ret)
		kfree(fifo);
	return ret;
}

static void __exit port_exit(void)
{
	cancel_work_sync(&drain);
	free_irq(4, &drain);
	kfree(fifo);
}

module_init(port_init);
module_exit(port_exit);
MODULE_LICENSE("GPL");
