/* SPDX-License-Identifier: MIT */
/* The exit function frees the container and forgets what it contains. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

struct job {
	char *name;
};

static struct job *job;

static int __init job_init(void)
{
	job = kmalloc(sizeof(*job), GFP_KERNEL);
	if (!job)
		return -ENOMEM;
	job->name = kstrdup("first job", GFP_KERNEL); /* finding: leak */
	if (!job->name) {
		kfree(job);
		return -ENOMEM;
	}
	return 0;
}

static void __exit job_exit(void)
{
	kfree(job);
}

module_init(job_init);
module_exit(job_exit);
MODULE_LICENSE("GPL");
