/* SPDX-License-Identifier: MIT */
/* Right code that no run enters, in the shapes that a compiler could take for wrong. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/delay.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/uaccess.h>

struct port {
	spinlock_t lock, other;
	struct mutex config;
	struct timer_list timer;
	bool is_busy;
	char *name;
};

static struct port port;

/* Drops its caller's lock; nothing says so. */
static void port_leave(struct port *p)
{
	p->is_busy = false;
	spin_unlock(&p->lock);
}

/* As sparse wants it. */
static void port_drop(struct port *p) __releases(&p->lock)
{
	spin_unlock(&p->lock);
}

void port_helpers(struct port *p)
{
	spin_lock(&p->lock);
	port_leave(p);
	msleep(1);
	spin_lock(&p->lock);
	port_drop(p);
	msleep(1);
}

void port_nested(struct port *p, unsigned long flags)
{
	spin_lock(&p->lock);
	spin_lock(&p->other);
	spin_unlock(&p->lock);
	spin_unlock(&p->other);
	msleep(1);
	local_irq_save(flags);
	spin_lock(&p->lock);
	spin_unlock_irqrestore(&p->lock, flags);
	mutex_lock(&p->config);
	mutex_unlock(&p->config);
	spin_lock_bh(&p->lock);
	spin_unlock(&p->lock);
	local_bh_enable();
	msleep(1);
}

int port_conditional(struct port *p, bool is_atomic, gfp_t gfp)
{
	if (is_atomic)
		spin_lock(&p->lock);
	p->name = kmalloc(8, is_atomic ? GFP_ATOMIC : GFP_KERNEL);
	if (!is_atomic)
		msleep(1);
	if (is_atomic)
		spin_unlock(&p->lock);
	if (!spin_trylock(&p->lock)) {
		msleep(1);
		return -EBUSY;
	}
	might_sleep_if(gfpflags_allow_blocking(gfp));
	p->name = krealloc(p->name, 16, gfp);
	spin_unlock(&p->lock);
	return 0;
}

void port_loop(struct port *p)
{
	spin_lock_irq(&p->lock);
	while (p->is_busy) {
		spin_unlock_irq(&p->lock);
		msleep(1);
		spin_lock_irq(&p->lock);
		if (p->name)
			goto out;
	}
	spin_unlock_irq(&p->lock);
	msleep(1);
	return;
out:
	spin_unlock_irq(&p->lock);
	kfree(krealloc(p->name, 32, GFP_KERNEL));
}

unsigned long port_copy(struct port *p, char __user *to)
{
	unsigned long left;

	spin_lock(&p->lock);
	pagefault_disable();
	left = copy_to_user(to, p->name, 4);
	pagefault_enable();
	spin_unlock(&p->lock);
	return left;
}

/* Begins a section for its caller. */
void port_enter(struct port *p)
{
	spin_lock(&p->lock);
}

static int __init port_init(void)
{
	spin_lock_init(&port.lock);
	spin_lock_init(&port.other);
	mutex_init(&port.config);
	return 0;
}

static void __exit port_exit(void)
{
}

module_init(port_init);
module_exit(port_exit);
MODULE_LICENSE("GPL");
