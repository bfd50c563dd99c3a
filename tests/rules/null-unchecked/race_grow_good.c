/* SPDX-License-Identifier: MIT */
/* The new buffer takes the old one's place when it is there, and readers are kept out. */
/* options: --sweep=orders --schedules 24 */
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>

static u32 *samples;
static DEFINE_MUTEX(samples_lock);
static struct task_struct *reader;

static int reader_fn(void *unused)
{
	while (!kthread_should_stop()) {
		mutex_lock(&samples_lock);
		samples[0]++;
		mutex_unlock(&samples_lock);
		msleep(2);
	}
	return 0;
}

static int samples_grow(size_t count)
{
	u32 *grown = kcalloc(count, sizeof(*samples), GFP_KERNEL), *old;

	if (!grown)
		return -ENOMEM;
	mutex_lock(&samples_lock);
	old = samples;
	grown[0] = old[0];
	samples = grown;
	mutex_unlock(&samples_lock);
	kfree(old);
	return 0;
}

static int __init reader_init(void)
{
	samples = kcalloc(4, sizeof(*samples), GFP_KERNEL);
	if (!samples)
		return -ENOMEM;
	reader = kthread_run(reader_fn, NULL, "reader");
	if (IS_ERR(reader)) {
		kfree(samples);
		return PTR_ERR(reader);
	}
	samples_grow(16);
	return 0;
}

static void __exit reader_exit(void)
{
	kthread_stop(reader);
	kfree(samples);
}

module_init(reader_init);
module_exit(reader_exit);
MODULE_LICENSE("GPL");
