// SPDX-License-Identifier: MIT
/* put_pages.c - pages and their array that vfree() gives back, on every road */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/gfp.h>
#include <linux/vmalloc.h>

static int __init pp_init(void)
{
	struct page **pages = kvmalloc_array(4, sizeof(*pages), GFP_KERNEL);
	unsigned int i, n = 0;
	void *area = NULL;

	if (!pages)
		return -ENOMEM;
	for (i = 0; i < 4; i++) {
		pages[i] = alloc_page(GFP_KERNEL);
		if (!pages[i])
			goto out;
		n++;
	}
	area = vmap(pages, 4, VM_MAP | VM_MAP_PUT_PAGES, PAGE_KERNEL);
	if (area) {
		memset(area, 1, 4 * PAGE_SIZE);
		vfree(area);
		return 0;
	}
out:
	while (n)
		__free_page(pages[--n]);
	kvfree(pages);
	return -ENOMEM;
}

static void __exit pp_exit(void)
{
}

module_init(pp_init);
module_exit(pp_exit);
MODULE_LICENSE("Dual MIT/GPL");
