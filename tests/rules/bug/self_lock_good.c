/* SPDX-License-Identifier: MIT */
/* The inner function is called with the lock held. */
#include <linux/module.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK(count_lock);
static unsigned int count;

static void count_up(void)
{
	count++;
}

static int __init count_init(void)
{
	spin_lock(&count_lock);
	count_up();
	spin_unlock(&count_lock);
	return 0;
}

static void __exit count_exit(void)
{
}

module_init(count_init);
module_exit(count_exit);
MODULE_LICENSE("GPL");
