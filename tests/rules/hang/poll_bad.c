/* SPDX-License-Identifier: MIT */
/* A poll in init for what never comes. */
#include <linux/delay.h>
#include <linux/module.h>

static unsigned int ready;

static int __init device_init(void)
{
	int tries = 0;

	while (!READ_ONCE(ready) && tries++ >= 0)
		msleep(10); /* finding: hang */
	return 0;
}

static void __exit device_exit(void)
{
}

module_init(device_init);
module_exit(device_exit);
MODULE_LICENSE("GPL");
