/* SPDX-License-Identifier: MIT */
/*
 * <= where < belongs: the 31st of 30 counters lies in the size class (32 would fit) but was never
 * asked for.
 */
#include <linux/module.h>
#include <linux/slab.h>

static u8 *counters;

static int __init counters_init(void)
{
	counters = kmalloc(30, GFP_KERNEL);
	if (!counters)
		return -ENOMEM;
	for (int i = 0; i <= 30; i++)
		counters[i] = 0; /* finding: out-of-bounds */
	return 0;
}

static void __exit counters_exit(void)
{
	kfree(counters);
}

module_init(counters_init);
module_exit(counters_exit);
MODULE_LICENSE("GPL");
