/* SPDX-License-Identifier: MIT */
/* The work frees its request, and the one who queued it looks at the request once more. */
/* options: --no-sweep --schedules 24 */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct request {
	struct work_struct work;
	unsigned int id;
};

static struct workqueue_struct *queue;
unsigned int last_queued;

static void request_run(struct work_struct *work)
{
	kfree(container_of(work, struct request, work));
}

static int request_queue(unsigned int id)
{
	struct request *request = kzalloc(sizeof(*request), GFP_KERNEL);

	if (!request)
		return -ENOMEM;
	request->id = id;
	INIT_WORK(&request->work, request_run);
	queue_work(queue, &request->work);
	last_queued = request->id; /* finding: use-after-free */
	return 0;
}

static int __init request_init(void)
{
	int error;

	queue = alloc_workqueue("requests", 0, 0);
	if (!queue)
		return -ENOMEM;
	error = request_queue(1);
	if (!error)
		error = request_queue(2);
	if (error)
		destroy_workqueue(queue);
	return error;
}

static void __exit request_exit(void)
{
	destroy_workqueue(queue);
}

module_init(request_init);
module_exit(request_exit);
MODULE_LICENSE("GPL");
