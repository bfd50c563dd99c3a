/* SPDX-License-Identifier: MIT */
/* Right code in shapes that analyzers take for wrong: lists that own, references, no failure. */
#include <linux/module.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/refcount.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

struct request {
	struct list_head link;
	struct kref count;
	int id;
};

static LIST_HEAD(requests);

int request_add(int id)
{
	struct request *request = kzalloc(sizeof(*request), GFP_KERNEL | __GFP_NOFAIL);

	request->id = id;
	kref_init(&request->count);
	list_add_tail(&request->link, &requests);
	return 0;
}

static void request_release(struct kref *count)
{
	kfree(container_of(count, struct request, count));
}

/* Others have a reference too, so it is still there. */
int request_use(struct request *request)
{
	kref_get(&request->count);
	kref_put(&request->count, request_release);
	return request->id;
}

struct packet {
	refcount_t users;
	int length;
};

static void packet_put(struct packet *packet)
{
	if (refcount_dec_and_test(&packet->users))
		kfree(packet);
}

int packet_send(int length)
{
	struct packet *packet = kzalloc(sizeof(*packet), GFP_KERNEL | __GFP_NOFAIL);

	refcount_set(&packet->users, 2);
	packet->length = length;
	packet_put(packet);
	length = packet->length;
	packet_put(packet);
	return length;
}

void request_drop_all(void)
{
	struct request *request, *next;

	list_for_each_entry_safe(request, next, &requests, link) {
		list_del(&request->link);
		kref_put(&request->count, request_release);
	}
}

void *table_make(size_t count)
{
	void *table = kvmalloc_array(count, 16, GFP_KERNEL);

	return table;
}

void table_drop(void *table)
{
	kvfree(table);
}

int table_try(size_t count)
{
	char *small = kmalloc(32, GFP_KERNEL), *large = vzalloc(count);
	int status = -ENOMEM;

	if (!small || !large)
		goto out;
	small[0] = large[0];
	status = small[0];
out:
	vfree(large);
	kfree(small);
	return status;
}

static int __init requests_init(void)
{
	return 0;
}

static void __exit requests_exit(void)
{
}

module_init(requests_init);
module_exit(requests_exit);
MODULE_LICENSE("GPL");
