/* SPDX-License-Identifier: MIT */
/* Without a setting of its own a filter uses the table of defaults, which was not allocated. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

struct limits {
	u32 low, high;
};

static struct limits default_limits = { 10, 90 };
static struct limits *limits = &default_limits;

static int limits_set(u32 low, u32 high)
{
	struct limits *fresh = kmalloc(sizeof(*fresh), GFP_KERNEL);

	if (!fresh)
		return -ENOMEM;
	fresh->low = low;
	fresh->high = high;
	kfree(limits); /* finding: invalid-free */
	limits = fresh;
	return 0;
}

static int __init limits_init(void)
{
	limits_set(20, 80);
	return 0;
}

static void __exit limits_exit(void)
{
	if (limits != &default_limits)
		kfree(limits);
}

module_init(limits_init);
module_exit(limits_exit);
MODULE_LICENSE("GPL");
