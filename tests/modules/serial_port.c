/* SPDX-License-Identifier: MIT */
/*
 * A character device's buffer chain: flip buffers from the interrupt, readers and
 * writers, poll-like waits, a context struct.
 */
#include <linux/circ_buf.h>
#include <linux/module.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include <linux/wait.h>

#define FLIP 64
#define CIRC 256

struct flip {
	struct flip *next;
	int used;
	char data[FLIP];
};

struct port {
	raw_spinlock_t lock;
	struct flip *head, *tail, *free;
	struct circ_buf tx;
	wait_queue_head_t rx_wait, tx_wait;
	struct mutex write_lock;
	struct delayed_work push;
	struct task_struct *reader, *writer;
	size_t received, sent;
	char (*line)[80];
};

static struct port *port;

static struct flip *flip_get(struct port *p)
{
	struct flip *f = p->free;

	if (f)
		p->free = f->next;
	else
		f = kmalloc(sizeof(*f), GFP_ATOMIC);
	if (f) {
		f->next = NULL;
		f->used = 0;
	}
	return f;
}

static irqreturn_t port_irq(int irq, void *id)
{
	struct port *p = id;
	struct flip *f;
	int n = 0;

	raw_spin_lock(&p->lock);
	f = p->tail;
	if (!f || f->used == FLIP) {
		f = flip_get(p);
		if (!f) {
			raw_spin_unlock(&p->lock);
			return IRQ_NONE;
		}
		if (p->tail)
			p->tail->next = f;
		else
			p->head = f;
		p->tail = f;
	}
	while (f->used < FLIP && n++ < 10)
		f->data[f->used++] = 'a' + n;
	if (CIRC_CNT(p->tx.head, p->tx.tail, CIRC)) {
		p->tx.tail = (p->tx.tail + 1) & (CIRC - 1);
		p->sent++;
		wake_up(&p->tx_wait);
	}
	raw_spin_unlock(&p->lock);
	mod_delayed_work(system_wq, &p->push, 1);
	return IRQ_HANDLED;
}

static struct flip *flip_take(struct port *p)
{
	struct flip *f;
	unsigned long flags;

	raw_spin_lock_irqsave(&p->lock, flags);
	f = p->head;
	if (f) {
		p->head = f->next;
		if (!p->head)
			p->tail = NULL;
	}
	raw_spin_unlock_irqrestore(&p->lock, flags);
	return f;
}

static void port_push(struct work_struct *work)
{
	struct port *p = container_of(work, struct port, push.work);

	if (READ_ONCE(p->head))
		wake_up_interruptible(&p->rx_wait);
}

static int reader_main(void *data)
{
	struct port *p = data;
	struct flip *f;
	unsigned long flags;

	while (!kthread_should_stop()) {
		wait_event_interruptible_timeout(p->rx_wait,
						 READ_ONCE(p->head) || kthread_should_stop(), HZ);
		while ((f = flip_take(p))) {
			memcpy(p->line[0], f->data, min_t(size_t, f->used, sizeof(*p->line)));
			p->received += f->used;
			raw_spin_lock_irqsave(&p->lock, flags);
			f->next = p->free;
			p->free = f;
			raw_spin_unlock_irqrestore(&p->lock, flags);
		}
	}
	return 0;
}

static int writer_main(void *data)
{
	struct port *p = data;
	unsigned long flags;
	int space;

	while (!kthread_should_stop()) {
		char *text = kstrdup("hello", GFP_KERNEL);

		if (!text) {
			schedule_timeout_interruptible(1);
			continue;
		}
		if (mutex_lock_interruptible(&p->write_lock)) {
			kfree(text);
			continue;
		}
		raw_spin_lock_irqsave(&p->lock, flags);
		space = CIRC_SPACE_TO_END(p->tx.head, p->tx.tail, CIRC);
		space = min_t(int, space, strlen(text));
		memcpy(p->tx.buf + p->tx.head, text, space);
		p->tx.head = (p->tx.head + space) & (CIRC - 1);
		raw_spin_unlock_irqrestore(&p->lock, flags);
		mutex_unlock(&p->write_lock);
		kfree(text);
		wait_event_timeout(p->tx_wait, CIRC_SPACE(p->tx.head, p->tx.tail, CIRC) > 8 ||
				   kthread_should_stop(), 2);
		schedule_timeout_interruptible(1);
	}
	return 0;
}

static void port_free(struct port *p)
{
	struct flip *f;

	while ((f = flip_take(p)))
		kfree(f);
	while ((f = p->free)) {
		p->free = f->next;
		kfree(f);
	}
	kfree(p->line);
	free_page((unsigned long)p->tx.buf);
	kfree(p);
}

static int __init port_init(void)
{
	struct port *p = kzalloc(sizeof(*p), GFP_KERNEL);
	int ret = -ENOMEM;

	if (!p)
		return ret;
	raw_spin_lock_init(&p->lock);
	mutex_init(&p->write_lock);
	init_waitqueue_head(&p->rx_wait);
	init_waitqueue_head(&p->tx_wait);
	INIT_DELAYED_WORK(&p->push, port_push);
	p->tx.buf = (char *)get_zeroed_page(GFP_KERNEL);
	p->line = kcalloc(4, sizeof(*p->line), GFP_KERNEL);
	if (!p->tx.buf || !p->line)
		goto err;
	p->reader = kthread_run(reader_main, p, "port-read");
	if (IS_ERR(p->reader)) {
		ret = PTR_ERR(p->reader);
		goto err;
	}
	p->writer = kthread_run(writer_main, p, "port-write");
	if (IS_ERR(p->writer)) {
		ret = PTR_ERR(p->writer);
		goto err_reader;
	}
	ret = request_irq(4, port_irq, 0, "port", p);
	if (ret)
		goto err_writer;
	port = p;
	return 0;
err_writer:
	kthread_stop(p->writer);
err_reader:
	kthread_stop(p->reader);
err:
	port_free(p);
	return ret;
}

static void __exit port_exit(void)
{
	disable_irq(4);
	free_irq(4, port);
	cancel_delayed_work_sync(&port->push);
	kthread_stop(port->writer);
	kthread_stop(port->reader);
	pr_info("port: %zu received, %zu sent\n", port->received, port->sent);
	port_free(port);
}

module_init(port_init);
module_exit(port_exit);
MODULE_LICENSE("GPL");
