/* SPDX-License-Identifier: MIT */
/* After a failed allocation the lock is released before the back-off. */
#include <linux/delay.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct request {
	struct list_head link;
	unsigned int tag;
};

static LIST_HEAD(pending);
static DEFINE_SPINLOCK(pending_lock);

static void back_off(void)
{
	usleep_range(50, 100);
}

static int request_add(unsigned int tag)
{
	struct request *request;

	spin_lock(&pending_lock);
	request = kmalloc(sizeof(*request), GFP_ATOMIC);
	if (!request) {
		spin_unlock(&pending_lock);
		back_off();
		return -EBUSY;
	}
	request->tag = tag;
	list_add_tail(&request->link, &pending);
	spin_unlock(&pending_lock);
	return 0;
}

static int __init requests_init(void)
{
	for (unsigned int tag = 0; tag < 2; tag++)
		if (request_add(tag))
			pr_info("request %u dropped\n", tag);
	return 0;
}

static void __exit requests_exit(void)
{
	struct request *request, *next;

	list_for_each_entry_safe(request, next, &pending, link)
		kfree(request);
}

module_init(requests_init);
module_exit(requests_exit);
MODULE_LICENSE("GPL");
