/* SPDX-License-Identifier: MIT */
/* Room for the characters and the terminator. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

static char name[] = "eight ch";
static char *copy;

static int __init copy_init(void)
{
	copy = kmalloc(strlen(name) + 1, GFP_KERNEL);
	if (!copy)
		return -ENOMEM;
	strcpy(copy, name);
	return 0;
}

static void __exit copy_exit(void)
{
	kfree(copy);
}

module_init(copy_init);
module_exit(copy_exit);
MODULE_LICENSE("GPL");
