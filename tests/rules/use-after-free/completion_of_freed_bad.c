/* SPDX-License-Identifier: MIT */
/* A job is freed by its worker before it tells that it is done. */
#include <linux/completion.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct job {
	struct work_struct work;
	struct completion *waiter;
	struct completion own;
	int result;
};
static DECLARE_COMPLETION(all_done);

static void on_job(struct work_struct *work)
{
	struct job *job = container_of(work, struct job, work);

	job->result = 5;
	kfree(job);
	complete(&job->own); /* finding: use-after-free */
	complete(&all_done);
}

static int __init job_init(void)
{
	struct job *job = kzalloc(sizeof(*job), GFP_KERNEL);

	if (!job)
		return -ENOMEM;
	init_completion(&job->own);
	INIT_WORK(&job->work, on_job);
	schedule_work(&job->work);
	return 0;
}

static void __exit job_exit(void)
{
	wait_for_completion(&all_done);
}

module_init(job_init);
module_exit(job_exit);
MODULE_LICENSE("GPL");
