/* SPDX-License-Identifier: MIT */
/* A request taken from a mempool is freed to the allocator behind it, in a work function. */
#include <linux/mempool.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct request {
	struct work_struct work;
	int sector;
};

static mempool_t *requests;

static void request_done(struct work_struct *work)
{
	struct request *request = container_of(work, struct request, work);

	mempool_free(request, requests);
}

static int __init queue_init(void)
{
	struct request *request;

	requests = mempool_create_kmalloc_pool(4, sizeof(*request));
	if (!requests)
		return -ENOMEM;
	request = mempool_alloc(requests, GFP_KERNEL);
	request->sector = 8;
	INIT_WORK(&request->work, request_done);
	schedule_work(&request->work);
	return 0;
}

static void __exit queue_exit(void)
{
	flush_scheduled_work();
	mempool_destroy(requests);
}

module_init(queue_init);
module_exit(queue_exit);
MODULE_LICENSE("GPL");
