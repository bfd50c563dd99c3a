/* SPDX-License-Identifier: MIT */
/* The defaults that each port gets a copy of were never complete, as it should be. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

struct port_conf {
	u32 speed;
	u32 flags;
	u64 base;
};

#define PORT_LOOPBACK 1

static struct port_conf *ports[2];

static struct port_conf *defaults_make(void)
{
	struct port_conf *made = kmalloc(sizeof(*made), GFP_KERNEL);

	if (!made)
		return NULL;
	made->speed = 9600;
	made->base = 0x3f8;
	made->flags = 0;
	return made;
}

static void port_start(const struct port_conf *conf)
{
	if (conf->speed < 300)
		pr_info("slow\n");
	if (conf->flags & PORT_LOOPBACK)
		pr_info("loopback\n");
}

static int __init port_init(void)
{
	struct port_conf *defaults = defaults_make();

	if (!defaults)
		return -ENOMEM;
	for (int i = 0; i < 2; i++)
		ports[i] = kmemdup(defaults, sizeof(*defaults), GFP_KERNEL);
	kfree(defaults);
	if (ports[0] && ports[1]) {
		port_start(ports[1]);
		return 0;
	}
	kfree(ports[0]);
	kfree(ports[1]);
	return -ENOMEM;
}

static void __exit port_exit(void)
{
	kfree(ports[0]);
	kfree(ports[1]);
}

module_init(port_init);
module_exit(port_exit);
MODULE_DESCRIPTION("kmemdup() of what is not complete");
MODULE_LICENSE("GPL");
