/* SPDX-License-Identifier: MIT */
/* One byte behind a vmalloc area, and one behind a kmalloc of whole pages. */
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
		area[2 * PAGE_SIZE] = 1; /* finding: out-of-bounds */
	if (large)
		large[20000] = 1; /* finding: out-of-bounds */
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
