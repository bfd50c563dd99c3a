/* SPDX-License-Identifier: MIT */
/* Growing fails, and until the old buffer is back there is none: a reader may come just then. */
/* options: --sweep=orders --schedules 24 */
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/slab.h>

static u32 *samples;
static struct task_struct *reader;

static int reader_fn(void *unused)
{
	while (!kthread_should_stop()) {
		samples[0]++; /* finding: null-unchecked */
		msleep(2);
	}
	return 0;
}

static int samples_grow(size_t count)
{
	u32 *old = samples;

	samples = kcalloc(count, sizeof(*samples), GFP_KERNEL);
	if (!samples) {
		samples = old;
		return -ENOMEM;
	}
	samples[0] = old[0];
	msleep(20);
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
