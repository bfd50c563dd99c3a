/* SPDX-License-Identifier: MIT */
/* A task and the interrupt in the middle of it: each fits on the stack it has in a kernel. */
#include <linux/irq_work.h>
#include <linux/module.h>
#include <linux/string.h>

static struct irq_work irq_work;
static u8 last;

static void sample(struct irq_work *work)
{
	u8 samples[10000];

	memset(samples, 1, sizeof(samples));
	last = samples[5];
}

static int collect(int level)
{
	u8 block[10000];

	memset(block, level, sizeof(block));
	irq_work_queue(&irq_work);
	return block[last];
}

static int __init sampler_init(void)
{
	init_irq_work(&irq_work, sample);
	return collect(3) != 3;
}

static void __exit sampler_exit(void)
{
	irq_work_sync(&irq_work);
}

module_init(sampler_init);
module_exit(sampler_exit);
MODULE_LICENSE("GPL");
