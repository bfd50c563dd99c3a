/* SPDX-License-Identifier: MIT */
/* The second buffer's failure frees the first, and the caller frees it again. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

struct port {
	void *rx, *tx;
};

static struct port port;

static void port_free(struct port *port)
{
	kvfree(port->tx);
	kvfree(port->rx);
	port->rx = port->tx = NULL;
}

static int port_alloc(struct port *port)
{
	port->rx = kvmalloc(4000, GFP_KERNEL);
	if (!port->rx)
		return -ENOMEM;
	port->tx = kvmalloc(4000, GFP_KERNEL);
	if (!port->tx) {
		kvfree(port->rx);
		port->rx = NULL;
		return -ENOMEM;
	}
	return 0;
}

static int __init port_init(void)
{
	int error = port_alloc(&port);

	if (error)
		port_free(&port);
	return error;
}

static void __exit port_exit(void)
{
	port_free(&port);
}

module_init(port_init);
module_exit(port_exit);
MODULE_LICENSE("GPL");
