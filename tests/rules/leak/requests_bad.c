/* SPDX-License-Identifier: MIT */
/* A list of requests is emptied, but the request that a worker had in hand is on no list. */
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

struct request { struct list_head entry; int number; };

static LIST_HEAD(requests);
static DEFINE_SPINLOCK(lock);
static struct work_struct work;
static int handled;

static void on_work(struct work_struct *unused)
{
	struct request *request;

	spin_lock(&lock);
	request = list_first_entry_or_null(&requests, struct request, entry);
	if (request)
		list_del(&request->entry);
	spin_unlock(&lock);
	if (request)
		handled += request->number;
}

static int request_add(int number)
{
	struct request *request = kmalloc(sizeof(*request), GFP_KERNEL); /* finding: leak */

	if (!request)
		return -ENOMEM;
	request->number = number;
	spin_lock(&lock);
	list_add_tail(&request->entry, &requests);
	spin_unlock(&lock);
	return 0;
}

static void requests_drop(void)
{
	struct request *request, *next;

	list_for_each_entry_safe(request, next, &requests, entry)
		kfree(request);
}

static int __init requests_init(void)
{
	int i, error = 0;

	INIT_WORK(&work, on_work);
	for (i = 0; i < 3 && !error; i++)
		error = request_add(i);
	if (error) {
		requests_drop();
		return error;
	}
	schedule_work(&work);
	return 0;
}

static void __exit requests_exit(void)
{
	cancel_work_sync(&work);
	requests_drop();
}

module_init(requests_init);
module_exit(requests_exit);
MODULE_LICENSE("GPL");
