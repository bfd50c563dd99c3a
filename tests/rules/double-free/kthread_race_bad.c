/* SPDX-License-Identifier: MIT */
/* Two threads free what only one of them may free. */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/slab.h>

static char *letter;
static struct task_struct *readers[2];

static int read_fn(void *data)
{
	char *mine = READ_ONCE(letter);

	if (mine) {
		usleep_range(50, 100);
		WRITE_ONCE(letter, NULL);
		kfree(mine); /* finding: double-free */
	}
	while (!kthread_should_stop())
		msleep(1);
	return 0;
}

static int __init mailbox_init(void)
{
	letter = kmalloc(32, GFP_KERNEL);
	if (!letter)
		return -ENOMEM;
	for (int i = 0; i < 2; i++) {
		readers[i] = kthread_run(read_fn, NULL, "reader");
		if (!IS_ERR(readers[i]))
			continue;
		if (i)
			kthread_stop(readers[0]);
		kfree(xchg(&letter, NULL));
		return PTR_ERR(readers[i]);
	}
	return 0;
}

static void __exit mailbox_exit(void)
{
	kthread_stop(readers[0]);
	kthread_stop(readers[1]);
	kfree(xchg(&letter, NULL));
}

module_init(mailbox_init);
module_exit(mailbox_exit);
MODULE_LICENSE("GPL");
