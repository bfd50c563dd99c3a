/* SPDX-License-Identifier: MIT */
/* Whole areas and page blocks can be freed twice as well. */
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/vmalloc.h>

static int __init twice_init(void)
{
	void *area = vmalloc(10000);
	struct page *block = alloc_pages(GFP_KERNEL, 1);

	vfree(area);
	if (area)
		vfree(area); /* finding: double-free */
	if (block) {
		__free_pages(block, 1);
		__free_pages(block, 1); /* finding: double-free */
	}
	return 0;
}

static void __exit twice_exit(void)
{
}

module_init(twice_init);
module_exit(twice_exit);
MODULE_LICENSE("GPL");
