/* SPDX-License-Identifier: MIT */
/* Both are limited. */
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/slab.h>

static int cells = 50000;
module_param(cells, int, 0444);

static void *grid_make(int side)
{
	if (side <= 0 || side > 1000)
		return NULL;
	return kvzalloc(side * side, GFP_KERNEL | __GFP_NOWARN);
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
