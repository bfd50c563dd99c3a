/* SPDX-License-Identifier: MIT */
/* xchg() hands the buffer to one of the two. */
#include <linux/atomic.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/slab.h>

static char *shared;
static struct task_struct *cleaners[2];

static int cleaner_fn(void *unused)
{
	kfree(xchg(&shared, NULL));
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

static int __init cleaner_init(void)
{
	shared = kmalloc(100, GFP_KERNEL);
	if (!shared)
		return -ENOMEM;
	for (unsigned int i = 0; i < 2; i++) {
		cleaners[i] = kthread_run(cleaner_fn, NULL, "cleaner/%u", i);
		if (IS_ERR(cleaners[i])) {
			if (i)
				kthread_stop(cleaners[0]);
			kfree(shared);
			shared = NULL;
			return PTR_ERR(cleaners[i]);
		}
	}
	return 0;
}

static void __exit cleaner_exit(void)
{
	kthread_stop(cleaners[0]);
	kthread_stop(cleaners[1]);
	kfree(shared);
}

module_init(cleaner_init);
module_exit(cleaner_exit);
MODULE_LICENSE("GPL");
