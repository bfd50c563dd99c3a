/* SPDX-License-Identifier: MIT */
/* get_user() takes the byte. */
/* options: --no-sweep */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

static char mode = 'a';

static ssize_t mode_read(struct file *file, char __user *to, size_t bytes, loff_t *at)
{
	return simple_read_from_buffer(to, bytes, at, &mode, 1);
}

static ssize_t mode_write(struct file *file, const char __user *from, size_t bytes, loff_t *at)
{
	if (!bytes)
		return 0;
	if (get_user(mode, from))
		return -EFAULT;
	return bytes;
}

static const struct file_operations mode_fops = {
	.owner = THIS_MODULE,
	.read = mode_read,
	.write = mode_write,
};

static struct miscdevice mode_misc = {
	.minor = MISC_DYNAMIC_MINOR, .name = "mode", .fops = &mode_fops,
};
module_misc_device(mode_misc);
MODULE_LICENSE("GPL");
