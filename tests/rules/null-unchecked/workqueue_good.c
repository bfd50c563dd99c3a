/* SPDX-License-Identifier: MIT */
/* The queue is tested before it is used. */
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
	if (!queue)
		return -ENOMEM;
	queue_work(queue, &log_work);
	return 0;
}

static void __exit log_exit(void)
{
	destroy_workqueue(queue);
}

module_init(log_init);
module_exit(log_exit);
MODULE_LICENSE("GPL");
