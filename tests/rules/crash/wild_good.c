/* SPDX-License-Identifier: MIT */
/* The status byte lies where the caller said that it does. */
#include <linux/module.h>

static u8 device[16] = { [8] = 3 };
static u8 status;

static u8 read_status(unsigned long at)
{
	return *(volatile u8 *)at;
}

static int __init probe_init(void)
{
	status = read_status((unsigned long)device + 8);
	return status == 3 ? 0 : -ENODEV;
}

static void __exit probe_exit(void)
{
	pr_info("status %u\n", status);
}

module_init(probe_init);
module_exit(probe_exit);
MODULE_LICENSE("GPL");
