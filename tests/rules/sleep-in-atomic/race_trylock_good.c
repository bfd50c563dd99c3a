/* SPDX-License-Identifier: MIT */
/* The slow road lets go of its lock before it allocates. */
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK(list_lock);
static DEFINE_SPINLOCK(stats_lock);
static unsigned long done, contended;
static struct task_struct *threads[2];

static void account(void)
{
	void *note;

	spin_lock(&stats_lock);
	if (spin_trylock(&list_lock)) {
		done++;
		spin_unlock(&list_lock);
		spin_unlock(&stats_lock);
		return;
	}
	contended++;
	spin_unlock(&stats_lock);
	note = kmalloc(24, GFP_KERNEL);
	kfree(note);
}

static int thread_fn(void *data)
{
	for (unsigned int i = 0; i < 10; i++) {
		if (data) {
			account();
		} else {
			spin_lock(&list_lock);
			done += i;
			spin_unlock(&list_lock);
		}
	}
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

static int __init account_init(void)
{
	for (unsigned int i = 0; i < 2; i++) {
		threads[i] = kthread_run(thread_fn, i ? &done : NULL, "account/%u", i);
		if (IS_ERR(threads[i])) {
			if (i)
				kthread_stop(threads[0]);
			return PTR_ERR(threads[i]);
		}
	}
	return 0;
}

static void __exit account_exit(void)
{
	kthread_stop(threads[0]);
	kthread_stop(threads[1]);
}

module_init(account_init);
module_exit(account_exit);
MODULE_LICENSE("GPL");
