/* SPDX-License-Identifier: MIT */
/* Memory that must not fail is taken where waiting is allowed, before the lock. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK(lock);

static int __init nofail_init(void)
{
	void *journal;

	journal = kmalloc(128, GFP_KERNEL | __GFP_NOFAIL);
	spin_lock(&lock);
	*(int *)journal = 1;
	spin_unlock(&lock);
	kfree(journal);
	return 0;
}

static void __exit nofail_exit(void)
{
}

module_init(nofail_init);
module_exit(nofail_exit);
MODULE_LICENSE("GPL");
