/* SPDX-License-Identifier: MIT */
/* A table of whole pages, cut to size: the entry count is rounded up, the memory is not. */
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/module.h>

struct row {
	u64 key, value, next;
};

#define ROWS		700
#define TABLE_BYTES	(ROWS * sizeof(struct row))

static struct row *rows;

static int __init rows_init(void)
{
	rows = alloc_pages_exact(TABLE_BYTES, GFP_KERNEL);
	if (!rows)
		return -ENOMEM;
	for (unsigned int i = 0; i < ALIGN(ROWS, 16); i++)
		rows[i].key = i; /* finding: out-of-bounds */
	return 0;
}

static void __exit rows_exit(void)
{
	free_pages_exact(rows, TABLE_BYTES);
}

module_init(rows_init);
module_exit(rows_exit);
MODULE_LICENSE("GPL");
