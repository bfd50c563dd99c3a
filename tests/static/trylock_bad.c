/* SPDX-License-Identifier: MIT */
/* Code that nothing calls, and that sleeps where a trylock succeeded. */
#include <linux/delay.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct port {
	spinlock_t lock;
	rwlock_t map_lock;
	struct mutex mutex;
	refcount_t users;
	void *buffer;
};

/* The usual form: away at once when it is taken. */
int port_kick(struct port *port)
{
	if (!spin_trylock(&port->lock))
		return -EBUSY;
	port->buffer = kzalloc(64, GFP_KERNEL); /* finding: sleep-in-atomic */
	spin_unlock(&port->lock);
	return port->buffer ? 0 : -ENOMEM;
}

void port_poll(struct port *port, bool is_idle)
{
	unsigned long flags;

	if (is_idle && spin_trylock_irqsave(&port->lock, flags)) {
		msleep(10); /* finding: sleep-in-atomic */
		spin_unlock_irqrestore(&port->lock, flags);
	}
	msleep(10);
}

/* The answer is kept. */
int port_map(struct port *port)
{
	int is_taken = write_trylock(&port->map_lock);

	if (unlikely(!is_taken))
		return -EAGAIN;
	mutex_lock(&port->mutex); /* finding: sleep-in-atomic */
	mutex_unlock(&port->mutex);
	write_unlock(&port->map_lock);
	return 0;
}

void port_put(struct port *port)
{
	if (!refcount_dec_and_lock(&port->users, &port->lock))
		return;
	cond_resched(); /* finding: sleep-in-atomic */
	spin_unlock(&port->lock);
	kfree(port);
}

static int __init port_init(void)
{
	return 0;
}

static void __exit port_exit(void)
{
}
module_init(port_init);
module_exit(port_exit);
MODULE_LICENSE("GPL");
