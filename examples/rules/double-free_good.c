/* SPDX-License-Identifier: MIT */
/* double-free_good.c - a buffer of a device, as it should be */
#include <linux/module.h>
#include <linux/slab.h>

struct port {
	char *buffer;
};

static struct port port;

static void port_close(void)
{
	kfree(port.buffer);
	port.buffer = NULL;	/* kfree(NULL) does nothing */
}

static int __init port_init(void)
{
	port.buffer = kmalloc(128, GFP_KERNEL);
	if (!port.buffer)
		return -ENOMEM;
	port_close();
	return 0;
}

static void __exit port_exit(void)
{
	kfree(port.buffer);
}

module_init(port_init);
module_exit(port_exit);

MODULE_DESCRIPTION("an example of double-free");
MODULE_LICENSE("GPL");
