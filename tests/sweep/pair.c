/* SPDX-License-Identifier: MIT */
/* Either buffer does; only when both are missing is it seen that nobody asked for that. */
#include <linux/module.h>
#include <linux/slab.h>

static char *near, *far;

static int __init pair_init(void)
{
	char *one;

	near = kzalloc(100, GFP_KERNEL);
	far = kzalloc(200, GFP_KERNEL);
	one = near ? near : far;
	one[5] = 1;
	return 0;
}

static void __exit pair_exit(void)
{
	kfree(far);
	kfree(near);
}

module_init(pair_init);
module_exit(pair_exit);
MODULE_LICENSE("GPL");
