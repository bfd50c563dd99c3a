/* SPDX-License-Identifier: MIT */
/* Who copies holds the lock under which the message is replaced. */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>

static DEFINE_MUTEX(message_lock);
static char *message;
static struct task_struct *copier;

static int copier_fn(void *unused)
{
	char copy[32];

	while (!kthread_should_stop()) {
		mutex_lock(&message_lock);
		if (message)
			memcpy(copy, message, sizeof(copy));
		mutex_unlock(&message_lock);
		msleep(1);
	}
	return 0;
}

static void message_set(const char *text)
{
	char *new = kzalloc(32, GFP_KERNEL);

	if (!new)
		return;
	strscpy(new, text, 32);
	mutex_lock(&message_lock);
	kfree(message);
	message = new;
	mutex_unlock(&message_lock);
}

static int __init message_init(void)
{
	copier = kthread_run(copier_fn, NULL, "copier");
	if (IS_ERR(copier))
		return PTR_ERR(copier);
	for (unsigned int i = 0; i < 4; i++) {
		message_set("hello");
		msleep(1);
	}
	return 0;
}

static void __exit message_exit(void)
{
	kthread_stop(copier);
	kfree(message);
}

module_init(message_init);
module_exit(message_exit);
MODULE_LICENSE("GPL");
