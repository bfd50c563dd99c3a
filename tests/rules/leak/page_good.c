/* SPDX-License-Identifier: MIT */
/*
 * The old block stays the owner until krealloc() has succeeded; the page block goes back at exit.
 */
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

static char *log_text;
static unsigned long block;

static int __init page_init(void)
{
	char *grown;

	log_text = kmalloc(40, GFP_KERNEL);
	if (!log_text)
		return -ENOMEM;
	grown = krealloc(log_text, 4000, GFP_KERNEL);
	if (!grown)
		goto out_text;
	log_text = grown;
	block = __get_free_pages(GFP_KERNEL, 2);
	if (!block)
		goto out_text;
	return 0;

out_text:
	kfree(log_text);
	return -ENOMEM;
}

static void __exit page_exit(void)
{
	free_pages(block, 2);
	kfree(log_text);
}

module_init(page_init);
module_exit(page_exit);
MODULE_LICENSE("GPL");
