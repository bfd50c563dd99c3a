/* SPDX-License-Identifier: MIT */
/* What open() made is still there after release(). */
/* options: --no-sweep */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

struct reader { unsigned int reads; };

static int reader_open(struct inode *inode, struct file *file)
{
	struct reader *reader = kzalloc(sizeof(*reader), GFP_KERNEL); /* finding: leak */

	if (!reader)
		return -ENOMEM;
	file->private_data = reader;
	return 0;
}

static ssize_t reader_read(struct file *file, char __user *to, size_t bytes, loff_t *at)
{
	struct reader *reader = file->private_data;
	char text[16];
	int length = scnprintf(text, sizeof(text), "%u\n", ++reader->reads);

	return simple_read_from_buffer(to, bytes, at, text, length);
}

static int reader_release(struct inode *inode, struct file *file)
{
	return 0;
}

static const struct file_operations reader_fops = {
	.owner = THIS_MODULE,
	.open = reader_open,
	.read = reader_read,
	.release = reader_release,
};

static struct miscdevice reader_misc = {
	.minor = MISC_DYNAMIC_MINOR, .name = "reader", .fops = &reader_fops,
};
module_misc_device(reader_misc);
MODULE_LICENSE("GPL");
