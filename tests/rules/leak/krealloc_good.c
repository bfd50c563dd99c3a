/* SPDX-License-Identifier: MIT */
/* The old pointer is kept until krealloc() has succeeded. */
#include <linux/module.h>
#include <linux/slab.h>

static char *text;

static int __init grow_init(void)
{
	char *more;

	text = kmalloc(10, GFP_KERNEL);
	if (!text)
		return -ENOMEM;
	more = krealloc(text, 200, GFP_KERNEL);
	if (!more) {
		kfree(text);
		return -ENOMEM;
	}
	text = more;
	return 0;
}

static void __exit grow_exit(void)
{
	kfree(text);
}

module_init(grow_init);
module_exit(grow_exit);
MODULE_LICENSE("GPL");
