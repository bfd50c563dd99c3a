/* SPDX-License-Identifier: MIT */
/* warn_good.c - users of a device, as it should be */
#include <linux/bug.h>
#include <linux/module.h>

static int users;

static void device_open(void)
{
	users++;
}

static void device_close(void)
{
	users--;
}

static int __init users_init(void)
{
	device_open();
	return 0;
}

static void __exit users_exit(void)
{
	device_close();
	WARN_ON(users);
}

module_init(users_init);
module_exit(users_exit);

MODULE_DESCRIPTION("an example of warn");
MODULE_LICENSE("GPL");
