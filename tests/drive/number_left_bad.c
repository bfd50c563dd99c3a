/* SPDX-License-Identifier: MIT */
/* register_chrdev() with no unregister_chrdev(). */
/* options: --no-sweep */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

static int major;

static ssize_t old_read(struct file *file, char __user *to, size_t bytes, loff_t *at)
{
	return 0;
}

static const struct file_operations old_fops = { .owner = THIS_MODULE, .read = old_read };

static int __init old_init(void)
{
	major = register_chrdev(0, "old", &old_fops); /* finding: leak */
	return major < 0 ? major : 0;
}

static void __exit old_exit(void)
{
}
module_init(old_init);
module_exit(old_exit);
MODULE_LICENSE("GPL");
