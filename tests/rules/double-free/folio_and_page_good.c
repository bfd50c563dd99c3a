/* SPDX-License-Identifier: MIT */
/* A folio's last reference goes twice: once by its page, once by itself. */
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/module.h>

static struct folio *folio;

static void folio_drop(struct page *page)
{
	put_page(page);
}

static int __init folio_init(void)
{
	folio = folio_alloc(GFP_KERNEL, 2);
	if (!folio)
		return -ENOMEM;
	folio_get(folio);
	folio_drop(folio_page(folio, 0));
	return 0;
}

static void __exit folio_exit(void)
{
	folio_put(folio);
}

module_init(folio_init);
module_exit(folio_exit);
MODULE_LICENSE("GPL");
