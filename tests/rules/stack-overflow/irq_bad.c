/* SPDX-License-Identifier: MIT */
/* The stack of an interrupt is no larger than that of a task. */
#include <linux/irq_work.h>
#include <linux/module.h>
#include <linux/string.h>

static struct irq_work irq_work;
static u8 last;

static void sample(struct irq_work *work)
{ /* finding: stack-overflow */
	u8 samples[17000];

	memset(samples, 1, sizeof(samples));
	last = samples[5];
}

static int __init sampler_init(void)
{
	init_irq_work(&irq_work, sample);
	irq_work_queue(&irq_work);
	return 0;
}

static void __exit sampler_exit(void)
{
	irq_work_sync(&irq_work);
}

module_init(sampler_init);
module_exit(sampler_exit);
MODULE_LICENSE("GPL");
