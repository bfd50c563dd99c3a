/* SPDX-License-Identifier: MIT */
/* The recursion ends. */
#include <linux/module.h>

static noinline int walk(int level, volatile char *above)
{
	volatile char here[256];

	here[0] = (char)level;
	if (level == 8)
		return above[0];
	return walk(level + 1, here) + here[0];
}

static int __init tree_init(void)
{
	char root = 0;

	walk(0, &root);
	return 0;
}

static void __exit tree_exit(void)
{
}

module_init(tree_init);
module_exit(tree_exit);
MODULE_LICENSE("GPL");
