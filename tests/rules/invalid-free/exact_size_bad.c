/* SPDX-License-Identifier: MIT */
/* What alloc_pages_exact() cut to size goes back with the same size, and page by page. */
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/module.h>

#define TABLE_BYTES	(5 * PAGE_SIZE)

static void *table;

static int __init table_init(void)
{
	table = alloc_pages_exact(TABLE_BYTES, GFP_KERNEL | __GFP_ZERO);
	return table ? 0 : -ENOMEM;
}

static void __exit table_exit(void)
{
	free_pages((unsigned long)table, get_order(TABLE_BYTES)); /* finding: invalid-free */
	free_pages_exact(table, TABLE_BYTES + PAGE_SIZE); /* finding: invalid-free */
	free_pages_exact(table, TABLE_BYTES);
}

module_init(table_init);
module_exit(table_exit);
MODULE_LICENSE("GPL");
