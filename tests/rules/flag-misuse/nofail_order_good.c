/* SPDX-License-Identifier: MIT */
/* Eight pages in a row that may fail, and the caller looks. */
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/module.h>

#define ORDER 3

static struct page *area;

static struct page *area_new(gfp_t gfp)
{
	return alloc_pages(gfp | __GFP_COMP | __GFP_NOWARN, ORDER);
}

static int __init area_init(void)
{
	area = area_new(GFP_KERNEL);
	return area ? 0 : -ENOMEM;
}

static void __exit area_exit(void)
{
	__free_pages(area, ORDER);
}

module_init(area_init);
module_exit(area_exit);
MODULE_LICENSE("GPL");
