/* SPDX-License-Identifier: MIT */
/* Whoever reads can be interrupted. */
/* options: --no-sweep */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/wait.h>

static DECLARE_WAIT_QUEUE_HEAD(news);
static bool has_news;

static ssize_t news_read(struct file *file, char __user *to, size_t bytes, loff_t *at)
{
	if (wait_event_interruptible(news, has_news))
		return -ERESTARTSYS;
	return 0;
}

static ssize_t news_write(struct file *file, const char __user *from, size_t bytes, loff_t *at)
{
	has_news = true;
	wake_up(&news);
	return bytes;
}

static const struct file_operations news_fops = {
	.owner = THIS_MODULE,
	.read = news_read,
	.write = news_write,
};

static struct miscdevice news_misc = {
	.minor = MISC_DYNAMIC_MINOR, .name = "news", .fops = &news_fops,
};
module_misc_device(news_misc);
MODULE_LICENSE("GPL");
