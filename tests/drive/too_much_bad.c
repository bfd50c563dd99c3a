/* SPDX-License-Identifier: MIT */
/* read() copies its whole record, however small the buffer is. */
/* options: --no-sweep */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

struct record { char text[40]; };
static struct record record = { "the whole of it" };

static ssize_t record_read(struct file *file, char __user *to, size_t bytes, loff_t *at)
{
	if (*at)
		return 0;
	if (copy_to_user(to, &record, sizeof(record))) /* finding: out-of-bounds */
		return -EFAULT;
	*at += bytes;
	return bytes;
}

static const struct file_operations record_fops = {
	.owner = THIS_MODULE,
	.read = record_read,
};

static struct miscdevice record_misc = {
	.minor = MISC_DYNAMIC_MINOR, .name = "record", .fops = &record_fops,
};
module_misc_device(record_misc);
MODULE_LICENSE("GPL");
