/* SPDX-License-Identifier: MIT */
/* The worker says that it is done, then wakes: the waiter may have looked, and freed, between. */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

struct request {
	wait_queue_head_t wait;
	struct completion finished;
	struct work_struct work;
	bool is_done;
};

static struct task_struct *worker;
static struct request *pending;
static DECLARE_WAIT_QUEUE_HEAD(worker_wait);

static int worker_fn(void *unused)
{
	while (!kthread_should_stop()) {
		struct request *request;

		wait_event_interruptible(worker_wait,
					 READ_ONCE(pending) || kthread_should_stop());
		request = xchg(&pending, NULL);
		if (!request)
			continue;
		WRITE_ONCE(request->is_done, true);
		wake_up(&request->wait); /* finding: use-after-free */
	}
	return 0;
}

static void request_work(struct work_struct *work)
{
	struct request *request = container_of(work, struct request, work);

	WRITE_ONCE(request->is_done, true);
	complete(&request->finished); /* finding: use-after-free */
}

static struct request *request_make(void)
{
	struct request *request = kzalloc(sizeof(*request), GFP_KERNEL);

	if (!request)
		return NULL;
	init_waitqueue_head(&request->wait);
	init_completion(&request->finished);
	INIT_WORK(&request->work, request_work);
	return request;
}

static void ask_worker(void)
{
	struct request *request = request_make();

	if (!request)
		return;
	WRITE_ONCE(pending, request);
	wake_up(&worker_wait);
	wait_event(request->wait, READ_ONCE(request->is_done));
	kfree(request);
}

static void ask_queue(void)
{
	struct request *request = request_make();

	if (!request)
		return;
	schedule_work(&request->work);
	while (!READ_ONCE(request->is_done))
		msleep(1);
	kfree(request);
}

static int __init wake_init(void)
{
	worker = kthread_run(worker_fn, NULL, "worker");
	if (IS_ERR(worker))
		return PTR_ERR(worker);
	ask_worker();
	ask_queue();
	return 0;
}

static void __exit wake_exit(void)
{
	kthread_stop(worker);
}

module_init(wake_init);
module_exit(wake_exit);
MODULE_LICENSE("GPL");
