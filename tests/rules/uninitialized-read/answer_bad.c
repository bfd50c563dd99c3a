/* SPDX-License-Identifier: MIT */
/* Callbacks answer the kernel with what nobody set: a compare function, a notifier, a show(). */
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/sort.h>

#define JOBS 4
struct job {
	int id, weight;
};

static struct job *jobs;
static bool verbose;
static BLOCKING_NOTIFIER_HEAD(job_chain);

static int lighter_first(const void *a, const void *b)
{
	const struct job *left = a, *right = b;

	return left->weight - right->weight; /* finding: uninitialized-read */
}

static int job_event(struct notifier_block *block, unsigned long event, void *data)
{
	int answer;

	if (event == 1)
		return NOTIFY_DONE;
	if (event == 2)
		answer = NOTIFY_OK;
	return answer; /* finding: uninitialized-read */
}

static struct notifier_block job_block = { .notifier_call = job_event };

static int jobs_show(struct seq_file *file, void *unused)
{
	int error;

	if (verbose)
		error = seq_has_overflowed(file) ? -EAGAIN : 0;
	seq_printf(file, "%d\n", jobs[0].id);
	return error; /* finding: uninitialized-read */
}

static int __init answer_init(void)
{
	jobs = kmalloc_array(JOBS, sizeof(*jobs), GFP_KERNEL);
	if (!jobs)
		return -ENOMEM;
	for (int i = 0; i < JOBS; i++)
		jobs[i].id = i;
	sort(jobs, JOBS, sizeof(*jobs), lighter_first, NULL);
	blocking_notifier_chain_register(&job_chain, &job_block);
	blocking_notifier_call_chain(&job_chain, 2, NULL);
	blocking_notifier_call_chain(&job_chain, 3, NULL);
	if (proc_create_single("jobs", 0, NULL, jobs_show))
		return 0;
	kfree(jobs);
	return -ENOMEM;
}

static void __exit answer_exit(void)
{
	remove_proc_entry("jobs", NULL);
	kfree(jobs);
}

module_init(answer_init);
module_exit(answer_exit);
MODULE_LICENSE("GPL");
