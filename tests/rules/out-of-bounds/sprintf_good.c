/* SPDX-License-Identifier: MIT */
/* The library writes on the module's behalf: no more than the buffer holds. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

static char *name;

static int __init name_init(void)
{
	name = kmalloc(8, GFP_KERNEL);
	if (!name)
		return -ENOMEM;
	snprintf(name, 8, "queue-%d", 12);
	return 0;
}

static void __exit name_exit(void)
{
	kfree(name);
}

module_init(name_init);
module_exit(name_exit);
MODULE_LICENSE("GPL");
