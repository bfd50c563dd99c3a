/* SPDX-License-Identifier: MIT */
/* A queue is used without looking whether it was made. */
#include <linux/module.h>
#include <linux/workqueue.h>

static struct workqueue_struct *queue;

static void log_fn(struct work_struct *work)
{
}
static DECLARE_WORK(log_work, log_fn);

static int __init log_init(void)
{
	queue = alloc_workqueue("log", 0, 0);
	queue_work(queue, &log_work); /* finding: null-unchecked */
	return 0;
}

static void __exit log_exit(void)
{
	destroy_workqueue(queue);
}

module_init(log_init);
module_exit(log_exit);
MODULE_LICENSE("GPL");
