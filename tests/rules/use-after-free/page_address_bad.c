/* SPDX-License-Identifier: MIT */
/* Pages are written through the address they had, after they were freed. */
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
	__free_pages(page, 1);
	bytes[PAGE_SIZE] = 1; /* finding: use-after-free */
	return 0;
}

static void __exit frame_exit(void)
{
}

module_init(frame_init);
module_exit(frame_exit);
MODULE_LICENSE("GPL");
