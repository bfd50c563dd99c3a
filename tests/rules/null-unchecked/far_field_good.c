/* SPDX-License-Identifier: MIT */
/* The same with the test. */
#include <linux/module.h>
#include <linux/vmalloc.h>

struct table {
	u32 slots[50000];
	u32 used;
};

static struct table *table;

static int __init table_init(void)
{
	table = vzalloc(sizeof(*table));
	if (!table)
		return -ENOMEM;
	table->used = 1;
	table->slots[0] = 7;
	return 0;
}

static void __exit table_exit(void)
{
	vfree(table);
}

module_init(table_init);
module_exit(table_exit);
MODULE_LICENSE("GPL");
