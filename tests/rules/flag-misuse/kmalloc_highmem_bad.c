/* SPDX-License-Identifier: MIT */
/* kmalloc() returns an address, and high memory has none. */
#include <linux/module.h>
#include <linux/slab.h>

static u32 *table;

static int __init table_init(void)
{
	table = kmalloc_array(64, sizeof(*table), GFP_HIGHUSER); /* finding: flag-misuse */
	if (!table)
		return -ENOMEM;
	for (int i = 0; i < 64; i++)
		table[i] = i * i;
	return 0;
}

static void __exit table_exit(void)
{
	kfree(table);
}

module_init(table_init);
module_exit(table_exit);
MODULE_LICENSE("GPL");
