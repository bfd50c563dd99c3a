/* SPDX-License-Identifier: MIT */
/* The last reference frees the queue; who kills it asks it before how much it served. */
#include <linux/module.h>
#include <linux/percpu-refcount.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct queue {
	struct percpu_ref users;
	struct delayed_work request;
	u32 served;
};

static struct queue *queue;

static void queue_release(struct percpu_ref *ref)
{
	struct queue *q = container_of(ref, struct queue, users);

	percpu_ref_exit(ref);
	kfree(q);
}

static void request_fn(struct work_struct *work)
{
	struct queue *q = container_of(to_delayed_work(work), struct queue, request);

	q->served++;
	percpu_ref_put(&q->users);
}

static int __init queue_init(void)
{
	int error;

	queue = kzalloc(sizeof(*queue), GFP_KERNEL);
	if (!queue)
		return -ENOMEM;
	error = percpu_ref_init(&queue->users, queue_release, 0, GFP_KERNEL);
	if (error) {
		kfree(queue);
		return error;
	}
	INIT_DELAYED_WORK(&queue->request, request_fn);
	if (percpu_ref_tryget_live(&queue->users))
		schedule_delayed_work(&queue->request, HZ);
	return 0;
}

static void __exit queue_exit(void)
{
	flush_delayed_work(&queue->request);
	pr_info("%u requests served\n", queue->served);
	percpu_ref_kill(&queue->users);
	rcu_barrier();
}

module_init(queue_init);
module_exit(queue_exit);
MODULE_LICENSE("GPL");
