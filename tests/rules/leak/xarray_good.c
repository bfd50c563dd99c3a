/* SPDX-License-Identifier: MIT */
/* The refused port is freed, and xa_destroy() ends the array. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/xarray.h>

struct port {
	int number;
};

static DEFINE_XARRAY(ports);

static int port_add(int number)
{
	struct port *port = kzalloc(sizeof(*port), GFP_KERNEL);
	int error;

	if (!port)
		return -ENOMEM;
	port->number = number;
	error = xa_insert(&ports, number, port, GFP_KERNEL);
	if (error)
		kfree(port);
	return error;
}

static void ports_end(void)
{
	struct port *port;
	unsigned long number;

	xa_for_each(&ports, number, port)
		kfree(port);
	xa_destroy(&ports);
}

static int __init ports_init(void)
{
	int error = 0;

	for (int number = 1; number < 4 && !error; number++)
		error = port_add(number * 100);
	if (error)
		ports_end();
	return error;
}

static void __exit ports_exit(void)
{
	ports_end();
}

module_init(ports_init);
module_exit(ports_exit);
MODULE_LICENSE("GPL");
