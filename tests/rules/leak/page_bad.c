/* SPDX-License-Identifier: MIT */
/*
 * krealloc() failed, its result overwrote the only pointer; and a page block that nobody gives
 * back.
 */
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

static char *log_text;

static int __init page_init(void)
{
	unsigned long block;

	log_text = kmalloc(40, GFP_KERNEL); /* finding: leak */
	if (!log_text)
		return -ENOMEM;
	log_text = krealloc(log_text, 4000, GFP_KERNEL);
	if (!log_text)
		return -ENOMEM;
	block = __get_free_pages(GFP_KERNEL, 2); /* finding: leak */
	if (!block) {
		kfree(log_text);
		return -ENOMEM;
	}
	return 0;
}

static void __exit page_exit(void)
{
	kfree(log_text);
}

module_init(page_init);
module_exit(page_exit);
MODULE_LICENSE("GPL");
