/* SPDX-License-Identifier: MIT */
/* kthread_run() fails with an error pointer, never with NULL. */
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/module.h>

static struct task_struct *thread;

static int beat_fn(void *data)
{
	while (!kthread_should_stop())
		msleep(5);
	return 0;
}

static int __init beat_init(void)
{
	thread = kthread_run(beat_fn, NULL, "beat");
	if (!thread)
		return -ENOMEM;
	return 0;
}

static void __exit beat_exit(void)
{
	kthread_stop(thread); /* finding: null-unchecked */
}

module_init(beat_init);
module_exit(beat_exit);
MODULE_LICENSE("GPL");
