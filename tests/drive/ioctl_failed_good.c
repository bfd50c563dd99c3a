/* SPDX-License-Identifier: MIT */
/* The second allocation is looked at too. */
/* options: --schedules 0 */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

struct pair {
	char *left, *right;
};
#define PAIR_FILL	_IOW(0xf5, 7, char[24])

static long pair_fill(const char __user *from)
{
	struct pair pair;
	long ret = 0;

	pair.left = kmalloc(24, GFP_KERNEL);
	if (!pair.left)
		return -ENOMEM;
	pair.right = kzalloc(24, GFP_KERNEL);
	if (!pair.right) {
		kfree(pair.left);
		return -ENOMEM;
	}
	if (copy_from_user(pair.left, from, 24))
		ret = -EFAULT;
	else
		pair.right[0] = pair.left[23];
	kfree(pair.right);
	kfree(pair.left);
	return ret;
}

static long pair_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	static const unsigned int fill = PAIR_FILL;

	return command == fill ? pair_fill((const char __user *)argument) : -ENOTTY;
}

static const struct file_operations pair_ops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = pair_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
};
static struct miscdevice pair_device = {
	.minor = MISC_DYNAMIC_MINOR, .name = "pair", .fops = &pair_ops,
};
module_misc_device(pair_device);
MODULE_LICENSE("GPL");
