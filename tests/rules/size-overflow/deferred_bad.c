/* SPDX-License-Identifier: MIT */
/* The product wraps when the ioctl comes in; the work uses it a while later. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct upload {
	u32 count, each;
};

struct job {
	struct delayed_work work;
	u32 bytes;
	void *buffer;
};

static struct job job;

static int upload_ioctl(const struct upload *upload)
{
	job.bytes = upload->count * upload->each;
	return schedule_delayed_work(&job.work, 2) ? 0 : -EBUSY;
}

static void job_run(struct work_struct *work)
{
	struct job *own = container_of(work, struct job, work.work);

	own->buffer = kmalloc(own->bytes, GFP_KERNEL); /* finding: size-overflow */
}

static int __init deferred_init(void)
{
	static const struct upload upload = { .count = 0x10000001, .each = 48 };

	INIT_DELAYED_WORK(&job.work, job_run);
	if (upload_ioctl(&upload))
		pr_info("refused\n");
	return 0;
}

static void __exit deferred_exit(void)
{
	cancel_delayed_work_sync(&job.work);
	kfree(job.buffer);
}

module_init(deferred_init);
module_exit(deferred_exit);
MODULE_LICENSE("GPL");
