/* SPDX-License-Identifier: MIT */
/* krealloc() fails and the old block, still there, loses its only pointer. */
#include <linux/module.h>
#include <linux/slab.h>

static char *text;

static int __init grow_init(void)
{
	char *more;

	text = kmalloc(10, GFP_KERNEL); /* finding: leak */
	if (!text)
		return -ENOMEM;
	more = krealloc(text, 200, GFP_KERNEL);
	text = more;
	return more ? 0 : -ENOMEM;
}

static void __exit grow_exit(void)
{
	kfree(text);
}

module_init(grow_init);
module_exit(grow_exit);
MODULE_LICENSE("GPL");
