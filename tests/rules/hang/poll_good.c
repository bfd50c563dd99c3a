/* SPDX-License-Identifier: MIT */
/* The poll gives up. */
#include <linux/delay.h>
#include <linux/module.h>

static unsigned int ready;

static int __init device_init(void)
{
	int tries = 0;

	while (!READ_ONCE(ready) && tries++ < 10)
		msleep(10);
	return 0;
}

static void __exit device_exit(void)
{
}

module_init(device_init);
module_exit(device_exit);
MODULE_LICENSE("GPL");
