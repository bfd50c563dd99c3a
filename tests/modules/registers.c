/* SPDX-License-Identifier: MIT */
/* Registers behind guards: disable_irq, cpus_read_lock, preempt; readl() and its kin. */
#include <linux/cpu.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/sizes.h>
#include <linux/slab.h>

static int line = 5;
static int hits;

static irqreturn_t handler(int irq, void *data)
{
	(*(int *)data)++;
	return IRQ_HANDLED;
}

static int registers_try(void)
{
	u32 *regs = kzalloc(SZ_64, GFP_KERNEL), copy;

	if (!regs)
		return -ENOMEM;
	writel(0x1234, regs + 4);
	WARN_ON(readw(regs + 4) != 0x1234);
	memcpy_fromio(&copy, regs + 4, sizeof(copy));
	WARN_ON(copy != 0x1234);
	kfree(regs);
	return 0;
}

static int __init registers_init(void)
{
	int ret = request_irq(line, handler, 0, "registers", &hits);

	if (ret)
		return ret;
	scoped_guard(disable_irq, &line)
		hits = 0;
	scoped_guard(cpus_read_lock) {
		guard(preempt)();
		hits++;
	}
	ret = registers_try();
	if (ret)
		free_irq(line, &hits);
	return ret;
}

static void __exit registers_exit(void)
{
	free_irq(line, &hits);
}

module_init(registers_init);
module_exit(registers_exit);
MODULE_LICENSE("GPL");
