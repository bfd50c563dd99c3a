/* SPDX-License-Identifier: MIT */
/* The thread ends before what it was given is freed. */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/slab.h>

static struct task_struct *thread;
static unsigned int *counter;

static int feed_fn(void *data)
{
	unsigned int *count = data;

	while (!kthread_should_stop()) {
		msleep(10);
		*count += 1;
	}
	return 0;
}

static int __init feed_init(void)
{
	counter = kzalloc(sizeof(*counter), GFP_KERNEL);
	if (!counter)
		return -ENOMEM;
	thread = kthread_run(feed_fn, counter, "feed");
	if (IS_ERR(thread)) {
		kfree(counter);
		return PTR_ERR(thread);
	}
	return 0;
}

static void __exit feed_exit(void)
{
	kthread_stop(thread);
	kfree(counter);
}

module_init(feed_init);
module_exit(feed_exit);
MODULE_LICENSE("GPL");
