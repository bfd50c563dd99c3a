/* SPDX-License-Identifier: MIT */
/* A static array was never allocated; a block of four pages is not one of two. */
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

	kfree(buffer); /* finding: invalid-free */
	if (block) {
		free_pages(block, 1); /* finding: invalid-free */
		free_pages(block, 2);
	}
	return 0;
}

static void __exit order_exit(void)
{
}

module_init(order_init);
module_exit(order_exit);
MODULE_LICENSE("GPL");
