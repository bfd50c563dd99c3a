/* SPDX-License-Identifier: MIT */
/* The buffer goes while the thread that fills it still runs. */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/slab.h>

static struct task_struct *filler;
static u16 *buffer;

static int filler_fn(void *unused)
{
	unsigned int at = 0;

	while (!kthread_should_stop()) {
		buffer[at % 32] = (u16)at; /* finding: use-after-free */
		at++;
		msleep(20);
	}
	return 0;
}

static int __init filler_init(void)
{
	buffer = kcalloc(32, sizeof(*buffer), GFP_KERNEL);
	if (!buffer)
		return -ENOMEM;
	filler = kthread_run(filler_fn, NULL, "filler");
	if (IS_ERR(filler)) {
		kfree(buffer);
		return PTR_ERR(filler);
	}
	return 0;
}

static void __exit filler_exit(void)
{
	kfree(buffer);
	kthread_stop(filler);
}

module_init(filler_init);
module_exit(filler_exit);
MODULE_LICENSE("GPL");
