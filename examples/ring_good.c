/* SPDX-License-Identifier: MIT */
/*
 * ring_good.c - a ring of messages between a device and its readers, with its memory in order
 *
 * The corrected twin of ring_bad.c: compare the two, function by function.
 *
 *	a timer (stands for the device)  -> ring_tick()   softirq: must not sleep
 *	a writer                         -> ring_write()  task: may sleep, not under the lock
 *	a reader thread                  -> ring_read()   task
 *
 * Who owns a message: whoever made it, until ring_push() took it; then the ring, until ring_pop()
 * gave it away.
 */
#include <linux/errno.h>
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/minmax.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/timer.h>
#include <linux/wait.h>

#define RING_SLOTS	8
#define TICKS		5
#define SCRATCH_BYTES	64

struct message {
	size_t length;
	char text[];		/* length bytes, no final zero */
};

/* What one open file would hold. */
struct session {
	unsigned int reads;
	char *scratch;
};

static struct {
	spinlock_t lock;	/* head, tail, slot */
	unsigned int head, tail;
	struct message *slot[RING_SLOTS];
	wait_queue_head_t readers;
} ring;

static struct timer_list device;
static unsigned int ticks;
static struct task_struct *reader;
static struct session *session;

/* -- the ring -- */

static int ring_push(struct message *message)
{
	unsigned long flags;
	int ret = -ENOSPC;

	spin_lock_irqsave(&ring.lock, flags);
	if (ring.head - ring.tail < RING_SLOTS) {
		ring.slot[ring.head++ % RING_SLOTS] = message;
		ret = 0;
	}
	spin_unlock_irqrestore(&ring.lock, flags);
	if (!ret)
		wake_up_interruptible(&ring.readers);
	return ret;
}

static struct message *ring_pop(void)
{
	struct message *message = NULL;
	unsigned long flags;

	spin_lock_irqsave(&ring.lock, flags);
	if (ring.head != ring.tail)
		message = ring.slot[ring.tail++ % RING_SLOTS];
	spin_unlock_irqrestore(&ring.lock, flags);
	return message;
}

/* -- the device: a timer handler runs in softirq context -- */

static void ring_tick(struct timer_list *timer)
{
	struct message *message;
	char text[16];
	size_t length, i;

	length = scnprintf(text, sizeof(text), "tick %u", ticks);
	/* GFP_ATOMIC is right here: nobody can sleep in a timer.  A lost tick is no disaster. */
	message = kmalloc(sizeof(*message) + length, GFP_ATOMIC);
	if (message) {
		message->length = length;
		for (i = 0; i < length; i++)
			message->text[i] = text[i];
		if (ring_push(message))
			kfree(message);
	}
	if (++ticks < TICKS)
		mod_timer(timer, jiffies + 2);
}

/* -- what a file's open, write, read and release would do -- */

static struct session *ring_open(void)
{
	struct session *new = kzalloc(sizeof(*new), GFP_KERNEL);

	if (!new)
		return NULL;
	new->scratch = kmalloc(SCRATCH_BYTES, GFP_KERNEL);
	if (!new->scratch) {
		kfree(new);
		return NULL;
	}
	return new;
}

static int ring_write(const char *text, size_t length)
{
	/* Before the lock is taken: GFP_KERNEL may sleep. */
	struct message *message = kmalloc(sizeof(*message) + length, GFP_KERNEL);
	int ret;

	if (!message)
		return -ENOMEM;
	message->length = length;
	memcpy(message->text, text, length);
	ret = ring_push(message);
	if (ret)
		kfree(message);
	return ret;
}

static size_t ring_read(struct session *from)
{
	struct message *message = ring_pop();
	size_t length;

	if (!message)
		return 0;
	length = min_t(size_t, message->length, SCRATCH_BYTES);
	memcpy(from->scratch, message->text, length);
	from->reads++;
	kfree(message);
	return length;
}

static void ring_release(struct session *old)
{
	kfree(old->scratch);
	kfree(old);
}

static int reader_main(void *data)
{
	struct session *mine = data;

	while (!kthread_should_stop()) {
		wait_event_interruptible(ring.readers,
					 ring.head != ring.tail || kthread_should_stop());
		while (ring_read(mine))
			;
	}
	return 0;
}

/* -- life of the module -- */

static int __init ring_init(void)
{
	int ret = -ENOMEM;

	spin_lock_init(&ring.lock);
	init_waitqueue_head(&ring.readers);
	session = ring_open();
	if (!session)
		return -ENOMEM;
	reader = kthread_run(reader_main, session, "ring-reader");
	if (IS_ERR(reader)) {
		ret = PTR_ERR(reader);
		goto out_release;
	}
	ret = ring_write("hello, ring", 11);
	if (ret)
		goto out_stop;
	timer_setup(&device, ring_tick, 0);
	mod_timer(&device, jiffies + 2);
	return 0;

out_stop:
	kthread_stop(reader);
out_release:
	ring_release(session);
	return ret;
}

static void __exit ring_exit(void)
{
	struct message *message;

	/* First stop whoever makes messages, then whoever takes them, then free what is left. */
	timer_delete_sync(&device);
	kthread_stop(reader);
	while ((message = ring_pop()))
		kfree(message);
	pr_info("%u messages read\n", session->reads);
	ring_release(session);
}

module_init(ring_init);
module_exit(ring_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("a ring of messages, with its memory in order");
