// SPDX-License-Identifier: MIT
/*
 * irq_to_thread.c - a ring without locks from an interrupt to a thread: head and tail are published
 * with release and read with acquire; the thread sleeps on a wait queue and frees what it read
 */
#include <linux/circ_buf.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/wait.h>

#define LINE	13
#define ROOM	8

struct packet {
	unsigned int number;
	u8 bytes[30];
};

static struct packet *ring[ROOM];
static unsigned int head, tail, lost, read;
static DECLARE_WAIT_QUEUE_HEAD(filled);
static struct task_struct *reader;

static irqreturn_t packet_irq(int irq, void *data)
{
	unsigned int at = head;
	struct packet *packet;

	if (!CIRC_SPACE(at, smp_load_acquire(&tail), ROOM)) {
		lost++;
		return IRQ_HANDLED;
	}
	packet = kmalloc(sizeof(*packet), GFP_ATOMIC | __GFP_NOWARN);
	if (!packet) {
		lost++;
		return IRQ_HANDLED;
	}
	packet->number = at;
	memset(packet->bytes, at, sizeof(packet->bytes));
	ring[at] = packet;
	smp_store_release(&head, (at + 1) & (ROOM - 1));
	wake_up_interruptible(&filled);
	return IRQ_HANDLED;
}

static bool packet_take(void)
{
	unsigned int at = tail;
	struct packet *packet;

	if (!CIRC_CNT(smp_load_acquire(&head), at, ROOM))
		return false;
	packet = ring[at];
	ring[at] = NULL;
	read += packet->bytes[0] == (u8)packet->number;
	kfree(packet);
	smp_store_release(&tail, (at + 1) & (ROOM - 1));
	return true;
}

static int reader_fn(void *unused)
{
	while (!kthread_should_stop()) {
		wait_event_interruptible(filled, kthread_should_stop() ||
					 CIRC_CNT(smp_load_acquire(&head), tail, ROOM));
		while (packet_take())
			;
	}
	return 0;
}

static int __init ring_init(void)
{
	int error;

	reader = kthread_run(reader_fn, NULL, "packets");
	if (IS_ERR(reader))
		return PTR_ERR(reader);
	error = request_irq(LINE, packet_irq, 0, "packets", ring);
	if (error)
		kthread_stop(reader);
	return error;
}

static void __exit ring_exit(void)
{
	free_irq(LINE, ring);
	kthread_stop(reader);
	while (packet_take())
		;
	pr_info("%u read, %u lost\n", read, lost);
}

module_init(ring_init);
module_exit(ring_exit);
MODULE_LICENSE("GPL");
