/* SPDX-License-Identifier: MIT */
/* The result of sg_alloc_table() is not looked at; the list it was to make is NULL. */
#include <linux/module.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

static struct sg_table table;
static char *first, *second;

static void pieces_set(struct scatterlist *list)
{
	sg_set_buf(list, first, 64); /* finding: null-unchecked */
	sg_set_buf(sg_next(list), second, 32);
}

static int __init pieces_init(void)
{
	first = kzalloc(64, GFP_KERNEL);
	second = kzalloc(32, GFP_KERNEL);
	if (!first || !second)
		goto err;
	sg_alloc_table(&table, 2, GFP_KERNEL);
	pieces_set(table.sgl);
	return 0;
err:
	kfree(second);
	kfree(first);
	return -ENOMEM;
}

static void __exit pieces_exit(void)
{
	sg_free_table(&table);
	kfree(second);
	kfree(first);
}

module_init(pieces_init);
module_exit(pieces_exit);
MODULE_LICENSE("GPL");
