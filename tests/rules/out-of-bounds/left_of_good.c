/* SPDX-License-Identifier: MIT */
/* The loop stops at the first byte. */
#include <linux/module.h>
#include <linux/slab.h>

static int __init name_init(void)
{
	char *name = kzalloc(64, GFP_KERNEL);
	int at = 10;

	if (!name)
		return -ENOMEM;
	while (at-- > 0)
		name[at] = ' ';
	kfree(name);
	return 0;
}

static void __exit name_exit(void)
{
}

module_init(name_init);
module_exit(name_exit);
MODULE_LICENSE("GPL");
