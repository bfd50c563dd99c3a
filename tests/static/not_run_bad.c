/* SPDX-License-Identifier: MIT */
/* Code that no run enters: an ioctl that nobody calls, and an error path that needs hardware. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/delay.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>

struct port {
	spinlock_t lock;
	struct mutex config;
	bool is_stuck;
	char *name;
};

static struct port port;

static void port_settle(struct port *p)
{
	spin_lock(&p->lock);
	if (p->is_stuck)
		msleep(10); /* finding: sleep-in-atomic */
	spin_unlock(&p->lock);
	msleep(1);
}

/* Nobody calls these. */
long port_ioctl(unsigned int command, unsigned long value)
{
	unsigned long flags;
	char *name;

	spin_lock_irqsave(&port.lock, flags);
	name = kmalloc(16, GFP_KERNEL | __GFP_ZERO); /* finding: sleep-in-atomic */
	if (!name) {
		spin_unlock_irqrestore(&port.lock, flags);
		return -ENOMEM;
	}
	kfree(port.name);
	port.name = name;
	spin_unlock_irqrestore(&port.lock, flags);
	return 0;
}

void port_configure(void)
{
	rcu_read_lock();
	mutex_lock(&port.config); /* finding: sleep-in-atomic */
	mutex_unlock(&port.config);
	rcu_read_unlock();
	mutex_lock(&port.config);
	mutex_unlock(&port.config);
}

static int __init port_init(void)
{
	spin_lock_init(&port.lock);
	mutex_init(&port.config);
	port_settle(&port);
	return 0;
}

static void __exit port_exit(void)
{
	kfree(port.name);
}

module_init(port_init);
module_exit(port_exit);
MODULE_LICENSE("GPL");
