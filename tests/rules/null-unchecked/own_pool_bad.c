/* SPDX-License-Identifier: MIT */
/* A pool with an allocator of its own, used under a lock: there it can come back empty-handed. */
#include <linux/mempool.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct job { struct job *next; int number; };

static DEFINE_SPINLOCK(lock);
static mempool_t *pool;
static struct job *jobs;

static void *job_alloc(gfp_t gfp, void *data)
{
	return kzalloc(sizeof(struct job), gfp);
}

static void job_free(void *element, void *data)
{
	kfree(element);
}

static void job_add(int number)
{
	struct job *job;

	spin_lock(&lock);
	job = mempool_alloc(pool, GFP_ATOMIC);
	job->number = number; /* finding: null-unchecked */
	job->next = jobs;
	jobs = job;
	spin_unlock(&lock);
}

static int __init jobs_init(void)
{
	pool = mempool_create(2, job_alloc, job_free, NULL);
	if (!pool)
		return -ENOMEM;
	job_add(1);
	job_add(2);
	return 0;
}

static void __exit jobs_exit(void)
{
	while (jobs) {
		struct job *next = jobs->next;

		mempool_free(jobs, pool);
		jobs = next;
	}
	mempool_destroy(pool);
}

module_init(jobs_init);
module_exit(jobs_exit);
MODULE_LICENSE("GPL");
