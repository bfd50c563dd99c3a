/* SPDX-License-Identifier: MIT */
/* What single_open() made goes with single_release(). */
/* options: --no-sweep */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

static int load_show(struct seq_file *m, void *unused)
{
	seq_printf(m, "load %d\n", *(int *)m->private);
	return 0;
}

static int load;

static int load_open(struct inode *inode, struct file *file)
{
	return single_open(file, load_show, pde_data(inode));
}

static const struct proc_ops load_ops = {
	.proc_open = load_open,
	.proc_read = seq_read,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
};

static int __init load_init(void)
{
	return proc_create_data("load", 0444, NULL, &load_ops, &load) ? 0 : -ENOMEM;
}

static void __exit load_exit(void)
{
	remove_proc_entry("load", NULL);
}
module_init(load_init);
module_exit(load_exit);
MODULE_LICENSE("GPL");
