/* SPDX-License-Identifier: MIT */
/* sizeof of the object itself. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

struct small {
	u8 bytes[64];
};

struct large {
	u8 bytes[72];
};

static int __init neighbour_init(void)
{
	struct small *small = kmalloc(sizeof(*small), GFP_KERNEL);

	if (!small)
		return -ENOMEM;
	memset(small, 0, sizeof(*small));
	kfree(small);
	return 0;
}

static void __exit neighbour_exit(void)
{
}

module_init(neighbour_init);
module_exit(neighbour_exit);
MODULE_LICENSE("GPL");
