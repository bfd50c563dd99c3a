/* SPDX-License-Identifier: MIT */
/* The status byte of a device, at an address that somebody typed instead of mapping it. */
#include <linux/module.h>

static unsigned long base = 0x555555555550;
module_param(base, ulong, 0444);

static u8 status;

static u8 read_status(unsigned long at)
{
	return *(volatile u8 *)at; /* finding: crash */
}

static int __init probe_init(void)
{
	status = read_status(base);
	return 0;
}

static void __exit probe_exit(void)
{
	pr_info("status %u\n", status);
}

module_init(probe_init);
module_exit(probe_exit);
MODULE_LICENSE("GPL");
