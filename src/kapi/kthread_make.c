/* SPDX-License-Identifier: MIT */
/*
 * kthread_make.c - kthread workers that are made with their memory
 *
 * Owns: nothing.  The rest of a worker is kern's (kthread_worker.c).
 * Context: task, may sleep.
 */
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include "kapi/kapi.h"
#include "kern/core.h"
#include "kern/tell.h"
#include "slab/slab.h"

static struct kthread_worker *worker_make(unsigned int flags, const char *format, va_list args,
					  const struct slab_call *call)
{
	struct kthread_worker *worker = kmalloc_call(sizeof(*worker), GFP_KERNEL | __GFP_ZERO,
						     call);
	struct task_struct *task;

	if (!worker)
		return ERR_PTR(-ENOMEM);
	kthread_init_worker(worker);
	task = kthread_create_for(&(const struct asker){ call->caller, call->frame },
				  kthread_worker_fn, worker, format, args);
	if (IS_ERR(task)) {
		kfree_call(worker, call);
		return ERR_CAST(task);
	}
	worker->flags = flags;
	worker->task = task;
	wake_up_process(task);
	return worker;
}

struct kthread_worker *kthread_create_worker(unsigned int flags, const char namefmt[], ...)
{
	const struct slab_call *call = KMALLOC_CALL("kthread_create_worker");
	struct kthread_worker *worker;
	va_list args;

	va_start(args, namefmt);
	worker = worker_make(flags, namefmt, args, call);
	va_end(args);
	return worker;
}

/* Threads are not bound to CPUs here. */
struct kthread_worker *kthread_create_worker_on_cpu(int cpu, unsigned int flags,
						    const char namefmt[], ...)
{
	const struct slab_call *call = KMALLOC_CALL("kthread_create_worker_on_cpu");
	struct kthread_worker *worker;
	va_list args;

	va_start(args, namefmt);
	worker = worker_make(flags, namefmt, args, call);
	va_end(args);
	return worker;
}

/**
 * kthread_destroy_worker() - let what is queued run, end the thread, free the worker
 * @worker: of kthread_create_worker(); nobody queues on it any more, no delayed item is to come
 *
 * Context: task, nothing held (sleep-in-atomic); not on the worker itself.
 */
void kthread_destroy_worker(struct kthread_worker *worker)
{
	const struct slab_call *call = KMALLOC_CALL("kthread_destroy_worker");

	KERN_MIGHT_SLEEP("kthread_destroy_worker");
	if (!touch(worker, sizeof(*worker), true, call->caller, call->frame) ||
	    WARN_ON(!worker->task))
		return;
	kthread_worker_end(worker);
	WARN_ON(!list_empty(&worker->work_list));
	/* Delayed items that still want it are told of here, as what is armed in freed memory. */
	kfree_call(worker, call);
	kthread_worker_forget(worker);
}
