/* SPDX-License-Identifier: MIT */
/* What could not be copied is an error. */
/* options: --no-sweep */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

static ssize_t blind_read(struct file *file, char __user *to, size_t bytes, loff_t *at)
{
	static const char text[8] = "0123456";

	bytes = min(bytes, sizeof(text));
	if (copy_to_user(to, text, bytes))
		return -EFAULT;
	return bytes;
}

static const struct file_operations blind_fops = {
	.owner = THIS_MODULE,
	.read = blind_read,
};

static struct miscdevice blind_misc = {
	.minor = MISC_DYNAMIC_MINOR, .name = "blind", .fops = &blind_fops,
};
module_misc_device(blind_misc);
MODULE_LICENSE("GPL");
