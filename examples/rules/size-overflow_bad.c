/* SPDX-License-Identifier: MIT */
/* size-overflow_bad.c - a table whose length comes from outside: the product wraps */
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/slab.h>

struct row {
	u64 key, value;
};

static unsigned int rows = 0x10000001;
module_param(rows, uint, 0444);

static struct row *table;

static int __init rows_init(void)
{
	unsigned int bytes = rows * sizeof(*table);

	table = kmalloc(bytes, GFP_KERNEL); /* finding: size-overflow */
	return table ? 0 : -ENOMEM;
}

static void __exit rows_exit(void)
{
	kfree(table);
}

module_init(rows_init);
module_exit(rows_exit);

MODULE_DESCRIPTION("an example of size-overflow");
MODULE_LICENSE("GPL");
