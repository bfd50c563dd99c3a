/* SPDX-License-Identifier: MIT */
/* Code that nothing calls, and that sleeps only outside of trylocks, guards and callbacks. */
#include <linux/cleanup.h>
#include <linux/delay.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/hrtimer.h>
#include <linux/workqueue.h>

struct port {
	spinlock_t lock, other;
	struct mutex mutex;
	refcount_t users;
	bool is_locked;
	void *buffer;
	struct work_struct work;
	struct hrtimer late;
	struct rcu_head rcu;
};

int port_kick(struct port *port)
{
	void *buffer = kzalloc(64, GFP_KERNEL);

	if (!spin_trylock(&port->lock)) {
		msleep(1);
		kfree(buffer);
		return -EBUSY;
	}
	port->buffer = buffer;
	spin_unlock(&port->lock);
	msleep(1);
	return 0;
}

void port_wait(struct port *port)
{
	while (!spin_trylock(&port->lock))
		usleep_range(10, 20);
	spin_unlock(&port->lock);
	if (mutex_trylock(&port->mutex)) {
		msleep(1);
		mutex_unlock(&port->mutex);
	}
}

/* It answers whether it holds the lock; its caller ends that. */
bool port_try(struct port *port)
{
	if (!spin_trylock(&port->lock))
		return false;
	port->is_locked = true;
	return true;
}

bool port_try_only(struct port *port)
{
	return spin_trylock(&port->lock);
}

/* As consoles do: a crash need not wait for who holds it. */
void port_write(struct port *port, bool is_crash)
{
	unsigned long flags;
	int is_locked = 1;

	if (is_crash)
		is_locked = spin_trylock_irqsave(&port->lock, flags);
	else
		spin_lock_irqsave(&port->lock, flags);
	port->is_locked = is_locked;
	if (is_locked)
		spin_unlock_irqrestore(&port->lock, flags);
	msleep(1);
}

/* Two of a kind, the second one in the other order. */
int port_both(struct port *port)
{
	if (!spin_trylock(&port->lock))
		return -EBUSY;
	if (!spin_trylock(&port->other)) {
		spin_unlock(&port->lock);
		msleep(1);
		return -EAGAIN;
	}
	spin_unlock(&port->other);
	spin_unlock(&port->lock);
	return mutex_lock_interruptible(&port->mutex);
}

int port_maybe(struct port *port, bool may_wait)
{
	if (may_wait)
		spin_lock(&port->lock);
	else if (!spin_trylock(&port->lock))
		return -EAGAIN;
	port->is_locked = true;
	spin_unlock(&port->lock);
	port->buffer = kzalloc(8, GFP_KERNEL);
	return 0;
}

void port_put(struct port *port)
{
	might_sleep();
	if (refcount_dec_and_lock(&port->users, &port->lock)) {
		port->is_locked = false;
		spin_unlock(&port->lock);
		cond_resched();
		kfree(port);
	}
	cond_resched();
}

/* A scope that ends, a way out of one, and a way on. */
int port_scopes(struct port *port, int *numbers, int count)
{
	{
		guard(spinlock)(&port->lock);
		port->is_locked = true;
	}
	msleep(1);
	scoped_guard(spinlock_irqsave, &port->lock) {
		if (!numbers)
			goto out;
	}
	for (int i = 0; i < count; i++) {
		guard(spinlock)(&port->lock);
		if (!numbers[i])
			continue;
		if (numbers[i] < 0)
			break;
		numbers[i]--;
	}
	scoped_cond_guard(spinlock_try, return msleep_interruptible(1), &port->lock)
		port->is_locked = false;
	mutex_lock(&port->mutex);
	mutex_unlock(&port->mutex);
	return 0;
out:
	msleep(1);
	return -EINVAL;
}

/* Work may sleep; what a timer and call_rcu() call may not, and do not. */
void port_work(struct work_struct *work)
{
	struct port *port = container_of(work, struct port, work);

	mutex_lock(&port->mutex);
	mutex_unlock(&port->mutex);
}

enum hrtimer_restart port_late(struct hrtimer *timer)
{
	struct port *port = container_of(timer, struct port, late);

	schedule_work(&port->work);
	return HRTIMER_NORESTART;
}

void port_free(struct rcu_head *head)
{
	struct port *port = container_of(head, struct port, rcu);

	kvfree(port->buffer);
	kfree(port);
}

void port_close(struct port *port)
{
	hrtimer_cancel(&port->late);
	cancel_work_sync(&port->work);
	call_rcu(&port->rcu, port_free);
	rcu_barrier();
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
