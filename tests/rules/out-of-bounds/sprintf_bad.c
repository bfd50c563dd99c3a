/* SPDX-License-Identifier: MIT */
/* The library writes on the module's behalf: a name one byte too long for its buffer. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

static char *name;

static int __init name_init(void)
{
	name = kmalloc(8, GFP_KERNEL);
	if (!name)
		return -ENOMEM;
	sprintf(name, "queue-%d", 12); /* finding: out-of-bounds */
	return 0;
}

static void __exit name_exit(void)
{
	kfree(name);
}

module_init(name_init);
module_exit(name_exit);
MODULE_LICENSE("GPL");
