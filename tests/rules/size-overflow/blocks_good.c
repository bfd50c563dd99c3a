/* SPDX-License-Identifier: MIT */
/* The shift is done in the type of the size. */
#include <linux/module.h>
#include <linux/vmalloc.h>

static unsigned int blocks = 0x100002;
module_param(blocks, uint, 0444);

static void *image;

static int __init blocks_init(void)
{
	unsigned long bytes = (unsigned long)blocks << 12;

	image = bytes < 1ul << 20 ? vmalloc(bytes) : NULL;
	return 0;
}

static void __exit blocks_exit(void)
{
	vfree(image);
}

module_init(blocks_init);
module_exit(blocks_exit);
MODULE_LICENSE("GPL");
