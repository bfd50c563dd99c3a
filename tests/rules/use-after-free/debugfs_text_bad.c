/* SPDX-License-Identifier: MIT */
/* The old name goes, the new one stands elsewhere: debugfs shows the one that was freed. */
/* options: --no-sweep --schedules 1 */
#include <linux/debugfs.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

struct port {
	char *label;
	struct dentry *dir;
};

static struct port port;
static char *spare_label;

static void port_rename(struct port *p, const char *label)
{
	char *new = kstrdup(label, GFP_KERNEL);

	if (!new)
		return;
	kfree(p->label); /* finding: use-after-free */
	spare_label = new;
}

static int __init port_init(void)
{
	port.label = kstrdup("left", GFP_KERNEL);
	if (!port.label)
		return -ENOMEM;
	port.dir = debugfs_create_dir("port_label", NULL);
	debugfs_create_str("label", 0444, port.dir, &port.label);
	port_rename(&port, "right");
	return 0;
}

static void __exit port_exit(void)
{
	debugfs_remove(port.dir);
	kfree(spare_label);
}

module_init(port_init);
module_exit(port_exit);
MODULE_LICENSE("GPL");
