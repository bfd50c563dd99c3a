/* SPDX-License-Identifier: MIT */
/* An entry of a table is chosen by a number that was never set. */
#include <linux/module.h>
#include <linux/slab.h>

#define PORTS 8

struct port {
	unsigned char number;
	unsigned char mask;
};

static unsigned long counters[256];
static struct port *ports;

static void port_count(const struct port *port)
{
	counters[port->number]++; /* finding: uninitialized-read */
}

static int __init ports_init(void)
{
	ports = kmalloc_array(PORTS, sizeof(*ports), GFP_KERNEL);
	if (!ports)
		return -ENOMEM;
	for (unsigned int i = 0; i < PORTS; i++)
		ports[i].mask = (unsigned char)(1u << i);
	for (unsigned int i = 0; i < PORTS; i++)
		port_count(&ports[i]);
	return 0;
}

static void __exit ports_exit(void)
{
	kfree(ports);
}

module_init(ports_init);
module_exit(ports_exit);
MODULE_LICENSE("GPL");
