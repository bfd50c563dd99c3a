/* SPDX-License-Identifier: MIT */
/* size-overflow_good.c - a table whose length comes from outside, as it should be */
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
	if (rows > 1024)
		rows = 1024;
	table = kmalloc_array(rows, sizeof(*table), GFP_KERNEL);
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
