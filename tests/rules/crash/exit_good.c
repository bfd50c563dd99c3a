/* SPDX-License-Identifier: MIT */
/* The exit function tests the pointer. */
#include <linux/module.h>

static int *lamp;

static int __init lamp_init(void)
{
	return 0;
}

static void __exit lamp_exit(void)
{
	if (lamp)
		*lamp = 0;
}

module_init(lamp_init);
module_exit(lamp_exit);
MODULE_LICENSE("GPL");
