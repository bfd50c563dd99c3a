/* SPDX-License-Identifier: MIT */
#include <linux/kthread.h>
#include <linux/wait.h>
#include <linux/spinlock.h>
#include <linux/err.h>
#include "core.h"

static LIST_HEAD(queue);
static DEFINE_SPINLOCK(queue_lock);
static DECLARE_WAIT_QUEUE_HEAD(queue_wait);
static struct task_struct *flusher;

static struct block *flusher_pop(void)
{
	struct block *b = NULL;

	spin_lock(&queue_lock);
	if (!list_empty(&queue)) {
		b = list_first_entry(&queue, struct block, list);
		list_del(&b->list);
	}
	spin_unlock(&queue_lock);
	return b;
}

static int flusher_main(void *data)
{
	struct block *b;
	DEFINE_WAIT(wait);

	while (!kthread_should_stop()) {
		prepare_to_wait(&queue_wait, &wait, TASK_INTERRUPTIBLE);
		if (list_empty_careful(&queue) && !kthread_should_stop())
			schedule();
		finish_wait(&queue_wait, &wait);
		while ((b = flusher_pop()))
			block_free(b);
	}
	return 0;
}

int flusher_submit(struct block *b)
{
	spin_lock(&queue_lock);
	list_add_tail(&b->list, &queue);
	spin_unlock(&queue_lock);
	wake_up(&queue_wait);
	return 0;
}

int flusher_start(void)
{
	flusher = kthread_run(flusher_main, NULL, "flusher");
	return PTR_ERR_OR_ZERO(flusher);
}

void flusher_stop(void)
{
	struct block *b;

	kthread_stop(flusher);
	while ((b = flusher_pop()))
		block_free(b);
}
