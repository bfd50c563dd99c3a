/* SPDX-License-Identifier: MIT */
/* A pipe of bytes in a kfifo, one for each who opens, with a mutex around what is read. */
/* options: --schedules 8 */
#include <linux/cdev.h>
#include <linux/fs.h>
#include <linux/kfifo.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/poll.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/wait.h>

struct tube {
	struct kfifo fifo;
	struct mutex lock;
	wait_queue_head_t waiters;
};

static dev_t number;
static struct cdev tube_cdev;

static int tube_open(struct inode *inode, struct file *file)
{
	struct tube *tube = kzalloc(sizeof(*tube), GFP_KERNEL);
	int error;

	if (!tube)
		return -ENOMEM;
	error = kfifo_alloc(&tube->fifo, 64, GFP_KERNEL);
	if (error) {
		kfree(tube);
		return error;
	}
	mutex_init(&tube->lock);
	init_waitqueue_head(&tube->waiters);
	file->private_data = tube;
	return 0;
}

static int tube_release(struct inode *inode, struct file *file)
{
	struct tube *tube = file->private_data;

	kfifo_free(&tube->fifo);
	kfree(tube);
	return 0;
}

static ssize_t tube_read(struct file *file, char __user *to, size_t count, loff_t *at)
{
	struct tube *tube = file->private_data;
	unsigned int copied;
	int error;

	if (kfifo_is_empty(&tube->fifo) && file->f_flags & O_NONBLOCK)
		return -EAGAIN;
	error = wait_event_interruptible(tube->waiters, !kfifo_is_empty(&tube->fifo));
	if (error)
		return error;
	mutex_lock(&tube->lock);
	error = kfifo_to_user(&tube->fifo, to, count, &copied);
	mutex_unlock(&tube->lock);
	if (error)
		return error;
	return copied;
}

static ssize_t tube_write(struct file *file, const char __user *from, size_t count, loff_t *at)
{
	struct tube *tube = file->private_data;
	unsigned int copied;
	int error = kfifo_from_user(&tube->fifo, from, count, &copied);

	wake_up_interruptible(&tube->waiters);
	if (error)
		return error;
	return copied;
}

static __poll_t tube_poll(struct file *file, poll_table *wait)
{
	struct tube *tube = file->private_data;

	poll_wait(file, &tube->waiters, wait);
	return EPOLLOUT | (kfifo_is_empty(&tube->fifo) ? 0 : EPOLLIN);
}

static const struct file_operations tube_ops = {
	.owner = THIS_MODULE, .open = tube_open, .release = tube_release, .read = tube_read,
	.write = tube_write, .poll = tube_poll,
};

static int __init tube_init(void)
{
	int error = alloc_chrdev_region(&number, 0, 1, "tube");

	if (error)
		return error;
	cdev_init(&tube_cdev, &tube_ops);
	error = cdev_add(&tube_cdev, number, 1);
	if (error)
		unregister_chrdev_region(number, 1);
	return error;
}

static void __exit tube_exit(void)
{
	cdev_del(&tube_cdev);
	unregister_chrdev_region(number, 1);
}
module_init(tube_init);
module_exit(tube_exit);
MODULE_LICENSE("GPL");
