/* SPDX-License-Identifier: MIT */
/* warn_bad.c - users of a device: one is still there when it goes */
#include <linux/bug.h>
#include <linux/module.h>

static int users;

static void device_open(void)
{
	users++;
}

static int __init users_init(void)
{
	device_open();
	return 0;
}

static void __exit users_exit(void)
{
	WARN_ON(users); /* finding: warn */
}

module_init(users_init);
module_exit(users_exit);

MODULE_DESCRIPTION("an example of warn");
MODULE_LICENSE("GPL");
