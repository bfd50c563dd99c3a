/* SPDX-License-Identifier: MIT */
/* A length of 17 bits in a field of 16, used by the work that comes later. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct request {
	struct work_struct work;
	u16 length;
	u8 *data;
};

static unsigned int asked = 70000;
module_param(asked, uint, 0444);

static struct request *request;

static void request_run(struct work_struct *work)
{
	struct request *own = container_of(work, struct request, work);

	own->data = kmalloc(own->length, GFP_KERNEL); /* finding: size-overflow */
}

static int __init short_field_init(void)
{
	request = kzalloc(sizeof(*request), GFP_KERNEL);
	if (!request)
		return -ENOMEM;
	INIT_WORK(&request->work, request_run);
	request->length = asked;
	schedule_work(&request->work);
	return 0;
}

static void __exit short_field_exit(void)
{
	cancel_work_sync(&request->work);
	kfree(request->data);
	kfree(request);
}

module_init(short_field_init);
module_exit(short_field_exit);
MODULE_LICENSE("GPL");
