/* SPDX-License-Identifier: MIT */
/* The function is set. */
#include <linux/module.h>

static unsigned int calls;
static void (*hook)(void);

static void count_call(void)
{
	calls++;
}

static int __init hook_init(void)
{
	hook = count_call;
	if (!calls)
		hook();
	count_call();
	return 0;
}

static void __exit hook_exit(void)
{
}

module_init(hook_init);
module_exit(hook_exit);
MODULE_LICENSE("GPL");
