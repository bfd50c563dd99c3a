/* SPDX-License-Identifier: MIT */
/* Under the lock the atomic flag is right. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK(lock);
static size_t wanted = 100;

static int __init unlock_init(void)
{
	size_t bytes;
	void *copy;

	spin_lock(&lock);
	bytes = wanted;
	copy = kmalloc(bytes, GFP_ATOMIC);
	spin_unlock(&lock);
	kfree(copy);
	return 0;
}

static void __exit unlock_exit(void)
{
}

module_init(unlock_init);
module_exit(unlock_exit);
MODULE_LICENSE("GPL");
