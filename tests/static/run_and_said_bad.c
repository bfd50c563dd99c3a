/* SPDX-License-Identifier: MIT */
/* What a run shows and a compiler knows too is one finding; what ran and was right is none. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK(lock);

static int __init both_init(void)
{
	int *number;

	spin_lock(&lock);
	number = kmalloc(sizeof(*number), GFP_KERNEL); /* finding: sleep-in-atomic */
	spin_unlock(&lock);
	if (!number)
		return -ENOMEM;
	*number = 3;
	kfree(number);
	pr_info("%d\n", *number); /* finding: use-after-free */
	return 0;
}

static void __exit both_exit(void)
{
}

module_init(both_init);
module_exit(both_exit);
MODULE_LICENSE("GPL");
