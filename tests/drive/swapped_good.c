/* SPDX-License-Identifier: MIT */
/* The kernel's buffer first. */
/* options: --no-sweep */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

static char config[64];

static ssize_t config_write(struct file *file, const char __user *from, size_t bytes, loff_t *at)
{
	bytes = min(bytes, sizeof(config));
	if (copy_from_user(config, from, bytes))
		return -EFAULT;
	return bytes;
}

static const struct file_operations config_fops = {
	.owner = THIS_MODULE,
	.write = config_write,
};

static struct miscdevice config_misc = {
	.minor = MISC_DYNAMIC_MINOR, .name = "config", .fops = &config_fops,
};
module_misc_device(config_misc);
MODULE_LICENSE("GPL");
