/* SPDX-License-Identifier: MIT */
/* Two tasks give the same command: what one looks at the other frees. */
/* options: --no-sweep --schedules 24 */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/mutex.h>
#include <linux/uaccess.h>

struct session {
	u32 number;
};
#define SESSION_BEGIN	_IO('S', 1)
#define SESSION_COUNT	_IOR('S', 2, __u32)
#define SESSION_END	_IO('S', 3)

static struct session *session;
static DEFINE_MUTEX(lock);

static long session_begin(void)
{
	struct session *begun = kzalloc(sizeof(*begun), GFP_KERNEL); /* finding: leak */

	if (!begun)
		return -ENOMEM;
	if (session)
		kfree(begun);
	else
		session = begun;
	return 0;
}

static long session_count(void)
{
	struct session *of = session;

	if (!of)
		return -ENOENT;
	cond_resched();
	return of->number++; /* finding: use-after-free */
}

static long session_end(void)
{
	struct session *ended = session;

	session = NULL;
	kfree(ended);
	return 0;
}

static long session_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	long ret = -ENOTTY;

	if (command == SESSION_BEGIN)
		ret = session_begin();
	else if (command == SESSION_COUNT)
		ret = session_count();
	else if (command == SESSION_END)
		ret = session_end();
	return ret;
}

static const struct file_operations session_ops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = session_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
};
static struct miscdevice session_device = {
	.minor = MISC_DYNAMIC_MINOR, .name = "session", .fops = &session_ops,
};

static int __init session_init(void)
{
	return misc_register(&session_device);
}

static void __exit session_exit(void)
{
	misc_deregister(&session_device);
	kfree(session);
}
module_init(session_init);
module_exit(session_exit);
MODULE_LICENSE("GPL");
