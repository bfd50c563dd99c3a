/* SPDX-License-Identifier: MIT */
/* crash_bad.c - operations of a device: one of them is missing */
#include <linux/module.h>

struct operations {
	int (*start)(void);
};

static struct operations operations;

static int __init start_init(void)
{
	return operations.start(); /* finding: crash */
}

static void __exit start_exit(void)
{
}

module_init(start_init);
module_exit(start_exit);

MODULE_DESCRIPTION("an example of crash");
MODULE_LICENSE("GPL");
