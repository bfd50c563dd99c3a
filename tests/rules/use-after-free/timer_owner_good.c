/* SPDX-License-Identifier: MIT */
/* The timer is stopped before its owner goes. */
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timer.h>

struct port {
	unsigned int ticks;
};

static struct port *port;
static struct timer_list tick;

static void tick_fn(struct timer_list *timer)
{
	port->ticks++;
}

static int __init port_init(void)
{
	port = kzalloc(sizeof(*port), GFP_KERNEL);
	if (!port)
		return -ENOMEM;
	timer_setup(&tick, tick_fn, 0);
	mod_timer(&tick, jiffies + 20);
	msleep(5);
	return 0;
}

static void __exit port_exit(void)
{
	del_timer_sync(&tick);
	kfree(port);
}

module_init(port_init);
module_exit(port_exit);
MODULE_LICENSE("GPL");
