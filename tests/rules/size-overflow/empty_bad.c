/* SPDX-License-Identifier: MIT */
/* The product is exactly 2^32: nothing is asked for, and something is got. */
#include <linux/module.h>
#include <linux/slab.h>

static unsigned int planes = 65536;
module_param(planes, uint, 0444);

static u8 *bitmap;

static int __init empty_init(void)
{
	bitmap = kzalloc(planes * 65536, GFP_KERNEL); /* finding: size-overflow */
	return 0;
}

static void __exit empty_exit(void)
{
	kfree(bitmap);
}

module_init(empty_init);
module_exit(empty_exit);
MODULE_LICENSE("GPL");
