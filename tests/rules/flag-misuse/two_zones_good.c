/* SPDX-License-Identifier: MIT */
/* One zone: the one the device can reach. */
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/module.h>

static int __init zones_init(void)
{
	struct page *page;

	page = alloc_pages(GFP_KERNEL | GFP_DMA, 0);
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
