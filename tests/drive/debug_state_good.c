/* SPDX-License-Identifier: MIT */
/* The file goes before its object does. */
/* options: --no-sweep */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/debugfs.h>

struct meter { u32 count; char name[12]; };
static struct meter *meter;
static struct dentry *directory;

static int meter_show(struct seq_file *m, void *unused)
{
	struct meter *shown = m->private;

	seq_printf(m, "%s %u\n", shown->name, shown->count);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(meter);

static int __init meter_init(void)
{
	meter = kzalloc(sizeof(*meter), GFP_KERNEL);
	if (!meter)
		return -ENOMEM;
	strscpy(meter->name, "meter", sizeof(meter->name));
	directory = debugfs_create_dir("meter", NULL);
	debugfs_create_file("state", 0444, directory, meter, &meter_fops);
	debugfs_create_u32("count", 0644, directory, &meter->count);
	return 0;
}

static void __exit meter_exit(void)
{
	debugfs_remove(directory);
	kfree(meter);
}
module_init(meter_init);
module_exit(meter_exit);
MODULE_LICENSE("GPL");
