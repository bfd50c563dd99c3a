/* SPDX-License-Identifier: MIT */
/* alloc_page() returns the page's structure, kfree() wants memory; and the other way about. */
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

static int __init frames_init(void)
{
	struct page *page = alloc_page(GFP_KERNEL);
	unsigned long address = __get_free_page(GFP_KERNEL);

	if (page) {
		clear_page(page_address(page));
		__free_page(page);
	}
	if (address) {
		free_page(address);
	}
	return 0;
}

static void __exit frames_exit(void)
{
}

module_init(frames_init);
module_exit(frames_exit);
MODULE_LICENSE("GPL");
