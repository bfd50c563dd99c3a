/* SPDX-License-Identifier: MIT */
/* bug_bad.c - a device that is not ready: the lock is kept on the way out */
#include <linux/module.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK(lock);
static bool is_ready;

static int start(void)
{
	spin_lock(&lock);
	if (!is_ready)
		return -EAGAIN;
	spin_unlock(&lock);
	return 0;
}

static int __init ready_init(void)
{ /* finding: bug */
	start();
	return 0;
}

static void __exit ready_exit(void)
{
}

module_init(ready_init);
module_exit(ready_exit);

MODULE_DESCRIPTION("an example of bug");
MODULE_LICENSE("GPL");
