/* SPDX-License-Identifier: MIT */
/* Memory is asked for before the lock is taken. */
/* options: --no-sweep --schedules 0 */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>

static DEFINE_SPINLOCK(lock);
static char *name;

static long label_set(const char __user *from)
{
	char *text, *old;

	text = kzalloc(32, GFP_KERNEL);
	if (!text)
		return -ENOMEM;
	spin_lock(&lock);
	old = name;
	name = text;
	spin_unlock(&lock);
	kfree(old);
	return 0;
}

static long label_clear(void)
{
	char *old;

	spin_lock(&lock);
	old = name;
	name = NULL;
	spin_unlock(&lock);
	kfree(old);
	return 0;
}

static long label_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	if (_IOC_TYPE(command) != 'L' || _IOC_NR(command) > 5)
		return -ENOTTY;
	switch (_IOC_NR(command)) {
	case 4:
		return label_set((const char __user *)argument);
	case 5:
		return label_clear();
	}
	return -ENOTTY;
}

static const struct file_operations label_ops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = label_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
};
static struct miscdevice label_device = {
	.minor = MISC_DYNAMIC_MINOR, .name = "label", .fops = &label_ops,
};

static int __init label_init(void)
{
	return misc_register(&label_device);
}

static void __exit label_exit(void)
{
	misc_deregister(&label_device);
	kfree(name);
}
module_init(label_init);
module_exit(label_exit);
MODULE_LICENSE("GPL");
