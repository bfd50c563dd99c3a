/* SPDX-License-Identifier: MIT */
/* The pointer walked along the buffer, and the walked one is freed. */
#include <linux/module.h>
#include <linux/slab.h>

static int __init walk_init(void)
{
	char *text = kmalloc(64, GFP_KERNEL), *at = text;

	if (!text)
		return -ENOMEM;
	for (int i = 0; i < 8; i++)
		*at++ = 'a' + i;
	kfree(at); /* finding: invalid-free */
	kfree(text);
	return 0;
}

static void __exit walk_exit(void)
{
}

module_init(walk_init);
module_exit(walk_exit);
MODULE_LICENSE("GPL");
