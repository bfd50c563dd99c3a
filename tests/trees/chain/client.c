// SPDX-License-Identifier: MIT
#include <linux/module.h>
#include <linux/slab.h>
#include "bus.h"

static struct bus_client client;
static unsigned int bytes = 64;
module_param(bytes, uint, 0444);

struct bus_client *client_get(void)
{
	return &client;
}
EXPORT_SYMBOL_GPL(client_get);

static int __init client_init(void)
{
	client.data = bus_buffer(bytes);
	if (!client.data)
		return -ENOMEM;
	bus_add(&client);
	pr_info("%s: %d clients, %d\n", KBUILD_MODNAME, bus_clients, read(&client));
	return 0;
}

/* Forgets the buffer: what the bus exports may be freed only here. */
static void __exit client_exit(void)
{
	bus_remove(&client);
}

module_init(client_init);
module_exit(client_exit);
MODULE_IMPORT_NS(BUS);
MODULE_LICENSE("GPL");
