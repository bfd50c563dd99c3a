/* SPDX-License-Identifier: MIT */
/* Many sites, some of them on error paths, and two mistakes. */
#include <linux/module.h>
#include <linux/slab.h>

static char *slots[16];

static noinline char *one(int depth, size_t bytes)
{
	char *p;

	if (depth)
		return one(depth - 1, bytes);
	p = kmalloc(bytes, GFP_KERNEL);
	if (!p)
		p = kmalloc(bytes / 2, GFP_KERNEL);
	return p;
}

static int __init many_init(void)
{
	int i;

	for (i = 0; i < 16; i++)
		slots[i] = one(i, 64 + i);
	slots[3][0] = 1;
	return slots[15] ? 0 : -ENOMEM;
}

static void __exit many_exit(void)
{
	int i;

	for (i = 0; i < 16; i++)
		kfree(slots[i]);
}

module_init(many_init);
module_exit(many_exit);
MODULE_LICENSE("GPL");
