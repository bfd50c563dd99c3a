/* SPDX-License-Identifier: MIT */
/* The length is bounded. */
#include <linux/minmax.h>
#include <linux/module.h>
#include <linux/string.h>

static unsigned int wanted = 17000;
module_param(wanted, uint, 0444);

static int digest(unsigned int bytes)
{
	u8 data[bytes];

	memset(data, 7, bytes);
	return data[bytes / 2];
}

static int __init variable_init(void)
{
	return digest(min(wanted, 512u)) != 7;
}

static void __exit variable_exit(void)
{
}

module_init(variable_init);
module_exit(variable_exit);
MODULE_LICENSE("GPL");
