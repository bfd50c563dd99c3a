// SPDX-License-Identifier: MIT
#include <linux/module.h>
#include <linux/slab.h>
#include "bus.h"

static char *copy;

static int __init leaf_init(void)
{
	copy = kmalloc(32, GFP_KERNEL);
	if (!copy)
		return -ENOMEM;
	memset(copy, 0, 32);
	pr_info("%s: beside %d clients\n", KBUILD_MODNAME, bus_clients);
	((char *)client_get()->data)[64] = 1; /* finding: out-of-bounds */
	return 0;
}

static void __exit leaf_exit(void)
{
	kfree(copy);
}

module_init(leaf_init);
module_exit(leaf_exit);
MODULE_LICENSE("GPL");
