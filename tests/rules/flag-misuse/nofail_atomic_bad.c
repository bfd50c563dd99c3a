/* SPDX-License-Identifier: MIT */
/* __GFP_NOFAIL promises to wait, GFP_ATOMIC forbids to: the promise cannot be kept. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK(lock);

static int __init nofail_init(void)
{
	void *journal;

	spin_lock(&lock);
	journal = kmalloc(128, GFP_ATOMIC | __GFP_NOFAIL); /* finding: flag-misuse */
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
