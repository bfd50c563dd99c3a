/* SPDX-License-Identifier: MIT */
/* A frame of registers is summed up, as many as there are, three calls below the probe. */
#include <linux/module.h>
#include <linux/printk.h>

#define REGS 6

static u32 sum_regs(const u32 *regs, int count)
{
	u32 sum = 0;

	for (int i = 0; i < count; i++)
		sum = sum * 31 + regs[i];
	return sum;
}

static u32 read_all(u32 seed)
{
	u32 regs[REGS];

	for (int i = 0; i < REGS; i++)
		regs[i] = seed * (i + 1);
	return sum_regs(regs, REGS);
}

static int probe(void)
{
	pr_info("checksum %u\n", read_all(7));
	return 0;
}

static int __init regs_init(void)
{
	return probe();
}

static void __exit regs_exit(void)
{
}

module_init(regs_init);
module_exit(regs_exit);
MODULE_LICENSE("GPL");
