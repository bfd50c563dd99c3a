/* SPDX-License-Identifier: MIT */
/* Reset forgets what it freed. */
/* options: --no-sweep --schedules 0 */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

static DEFINE_MUTEX(lock);
static void *filter;

static long filter_load(unsigned long bytes)
{
	if (filter || !bytes || bytes > 512)
		return -EINVAL;
	filter = kzalloc(bytes, GFP_KERNEL);
	return filter ? 0 : -ENOMEM;
}

static long filter_reset(unsigned long unused)
{
	kfree(filter);
	filter = NULL;
	return 0;
}

static const struct {
	unsigned int command;
	long (*call)(unsigned long argument);
} commands[] = {
	{ _IO('f', 0x10), filter_load },
	{ _IO('f', 0x11), filter_reset },
};

static long filter_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	long ret = -ENOTTY;

	mutex_lock(&lock);
	for (size_t i = 0; i < ARRAY_SIZE(commands); i++)
		if (commands[i].command == command)
			ret = commands[i].call(argument);
	mutex_unlock(&lock);
	return ret;
}

static const struct file_operations filter_ops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = filter_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
};
static struct miscdevice filter_device = {
	.minor = MISC_DYNAMIC_MINOR, .name = "filter", .fops = &filter_ops,
};

static int __init filter_init(void)
{
	return misc_register(&filter_device);
}

static void __exit filter_exit(void)
{
	misc_deregister(&filter_device);
	kfree(filter);
}
module_init(filter_init);
module_exit(filter_exit);
MODULE_LICENSE("GPL");
