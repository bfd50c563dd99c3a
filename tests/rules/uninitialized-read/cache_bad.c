/* SPDX-License-Identifier: MIT */
/* Requests of a cache come with what the last owner left; the retry count is taken from there. */
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>

struct request {
	struct list_head entry;
	unsigned int sector;
	int retries;
};

static struct kmem_cache *requests;
static LIST_HEAD(pending);

static struct request *request_get(unsigned int sector)
{
	struct request *request = kmem_cache_alloc(requests, GFP_KERNEL);

	if (request)
		request->sector = sector;
	return request;
}

static void request_fail(struct request *request)
{
	if (request->retries++ < 3) /* finding: uninitialized-read */
		list_add_tail(&request->entry, &pending);
	else
		kmem_cache_free(requests, request);
}

static void drop_all(void)
{
	struct request *request, *next;

	list_for_each_entry_safe(request, next, &pending, entry) {
		list_del(&request->entry);
		kmem_cache_free(requests, request);
	}
}

static int __init requests_init(void)
{
	struct request *request;

	requests = KMEM_CACHE(request, 0);
	if (!requests)
		return -ENOMEM;
	for (unsigned int i = 0; i < 3; i++) {
		request = request_get(i * 8);
		if (request)
			request_fail(request);
	}
	return 0;
}

static void __exit requests_exit(void)
{
	drop_all();
	kmem_cache_destroy(requests);
}

module_init(requests_init);
module_exit(requests_exit);
MODULE_LICENSE("GPL");
