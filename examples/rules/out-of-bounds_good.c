/* SPDX-License-Identifier: MIT */
/* out-of-bounds_good.c - a table of counters, as it should be */
#include <linux/module.h>
#include <linux/slab.h>

#define COUNT	10

static u32 *table;

static int __init counters_init(void)
{
	int i;

	table = kmalloc_array(COUNT, sizeof(*table), GFP_KERNEL);
	if (!table)
		return -ENOMEM;
	for (i = 0; i < COUNT; i++)
		table[i] = 0;
	return 0;
}

static void __exit counters_exit(void)
{
	kfree(table);
}

module_init(counters_init);
module_exit(counters_exit);

MODULE_DESCRIPTION("an example of out-of-bounds");
MODULE_LICENSE("GPL");
