/* SPDX-License-Identifier: MIT */
/*
 * sizeof of the wrong thing: memset() clears past a 64-byte object that fills its size class
 * exactly.
 */
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
	memset(small, 0, sizeof(struct large)); /* finding: out-of-bounds */
	kfree(small);
	return 0;
}

static void __exit neighbour_exit(void)
{
}

module_init(neighbour_init);
module_exit(neighbour_exit);
MODULE_LICENSE("GPL");
