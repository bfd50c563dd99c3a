/* SPDX-License-Identifier: MIT */
/* A function takes the spinlock that its caller holds. */
#include <linux/module.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK(count_lock);
static unsigned int count;

static void count_up(void)
{
	spin_lock(&count_lock); /* finding: bug */
	count++;
	spin_unlock(&count_lock);
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
