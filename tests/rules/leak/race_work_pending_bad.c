/* SPDX-License-Identifier: MIT */
/* Nobody waits for the work, and an unlucky exit comes before it ran. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct job {
	struct work_struct work;
	int number;
};

static void job_fn(struct work_struct *work)
{
	struct job *job = container_of(work, struct job, work);

	pr_info("job %d\n", job->number);
	kfree(job);
}

static int __init job_init(void)
{
	struct job *job = kzalloc(sizeof(*job), GFP_KERNEL);

	if (!job)
		return -ENOMEM;
	job->number = 7;
	INIT_WORK(&job->work, job_fn);
	schedule_work(&job->work); /* finding: leak */
	return 0;
}

static void __exit job_exit(void)
{
}

module_init(job_init);
module_exit(job_exit);
MODULE_LICENSE("GPL");
