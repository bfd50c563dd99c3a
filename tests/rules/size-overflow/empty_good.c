/* SPDX-License-Identifier: MIT */
/* calloc() refuses what does not fit. */
#include <linux/module.h>
#include <linux/slab.h>

static unsigned int planes = 65536;
module_param(planes, uint, 0444);

static u8 *bitmap;

static int __init empty_init(void)
{
	bitmap = kcalloc(planes, 1ul << 50, GFP_KERNEL);
	return 0;
}

static void __exit empty_exit(void)
{
	kfree(bitmap);
}

module_init(empty_init);
module_exit(empty_exit);
MODULE_LICENSE("GPL");
