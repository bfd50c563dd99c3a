/* SPDX-License-Identifier: MIT */
/* memcpy() between buffers of the kernel. */
/* options: --no-sweep */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

struct sample { char text[16]; };
static struct sample *last;
static DEFINE_MUTEX(last_lock);

static ssize_t sample_write(struct file *file, const char __user *from, size_t bytes, loff_t *at)
{
	struct sample fresh = { };

	if (copy_from_user(fresh.text, from, min(bytes, sizeof(fresh.text))))
		return -EFAULT;
	mutex_lock(&last_lock);
	*last = fresh;
	mutex_unlock(&last_lock);
	return bytes;
}

static const struct file_operations sample_fops = {
	.owner = THIS_MODULE, .write = sample_write,
};
static struct miscdevice sample_misc = {
	.minor = MISC_DYNAMIC_MINOR, .name = "sample", .fops = &sample_fops,
};

static int __init sample_init(void)
{
	int error;

	last = kzalloc(sizeof(*last), GFP_KERNEL);
	if (!last)
		return -ENOMEM;
	error = misc_register(&sample_misc);
	if (error)
		kfree(last);
	return error;
}

static void __exit sample_exit(void)
{
	misc_deregister(&sample_misc);
	kfree(last);
}
module_init(sample_init);
module_exit(sample_exit);
MODULE_LICENSE("GPL");
