/* SPDX-License-Identifier: MIT */
/* Three leaks: lost while it lives, forgotten by the exit, left by an error path of init. */
#include <linux/module.h>
#include <linux/slab.h>

static char *kept, *second, *third;

static int __init leaks_init(void)
{
	kept = kmalloc(10, GFP_KERNEL);
	if (!kept)
		return -ENOMEM;
	kept = kmalloc(20, GFP_KERNEL);
	if (!kept)
		return -ENOMEM;
	second = kmalloc(30, GFP_KERNEL);
	if (!second) {
		kfree(kept);
		return -ENOMEM;
	}
	third = kmalloc(40, GFP_KERNEL);
	if (!third) {
		kfree(kept);
		return -EBUSY;
	}
	second[0] = third[0] = kept[0] = 1;
	return 0;
}

static void __exit leaks_exit(void)
{
	kfree(second);
	pr_info("%d\n", kept[0] + third[0]);
	kfree(third);
}

module_init(leaks_init);
module_exit(leaks_exit);
MODULE_LICENSE("GPL");
