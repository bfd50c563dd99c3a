/* SPDX-License-Identifier: MIT */
/* What correct ioctl()s do: numbers as arguments, waits with and without an end, delays. */
/* options: --schedules 2 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/workqueue.h>

#define PORT_MODES	4
struct port_name {
	char text[32];
};
#define PORT_RENAME	_IOW('P', 1, struct port_name)
#define PORT_NAME	_IOR('P', 2, struct port_name)
enum { PORT_MODE = 0x20, PORT_PAUSE, PORT_WAIT, PORT_FLUSH, PORT_KEEP, PORT_DROP };

static DEFINE_MUTEX(lock);
static DECLARE_COMPLETION(flushed);
static DECLARE_COMPLETION(event);
static unsigned int mode;
static char *name;
static void *kept;

static void flush(struct work_struct *work)
{
	complete(&flushed);
}
static DECLARE_WORK(port_work, flush);

static long port_rename(const char __user *from)
{
	char *text = strndup_user(from, sizeof(struct port_name));

	if (IS_ERR(text))
		return PTR_ERR(text);
	kfree(name);
	name = text;
	return 0;
}

static long port_name(struct port_name __user *to)
{
	struct port_name answer = { "" };

	if (name)
		strscpy(answer.text, name, sizeof(answer.text));
	return copy_to_user(to, &answer, sizeof(answer)) ? -EFAULT : 0;
}

/* The caller says how much; the kernel need not warn of what it cannot have. */
static long port_keep(unsigned long bytes)
{
	void *more = krealloc(kept, bytes, GFP_KERNEL | __GFP_NOWARN);

	if (bytes && !more)
		return -ENOMEM;
	kept = more;
	return 0;
}

static long port_locked(unsigned int command, unsigned long argument)
{
	switch (command) {
	case PORT_MODE:
		if (argument >= PORT_MODES)
			return -EINVAL;
		return xchg(&mode, argument);
	case PORT_RENAME:
		return port_rename((const char __user *)argument);
	case PORT_NAME:
		return port_name((struct port_name __user *)argument);
	case PORT_KEEP:
		return port_keep(argument);
	case PORT_DROP:
		kfree(kept);
		kept = NULL;
		return 0;
	}
	return -ENOIOCTLCMD;
}

static long port_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	long ret;

	switch (command) {
	case PORT_PAUSE:
		msleep(argument);
		return 0;
	case PORT_WAIT:
		return wait_for_completion_interruptible(&event);
	case PORT_FLUSH:
		schedule_work(&port_work);
		return wait_for_completion_timeout(&flushed, HZ) ? 0 : -ETIMEDOUT;
	}
	if (mutex_lock_interruptible(&lock))
		return -ERESTARTSYS;
	ret = port_locked(command, argument);
	mutex_unlock(&lock);
	return ret;
}

static const struct file_operations port_ops = {
	.owner = THIS_MODULE, .unlocked_ioctl = port_ioctl,
};
static struct miscdevice port_device = {
	.minor = MISC_DYNAMIC_MINOR, .name = "port", .fops = &port_ops,
};

static int __init port_init(void)
{
	return misc_register(&port_device);
}

static void __exit port_exit(void)
{
	misc_deregister(&port_device);
	flush_work(&port_work);
	kfree(name);
	kfree(kept);
}
module_init(port_init);
module_exit(port_exit);
MODULE_LICENSE("GPL");
