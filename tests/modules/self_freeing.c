// SPDX-License-Identifier: MIT
/*
 * self_freeing.c - work items, timers and kref releases that free the object they are part of; the
 * only pointer to it is in the queue that it waits in
 */
#include <linux/completion.h>
#include <linux/kref.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

struct job {
	struct work_struct work;
	struct delayed_work later;
	struct timer_list timer;
	struct kref refs;
	unsigned int number;
};

static struct workqueue_struct *jobs;
static atomic_t alive = ATOMIC_INIT(0);
static DECLARE_WAIT_QUEUE_HEAD(all_gone);

static void job_release(struct kref *refs)
{
	kfree(container_of(refs, struct job, refs));
	if (atomic_dec_and_test(&alive))
		wake_up(&all_gone);
}

static void job_fn(struct work_struct *work)
{
	struct job *job = container_of(work, struct job, work);

	kref_put(&job->refs, job_release);
}

static void job_later(struct work_struct *work)
{
	struct job *job = container_of(to_delayed_work(work), struct job, later);

	kref_put(&job->refs, job_release);
}

static void job_timer(struct timer_list *timer)
{
	struct job *job = from_timer(job, timer, timer);

	kref_put(&job->refs, job_release);
}

static int job_start(unsigned int number)
{
	struct job *job = kmalloc(sizeof(*job), GFP_KERNEL);

	if (!job)
		return -ENOMEM;
	atomic_inc(&alive);
	kref_init(&job->refs);
	job->number = number;
	INIT_WORK(&job->work, job_fn);
	INIT_DELAYED_WORK(&job->later, job_later);
	timer_setup(&job->timer, job_timer, 0);
	kref_get(&job->refs);
	queue_work(jobs, &job->work);
	kref_get(&job->refs);
	queue_delayed_work(jobs, &job->later, number + 1);
	kref_get(&job->refs);
	mod_timer(&job->timer, jiffies + number);
	kref_put(&job->refs, job_release);
	return 0;
}

static int __init jobs_init(void)
{
	jobs = alloc_workqueue("jobs", WQ_UNBOUND, 2);
	if (!jobs)
		return -ENOMEM;
	for (unsigned int number = 0; number < 3; number++)
		if (job_start(number))
			break;
	return 0;
}

static void __exit jobs_exit(void)
{
	wait_event(all_gone, !atomic_read(&alive));
	destroy_workqueue(jobs);
}

module_init(jobs_init);
module_exit(jobs_exit);
MODULE_LICENSE("GPL");
