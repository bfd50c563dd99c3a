/* SPDX-License-Identifier: MIT */
/* The thread is tested with IS_ERR(). */
#include <linux/delay.h>
#include <linux/err.h>
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
	return PTR_ERR_OR_ZERO(thread);
}

static void __exit beat_exit(void)
{
	kthread_stop(thread);
}

module_init(beat_init);
module_exit(beat_exit);
MODULE_LICENSE("GPL");
