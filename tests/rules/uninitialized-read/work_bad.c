/* SPDX-License-Identifier: MIT */
/* The work's function looks at a message that was filled in part, through two copies. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct message {
	unsigned short kind;
	unsigned short bytes;
	unsigned int checksum;
};

struct job {
	struct work_struct work;
	struct message message;
};

static struct job *job;
static unsigned int good, bad;

static bool message_is_good(struct message message)
{
	return message.checksum == message.kind + message.bytes;
}

static void job_fn(struct work_struct *work)
{
	struct job *done = container_of(work, struct job, work);
	struct message copy = done->message;

	if (message_is_good(copy)) /* finding: uninitialized-read */
		good++;
	else
		bad++;
}

static int __init job_init(void)
{
	struct message message;

	job = kzalloc(sizeof(*job), GFP_KERNEL);
	if (!job)
		return -ENOMEM;
	INIT_WORK(&job->work, job_fn);
	message.kind = 2;
	message.bytes = 40;
	job->message = message;
	schedule_work(&job->work);
	return 0;
}

static void __exit job_exit(void)
{
	flush_work(&job->work);
	kfree(job);
}

module_init(job_init);
module_exit(job_exit);
MODULE_LICENSE("GPL");
