/* SPDX-License-Identifier: MIT */
/* A field of a large structure lies far from NULL. */
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
	table->used = 1; /* finding: null-unchecked */
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
