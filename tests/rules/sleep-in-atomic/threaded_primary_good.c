/* SPDX-License-Identifier: MIT */
/* A threaded interrupt: the primary handler wakes the thread, and the thread waits. */
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/wait.h>

#define LINE 7

struct port {
	unsigned int last;
	wait_queue_head_t drained;
	bool busy;
};

static irqreturn_t port_quick(int irq, void *data)
{
	return IRQ_WAKE_THREAD;
}

static irqreturn_t port_thread(int irq, void *data)
{
	struct port *port = data;

	wait_event_timeout(port->drained, !READ_ONCE(port->busy), 1);
	port->last++;
	return IRQ_HANDLED;
}

static struct port *port;

static int __init port_init(void)
{
	int error;

	port = kzalloc(sizeof(*port), GFP_KERNEL);
	if (!port)
		return -ENOMEM;
	init_waitqueue_head(&port->drained);
	error = request_threaded_irq(LINE, port_quick, port_thread, IRQF_ONESHOT, "port", port);
	if (error)
		kfree(port);
	return error;
}

static void __exit port_exit(void)
{
	free_irq(LINE, port);
	kfree(port);
}

module_init(port_init);
module_exit(port_exit);
MODULE_LICENSE("GPL");
