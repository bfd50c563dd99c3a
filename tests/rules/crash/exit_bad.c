/* SPDX-License-Identifier: MIT */
/* The exit function uses a pointer that was never set. */
#include <linux/module.h>

static int *lamp;

static int __init lamp_init(void)
{
	return 0;
}

static void __exit lamp_exit(void)
{
	*lamp = 0; /* finding: crash */
}

module_init(lamp_init);
module_exit(lamp_exit);
MODULE_LICENSE("GPL");
