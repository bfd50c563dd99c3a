/* SPDX-License-Identifier: MIT */
static void port_refill(struct port *port, gfp_t flags)
{
	port->spare = kmalloc(128, flags);
}

static irqreturn_t port_irq(int irq, void *data)
{
	struct port *port = data;

	port_refill(port, GFP_ATOMIC);
	schedule_work(&port->work);
	return IRQ_WAKE_THREAD;
}

static irqreturn_t port_thread(int irq, void *data)
{
	struct port *port = data;

	mutex_lock(&port->mutex);
	port->note = kstrdup("late", GFP_KERNEL);
	mutex_unlock(&port->mutex);
	return IRQ_HANDLED;
}

static void port_work(struct work_struct *work)
{
	msleep(5);
}

static void port_timeout(struct timer_list *timer)
{
	struct port *port = from_timer(port, timer, timer);

	mod_timer(&port->timer, jiffies + HZ);
}

static int port_probe(struct platform_device *pdev)
{
	struct port *port = port_of(pdev);

	timer_setup(&port->timer, port_timeout, 0);
	INIT_WORK(&port->work, port_work);
	return request_threaded_irq(port->irq, port_irq, port_thread, 0, "port", port);
}

#define final_version

static void cache_release(struct rcu_head *head)
{
	struct cache *cache = container_of(head, struct cache, rcu);

	vfree(cache->pages); /* puts its work off in an interrupt */
	kfree(cache);
}

static void cache_drop(struct cache *cache)
{
	call_rcu(&cache->rcu, cache_release);
}

#ifndef final_version
static void cache_show(struct timer_list *timer)
{
	msleep(5);
}

static void cache_start(struct cache *cache)
{
	timer_setup(&cache->timer, cache_show, 0);
}
#endif

/* Who asks where it runs, or lets go first, may sleep after it. */
static void port_flush(struct port *port)
{
	if (in_interrupt())
		return;
	mutex_lock(&port->mutex);
	port->count = 0;
	mutex_unlock(&port->mutex);
}

static void port_late(struct timer_list *timer)
{
	struct port *port = from_timer(port, timer, late);

	port_flush(port);
	queue_work(system_wq, &port->work);
}

/* The name of a handler within another's, and a function that nobody hands over. */
static void port_late_sync(struct port *port)
{
	timer_delete_sync(&port->late);
	msleep(10);
}

static int port_late_probe(struct port *port)
{
	timer_setup(&port->late, port_late, 0);
	port_late_sync(port);
	return devm_request_threaded_irq(port->dev, port->irq, NULL, port_thread, IRQF_ONESHOT,
					 "port", port);
}
