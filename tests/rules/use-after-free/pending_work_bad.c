/* SPDX-License-Identifier: MIT */
/* The owner is freed while its work still waits to run. */
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
	kfree(job); /* finding: use-after-free */
	return 0;
}

static void __exit job_exit(void)
{
}

module_init(job_init);
module_exit(job_exit);
MODULE_LICENSE("GPL");
