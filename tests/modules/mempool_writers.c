/* SPDX-License-Identifier: MIT */
/*
 * Writers that must not stop when memory is out: three tasks share mempools of every kind, one of
 * them with functions of its own; buffers go through a scatterlist.
 */
#include <linux/module.h>
#include <linux/completion.h>
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/kthread.h>
#include <linux/mempool.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

struct job {
	unsigned int serial;
	char *note;
};

static mempool_t *buffers, *pages;
static mempool_t jobs;
static struct task_struct *writers[3];
static DEFINE_SPINLOCK(lock);
static unsigned int serial;

static void *job_alloc(gfp_t gfp, void *data)
{
	struct job *job = mempool_kmalloc(gfp, (void *)sizeof(struct job));

	if (job)
		job->note = data;
	return job;
}

static void job_free(void *element, void *data)
{
	mempool_kfree(element, NULL);
}

static int write_one(void)
{
	struct job *job = mempool_alloc(&jobs, GFP_NOIO);
	char *buffer = mempool_alloc(buffers, GFP_NOIO), *copy;
	struct page *page = mempool_alloc(pages, GFP_NOIO);
	struct sg_table table;
	unsigned long flags;
	int error;

	spin_lock_irqsave(&lock, flags);
	job->serial = serial++;
	copy = mempool_alloc(buffers, GFP_ATOMIC);
	spin_unlock_irqrestore(&lock, flags);
	memset(buffer, job->serial, 200);
	if (copy)
		memcpy(copy, buffer, 200);
	mempool_free(copy, buffers);
	error = sg_alloc_table(&table, 2, GFP_NOIO);
	if (!error) {
		sg_set_buf(table.sgl, buffer, 200);
		sg_set_page(sg_next(table.sgl), page, 100, 0);
		sg_zero_buffer(table.sgl, 2, 300, 0);
		sg_free_table(&table);
	}
	mempool_free(page, pages);
	mempool_free(buffer, buffers);
	mempool_free(job, &jobs);
	return error;
}

static int writer(void *data)
{
	for (int i = 0; i < 10 && !kthread_should_stop(); i++)
		if (write_one())
			break;
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

static void writers_stop(void)
{
	for (int i = 0; i < 3; i++)
		if (writers[i])
			kthread_stop(writers[i]);
}

static void pools_end(void)
{
	mempool_exit(&jobs);
	mempool_destroy(pages);
	mempool_destroy(buffers);
}

static int __init writers_init(void)
{
	int error = -ENOMEM;

	buffers = mempool_create_kmalloc_pool(4, 200);
	pages = mempool_create_page_pool(3, 0);
	if (!buffers || !pages || mempool_init(&jobs, 3, job_alloc, job_free, "note"))
		goto fail;
	if (mempool_resize(buffers, 6) && mempool_resize(buffers, 3))
		goto fail;
	for (int i = 0; i < 3; i++) {
		struct task_struct *task = kthread_run(writer, NULL, "writer/%d", i);

		if (IS_ERR(task)) {
			error = PTR_ERR(task);
			writers_stop();
			goto fail;
		}
		writers[i] = task;
	}
	return 0;
fail:
	pools_end();
	return error;
}

static void __exit writers_exit(void)
{
	writers_stop();
	pools_end();
}

module_init(writers_init);
module_exit(writers_exit);
MODULE_LICENSE("GPL");
