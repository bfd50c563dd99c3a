/* SPDX-License-Identifier: MIT */
/* A thread that never ends holds one buffer while it sleeps: in a local variable, nowhere else. */
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>

static unsigned int filled;

static int fill(void *unused)
{
	char *buffer = kmalloc(200, GFP_KERNEL);
	int i;

	if (!buffer)
		return -ENOMEM;
	for (i = 0; i < 3; i++) {
		buffer[i] = (char)i;
		schedule_timeout_interruptible(2);
		filled += buffer[i];
	}
	set_current_state(TASK_INTERRUPTIBLE);
	schedule();
	filled += buffer[1];
	kfree(buffer);
	return 0;
}

static int __init fill_init(void)
{
	return PTR_ERR_OR_ZERO(kthread_run(fill, NULL, "filler"));
}

module_init(fill_init);
MODULE_LICENSE("GPL");
