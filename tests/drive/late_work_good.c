/* SPDX-License-Identifier: MIT */
/* release() waits for the work before it frees the object. */
/* options: --no-sweep */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/workqueue.h>

struct session { struct delayed_work work; unsigned int beats; };

static void session_beat(struct work_struct *work)
{
	struct session *session = container_of(to_delayed_work(work), struct session, work);

	session->beats++;
}

static int session_open(struct inode *inode, struct file *file)
{
	struct session *session = kzalloc(sizeof(*session), GFP_KERNEL);

	if (!session)
		return -ENOMEM;
	INIT_DELAYED_WORK(&session->work, session_beat);
	file->private_data = session;
	return 0;
}

static ssize_t session_write(struct file *file, const char __user *from, size_t bytes, loff_t *at)
{
	struct session *session = file->private_data;

	schedule_delayed_work(&session->work, msecs_to_jiffies(50));
	return bytes;
}

static int session_release(struct inode *inode, struct file *file)
{
	struct session *session = file->private_data;

	cancel_delayed_work_sync(&session->work);
	kfree(session);
	return 0;
}

static const struct file_operations session_fops = {
	.owner = THIS_MODULE,
	.open = session_open,
	.write = session_write,
	.release = session_release,
};

static struct miscdevice session_misc = {
	.minor = MISC_DYNAMIC_MINOR, .name = "session", .fops = &session_fops,
};
module_misc_device(session_misc);
MODULE_LICENSE("GPL");
