/* SPDX-License-Identifier: MIT */
/* drive_good.c - a note that is kept, as it should be */
#include <linux/module.h>
#include <linux/miscdevice.h>
#include <linux/fs.h>
#include <linux/uaccess.h>

static char kept[16];
static size_t length;

static ssize_t note_write(struct file *file, const char __user *from, size_t bytes, loff_t *at)
{
	length = min(bytes, sizeof(kept) - 1);
	return copy_from_user(kept, from, length) ? -EFAULT : length;
}

static ssize_t note_read(struct file *file, char __user *to, size_t bytes, loff_t *at)
{
	return simple_read_from_buffer(to, bytes, at, kept, length);
}

static const struct file_operations note_operations = {
	.owner = THIS_MODULE,
	.write = note_write,
	.read = note_read,
};

static struct miscdevice note = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "note",
	.fops = &note_operations,
};
module_misc_device(note);

MODULE_DESCRIPTION("an example of drive");
MODULE_LICENSE("GPL");
