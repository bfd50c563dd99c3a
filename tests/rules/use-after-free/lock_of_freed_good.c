/* SPDX-License-Identifier: MIT */
/* A list of requests is torn down; the lock of a request is let go before it is freed. */
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct request {
	struct list_head link;
	spinlock_t lock;
	int id;
};
static LIST_HEAD(requests);

static int add(int id)
{
	struct request *request = kzalloc(sizeof(*request), GFP_KERNEL);

	if (!request)
		return -ENOMEM;
	request->id = id;
	spin_lock_init(&request->lock);
	list_add(&request->link, &requests);
	return 0;
}

static void drop(struct request *request)
{
	spin_lock(&request->lock);
	list_del(&request->link);
	spin_unlock(&request->lock);
	kfree(request);
}

static void __exit list_exit(void)
{
	while (!list_empty(&requests))
		drop(list_first_entry(&requests, struct request, link));
}

static int __init list_init(void)
{
	int error = 0;

	for (int i = 0; i < 3 && !error; i++)
		error = add(i);
	if (error)
		while (!list_empty(&requests))
			drop(list_first_entry(&requests, struct request, link));
	return error;
}

module_init(list_init);
module_exit(list_exit);
MODULE_LICENSE("GPL");
