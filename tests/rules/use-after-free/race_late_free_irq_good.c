/* SPDX-License-Identifier: MIT */
/* The handler is removed before what it uses goes. */
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct uart {
	spinlock_t lock;
	unsigned int received;
	char *buffer;
};

static struct uart *uart;

static irqreturn_t uart_irq(int irq, void *dev)
{
	struct uart *u = dev;

	spin_lock(&u->lock);
	u->buffer[u->received++ % 32] = 'x';
	spin_unlock(&u->lock);
	return IRQ_HANDLED;
}

static int __init uart_init(void)
{
	int ret = -ENOMEM;

	uart = kzalloc(sizeof(*uart), GFP_KERNEL);
	if (!uart)
		return ret;
	spin_lock_init(&uart->lock);
	uart->buffer = kmalloc(32, GFP_KERNEL);
	if (!uart->buffer)
		goto out_free;
	ret = request_irq(9, uart_irq, IRQF_SHARED, "uart", uart);
	if (ret)
		goto out_buffer;
	return 0;

out_buffer:
	kfree(uart->buffer);
out_free:
	kfree(uart);
	return ret;
}

static void __exit uart_exit(void)
{
	free_irq(9, uart);
	kfree(uart->buffer);
	kfree(uart);
}

module_init(uart_init);
module_exit(uart_exit);
MODULE_LICENSE("GPL");
