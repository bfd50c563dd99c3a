/* SPDX-License-Identifier: MIT */
/* The answer of an ioctl has holes that nobody wrote. */
/* options: --no-sweep */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#define INFO_GET _IOR('i', 1, struct info)
struct info { char kind; long value; };

static long info_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	struct info *info;
	unsigned long left, bytes = sizeof(*info);
	long error = 0;

	if (command != INFO_GET)
		return -ENOTTY;
	info = kmalloc(sizeof(*info), GFP_KERNEL);
	if (!info)
		return -ENOMEM;
	info->kind = 1;
	info->value = 2;
	left = copy_to_user((void __user *)argument, info, bytes); /* finding: uninitialized-read */
	if (left)
		error = -EFAULT;
	kfree(info);
	return error;
}

static const struct file_operations info_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = info_ioctl,
};

static struct miscdevice info_misc = {
	.minor = MISC_DYNAMIC_MINOR, .name = "info", .fops = &info_fops,
};
module_misc_device(info_misc);
MODULE_LICENSE("GPL");
