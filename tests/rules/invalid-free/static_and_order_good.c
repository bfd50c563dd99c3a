/* SPDX-License-Identifier: MIT */
/* What was not allocated is not freed; a block goes back with the order it came with. */
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

static char fallback[32];
static bool use_fallback = true;

static int __init order_init(void)
{
	char *buffer = use_fallback ? fallback : kmalloc(32, GFP_KERNEL);
	unsigned long block = __get_free_pages(GFP_KERNEL, 2);

	if (buffer != fallback)
		kfree(buffer);
	if (block)
		free_pages(block, 2);
	return 0;
}

static void __exit order_exit(void)
{
}

module_init(order_init);
module_exit(order_exit);
MODULE_LICENSE("GPL");
