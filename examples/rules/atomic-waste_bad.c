/* SPDX-License-Identifier: MIT */
/* atomic-waste_bad.c - a table made at init: with the memory of interrupt handlers */
#include <linux/module.h>
#include <linux/slab.h>

static void *table;

static int __init table_init(void)
{
	table = kmalloc(4096, GFP_ATOMIC); /* finding: atomic-waste */
	return table ? 0 : -ENOMEM;
}

static void __exit table_exit(void)
{
	kfree(table);
}

module_init(table_init);
module_exit(table_exit);

MODULE_DESCRIPTION("an example of atomic-waste");
MODULE_LICENSE("GPL");
