/* SPDX-License-Identifier: MIT */
/* Blocks of 4 KiB counted in 32 bits: the shift loses the upper ones. */
#include <linux/module.h>
#include <linux/vmalloc.h>

static unsigned int blocks = 0x100002;
module_param(blocks, uint, 0444);

static void *image;

static int __init blocks_init(void)
{
	unsigned long bytes = blocks << 12;

	image = vmalloc(bytes); /* finding: size-overflow */
	return 0;
}

static void __exit blocks_exit(void)
{
	vfree(image);
}

module_init(blocks_init);
module_exit(blocks_exit);
MODULE_LICENSE("GPL");
