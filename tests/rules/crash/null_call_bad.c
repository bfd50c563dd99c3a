/* SPDX-License-Identifier: MIT */
/* A call of a function that was never set. */
#include <linux/module.h>

static unsigned int calls;
static void (*hook)(void);

static void count_call(void)
{
	calls++;
}

static int __init hook_init(void)
{
	if (!calls)
		hook(); /* finding: crash */
	count_call();
	return 0;
}

static void __exit hook_exit(void)
{
}

module_init(hook_init);
module_exit(hook_exit);
MODULE_LICENSE("GPL");
