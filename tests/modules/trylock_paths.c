// SPDX-License-Identifier: MIT
/*
 * trylock_paths.c - code that asks before it waits: trylocks under a spinlock, allocations that say
 * no, then a slow way with the lock released; and wait_event_lock_irq(), which releases it itself
 */
#include <linux/bottom_half.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/semaphore.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

struct buffer {
	struct list_head link;
	u8 data[200];
};

static LIST_HEAD(buffers);
static DEFINE_SPINLOCK(lock);
static DEFINE_MUTEX(slow);
static DECLARE_RWSEM(config);
static DEFINE_SEMAPHORE(slots, 2);
static DECLARE_WAIT_QUEUE_HEAD(changed);
static unsigned int count, stolen;
static struct task_struct *feeder;

static int buffer_add(void)
{
	struct buffer *buffer, *spare = NULL;

	spin_lock_irq(&lock);
	buffer = kmalloc(sizeof(*buffer), GFP_NOWAIT);
	if (!buffer) {
		spin_unlock_irq(&lock);
		spare = kmalloc(sizeof(*spare), GFP_KERNEL);
		spin_lock_irq(&lock);
		buffer = spare;
	}
	if (buffer) {
		list_add(&buffer->link, &buffers);
		count++;
		wake_up(&changed);
	}
	spin_unlock_irq(&lock);
	return buffer ? 0 : -ENOMEM;
}

static int feeder_fn(void *unused)
{
	for (int i = 0; i < 4; i++)
		if (buffer_add())
			break;
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

static void try_all(void)
{
	spin_lock_bh(&lock);
	if (mutex_trylock(&slow)) {
		stolen++;
		mutex_unlock(&slow);
	}
	if (down_read_trylock(&config)) {
		stolen++;
		up_read(&config);
	}
	if (!down_trylock(&slots)) {
		stolen++;
		up(&slots);
	}
	spin_unlock_bh(&lock);
	if (!in_atomic() && !irqs_disabled())
		cond_resched();
}

static int __init try_init(void)
{
	feeder = kthread_run(feeder_fn, NULL, "feeder");
	if (IS_ERR(feeder))
		return PTR_ERR(feeder);
	try_all();
	spin_lock_irq(&lock);
	wait_event_lock_irq_timeout(changed, count > 2, lock, 50);
	stolen += count;
	spin_unlock_irq(&lock);
	return 0;
}

static void __exit try_exit(void)
{
	struct buffer *buffer, *next;

	kthread_stop(feeder);
	list_for_each_entry_safe(buffer, next, &buffers, link)
		kfree(buffer);
}

module_init(try_init);
module_exit(try_exit);
MODULE_LICENSE("GPL");
