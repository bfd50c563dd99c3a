/* SPDX-License-Identifier: MIT */
/* A thread that never ends takes a new buffer each time it wakes, and forgets the old one. */
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>

static unsigned int filled;

static int fill(void *unused)
{
	int i;

	for (i = 0; i < 3; i++) {
		char *buffer = kmalloc(200, GFP_KERNEL); /* finding: leak */

		if (!buffer)
			return -ENOMEM;
		buffer[0] = (char)i;
		schedule_timeout_interruptible(2);
		filled += buffer[0];
	}
	set_current_state(TASK_INTERRUPTIBLE);
	schedule();
	return 0;
}

static int __init fill_init(void)
{
	return PTR_ERR_OR_ZERO(kthread_run(fill, NULL, "filler"));
}

module_init(fill_init);
MODULE_LICENSE("GPL");
