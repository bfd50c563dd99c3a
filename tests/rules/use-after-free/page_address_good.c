/* SPDX-License-Identifier: MIT */
/* The pages are freed after the last write. */
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/module.h>

static int __init frame_init(void)
{
	struct page *page = alloc_pages(GFP_KERNEL, 1);
	char *bytes;

	if (!page)
		return -ENOMEM;
	bytes = page_address(page);
	bytes[PAGE_SIZE] = 1;
	__free_pages(page, 1);
	return 0;
}

static void __exit frame_exit(void)
{
}

module_init(frame_init);
module_exit(frame_exit);
MODULE_LICENSE("GPL");
