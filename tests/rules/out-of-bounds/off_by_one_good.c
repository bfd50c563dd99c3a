/* SPDX-License-Identifier: MIT */
/* The loop ends at the last of the 30 counters that were asked for. */
#include <linux/module.h>
#include <linux/slab.h>

static u8 *counters;

static int __init counters_init(void)
{
	counters = kmalloc(30, GFP_KERNEL);
	if (!counters)
		return -ENOMEM;
	for (int i = 0; i < 30; i++)
		counters[i] = 0;
	return 0;
}

static void __exit counters_exit(void)
{
	kfree(counters);
}

module_init(counters_init);
module_exit(counters_exit);
MODULE_LICENSE("GPL");
