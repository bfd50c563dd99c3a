/* SPDX-License-Identifier: MIT */
/* Module init may sleep, and says so. */
#include <linux/module.h>
#include <linux/slab.h>

static int *counters;

static int __init counters_init(void)
{
	counters = kcalloc(16, sizeof(*counters), GFP_KERNEL);
	return counters ? 0 : -ENOMEM;
}

static void __exit counters_exit(void)
{
	kfree(counters);
}

module_init(counters_init);
module_exit(counters_exit);
MODULE_LICENSE("GPL");
