/* SPDX-License-Identifier: MIT */
/* The last byte of a vmalloc area, and the last of a kmalloc of whole pages. */
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

static int __init ends_init(void)
{
	char *area = vmalloc(2 * PAGE_SIZE);
	char *large = kmalloc(20000, GFP_KERNEL);

	if (area)
		area[2 * PAGE_SIZE - 1] = 1;
	if (large)
		large[19999] = 1;
	vfree(area);
	kfree(large);
	return 0;
}

static void __exit ends_exit(void)
{
}

module_init(ends_init);
module_exit(ends_exit);
MODULE_LICENSE("GPL");
