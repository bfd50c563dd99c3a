/* SPDX-License-Identifier: MIT */
/* get_cpu_ptr() keeps preemption off until put_cpu_ptr(); in between a completion is waited for. */
#include <linux/completion.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/workqueue.h>

struct stats {
	u64 done;
};

static struct stats __percpu *stats;
static DECLARE_COMPLETION(first_done);

static void job_fn(struct work_struct *work)
{
	complete(&first_done);
}

static DECLARE_WORK(job, job_fn);

static void count_when_done(void)
{
	struct stats *mine = get_cpu_ptr(stats);

	wait_for_completion_timeout(&first_done, HZ); /* finding: sleep-in-atomic */
	mine->done++;
	put_cpu_ptr(stats);
}

static int __init job_init(void)
{
	stats = alloc_percpu(struct stats);
	if (!stats)
		return -ENOMEM;
	schedule_work(&job);
	count_when_done();
	return 0;
}

static void __exit job_exit(void)
{
	flush_work(&job);
	free_percpu(stats);
}

module_init(job_init);
module_exit(job_exit);
MODULE_LICENSE("GPL");
