/* SPDX-License-Identifier: MIT */
/* int times int: below zero, then a size. */
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/slab.h>

static int cells = 50000;
module_param(cells, int, 0444);

static void *grid_make(int side)
{
	return kvzalloc(side * side, GFP_KERNEL | __GFP_NOWARN); /* finding: size-overflow */
}

static int __init signed_product_init(void)
{
	kvfree(grid_make(20));
	kvfree(grid_make(cells));
	return 0;
}

static void __exit signed_product_exit(void)
{
}

module_init(signed_product_init);
module_exit(signed_product_exit);
MODULE_LICENSE("GPL");
