/* SPDX-License-Identifier: MIT */
/* The same: the caller tests, so those it calls need not. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

struct port {
	char *label;
	u8 mac[6];
};

static struct port *port;

static void label_write(char *to, const char *from)
{
	strcpy(to, from);
}

static void port_name(struct port *p, const char *name)
{
	label_write(p->label, name);
}

static int port_setup(struct port *p)
{
	p->label = kmalloc(32, GFP_KERNEL);
	if (!p->label)
		return -ENOMEM;
	port_name(p, "eth0");
	return 0;
}

static int __init port_init(void)
{
	port = kzalloc(sizeof(*port), GFP_KERNEL);
	if (!port)
		return -ENOMEM;
	if (port_setup(port)) {
		kfree(port);
		return -ENOMEM;
	}
	return 0;
}

static void __exit port_exit(void)
{
	kfree(port->label);
	kfree(port);
}

module_init(port_init);
module_exit(port_exit);
MODULE_LICENSE("GPL");
