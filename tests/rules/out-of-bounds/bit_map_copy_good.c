/* SPDX-License-Identifier: MIT */
/* Two maps of the same sizes are combined. */
#include <linux/bitmap.h>
#include <linux/module.h>
#include <linux/printk.h>

#define LINES 128

static DECLARE_BITMAP(wanted, LINES);

static int __init lines_init(void)
{
	DECLARE_BITMAP(both, LINES);
	DECLARE_BITMAP(there, LINES);

	bitmap_fill(there, LINES);
	bitmap_set(wanted, 3, 20);
	bitmap_and(both, there, wanted, LINES);
	pr_info("%u lines\n", bitmap_weight(both, LINES));
	return 0;
}

static void __exit lines_exit(void)
{
}

module_init(lines_init);
module_exit(lines_exit);
MODULE_LICENSE("GPL");
