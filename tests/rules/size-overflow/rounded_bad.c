/* SPDX-License-Identifier: MIT */
/* Rounding up to a sector wraps to nothing. */
#include <linux/align.h>
#include <linux/module.h>
#include <linux/slab.h>

#define SECTOR 512u

static unsigned int bytes = 0xffffff00;
module_param(bytes, uint, 0444);

static void *sectors_get(u32 length)
{
	return kmalloc(ALIGN(length, SECTOR), GFP_KERNEL); /* finding: size-overflow */
}

static int __init rounded_init(void)
{
	kfree(sectors_get(700));
	kfree(sectors_get(bytes));
	return 0;
}

static void __exit rounded_exit(void)
{
}

module_init(rounded_init);
module_exit(rounded_exit);
MODULE_LICENSE("GPL");
