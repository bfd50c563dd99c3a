/* SPDX-License-Identifier: MIT */
/* crash_good.c - operations of a device, as it should be */
#include <linux/module.h>

struct operations {
	int (*start)(void);
};

static struct operations operations;

static int __init start_init(void)
{
	return operations.start ? operations.start() : 0;
}

static void __exit start_exit(void)
{
}

module_init(start_init);
module_exit(start_exit);

MODULE_DESCRIPTION("an example of crash");
MODULE_LICENSE("GPL");
