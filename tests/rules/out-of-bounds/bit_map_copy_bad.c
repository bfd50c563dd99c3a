/* SPDX-License-Identifier: MIT */
/* Two maps of different sizes are combined. */
#include <linux/bitmap.h>
#include <linux/module.h>
#include <linux/printk.h>

#define LINES 128

static DECLARE_BITMAP(wanted, LINES / 2);

static int __init lines_init(void)
{
	DECLARE_BITMAP(both, LINES);
	DECLARE_BITMAP(there, LINES);

	bitmap_fill(there, LINES);
	bitmap_set(wanted, 3, 20);
	bitmap_and(both, there, wanted, LINES); /* finding: out-of-bounds */
	pr_info("%u lines\n", bitmap_weight(both, LINES));
	return 0;
}

static void __exit lines_exit(void)
{
}

module_init(lines_init);
module_exit(lines_exit);
MODULE_LICENSE("GPL");
