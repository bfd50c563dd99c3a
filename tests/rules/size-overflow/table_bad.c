/* SPDX-License-Identifier: MIT */
/* rows * columns in 32 bits: a large table becomes a small one. */
#include <linux/module.h>
#include <linux/overflow.h>
#include <linux/slab.h>

static unsigned int rows = 65536, columns = 65537;
module_param(rows, uint, 0444);
module_param(columns, uint, 0444);

static u8 *table;

static int __init table_init(void)
{
	u32 bytes;

	bytes = rows * columns;
	table = kmalloc(bytes, GFP_KERNEL); /* finding: size-overflow */
	if (!table)
		return -ENOMEM;
	table[0] = 1;
	return 0;
}

static void __exit table_exit(void)
{
	kfree(table);
}

module_init(table_init);
module_exit(table_exit);
MODULE_LICENSE("GPL");
