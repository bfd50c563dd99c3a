/* SPDX-License-Identifier: MIT */
/* The work is cancelled before its owner is freed. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct job {
	struct work_struct work;
	unsigned int number;
};

static unsigned int runs;

static void job_fn(struct work_struct *work)
{
	runs++;
}

static int __init job_init(void)
{
	struct job *job = kzalloc(sizeof(*job), GFP_KERNEL);

	if (!job)
		return -ENOMEM;
	INIT_WORK(&job->work, job_fn);
	schedule_work(&job->work);
	cancel_work_sync(&job->work);
	kfree(job);
	return 0;
}

static void __exit job_exit(void)
{
}

module_init(job_init);
module_exit(job_exit);
MODULE_LICENSE("GPL");
