/* SPDX-License-Identifier: MIT */
/* The order of a block comes from a product that wrapped. */
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/module.h>

static unsigned int width = 65536, height = 65536 + 1;
module_param(width, uint, 0444);
module_param(height, uint, 0444);

static struct page *screen;
static unsigned int order;

static int screen_open(u32 columns, u32 lines)
{
	u32 bytes = columns * lines;

	order = get_order(bytes);
	screen = alloc_pages(GFP_KERNEL, order); /* finding: size-overflow */
	return screen ? 0 : -ENOMEM;
}

static int __init pages_init(void)
{
	if (screen_open(width, height))
		pr_info("no screen\n");
	return 0;
}

static void __exit pages_exit(void)
{
	if (screen)
		__free_pages(screen, order);
}

module_init(pages_init);
module_exit(pages_exit);
MODULE_LICENSE("GPL");
