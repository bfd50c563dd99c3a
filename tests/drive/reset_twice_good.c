/* SPDX-License-Identifier: MIT */
/* Whoever frees the buffer forgets it. */
/* options: --no-sweep */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

static int buffer_open(struct inode *inode, struct file *file)
{
	file->private_data = kmalloc(32, GFP_KERNEL);
	return file->private_data ? 0 : -ENOMEM;
}

static long buffer_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	if (command != 0x100)
		return -ENOTTY;
	kfree(file->private_data);
	file->private_data = NULL;
	return 0;
}

static int buffer_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

static const struct file_operations buffer_fops = {
	.owner = THIS_MODULE,
	.open = buffer_open,
	.unlocked_ioctl = buffer_ioctl,
	.release = buffer_release,
};

static struct miscdevice buffer_misc = {
	.minor = MISC_DYNAMIC_MINOR, .name = "buffer", .fops = &buffer_fops,
};
module_misc_device(buffer_misc);
MODULE_LICENSE("GPL");
