/* SPDX-License-Identifier: MIT */
/* Three calls deep the library copies to where no memory was got. */
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
	strcpy(to, from); /* finding: null-unchecked */
}

static void port_name(struct port *p, const char *name)
{
	label_write(p->label, name);
}

static int port_setup(struct port *p)
{
	p->label = kmalloc(32, GFP_KERNEL);
	port_name(p, "eth0");
	return 0;
}

static int __init port_init(void)
{
	port = kzalloc(sizeof(*port), GFP_KERNEL);
	if (!port)
		return -ENOMEM;
	return port_setup(port);
}

static void __exit port_exit(void)
{
	kfree(port->label);
	kfree(port);
}

module_init(port_init);
module_exit(port_exit);
MODULE_LICENSE("GPL");
