/* SPDX-License-Identifier: MIT */
/* Two zones at once: no page can satisfy both. */
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/module.h>

static int __init zones_init(void)
{
	struct page *page;

	page = alloc_pages(GFP_KERNEL | __GFP_DMA | __GFP_HIGHMEM, 0); /* finding: flag-misuse */
	if (!page)
		return -ENOMEM;
	__free_pages(page, 0);
	return 0;
}

static void __exit zones_exit(void)
{
}

module_init(zones_init);
module_exit(zones_exit);
MODULE_LICENSE("GPL");
