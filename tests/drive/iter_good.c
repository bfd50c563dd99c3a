/* SPDX-License-Identifier: MIT */
/* A device that is read and written by iterators, and looks at how much is to come. */
/* options: --schedules 8 */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uio.h>

#define PAGE_OF_NOTES 128

struct note { struct mutex lock; size_t length; char *text; };

static int note_open(struct inode *inode, struct file *file)
{
	struct note *note = kzalloc(sizeof(*note), GFP_KERNEL);

	if (!note)
		return -ENOMEM;
	note->text = kzalloc(PAGE_OF_NOTES, GFP_KERNEL);
	if (!note->text) {
		kfree(note);
		return -ENOMEM;
	}
	mutex_init(&note->lock);
	file->private_data = note;
	return 0;
}

static int note_release(struct inode *inode, struct file *file)
{
	struct note *note = file->private_data;

	kfree(note->text);
	kfree(note);
	return 0;
}

static ssize_t note_read_iter(struct kiocb *iocb, struct iov_iter *to)
{
	struct note *note = iocb->ki_filp->private_data;
	size_t bytes = 0;

	mutex_lock(&note->lock);
	if (iocb->ki_pos < note->length)
		bytes = copy_to_iter(note->text + iocb->ki_pos, note->length - iocb->ki_pos, to);
	iocb->ki_pos += bytes;
	mutex_unlock(&note->lock);
	return bytes;
}

static ssize_t note_write_iter(struct kiocb *iocb, struct iov_iter *from)
{
	struct note *note = iocb->ki_filp->private_data;
	size_t bytes = min_t(size_t, iov_iter_count(from), PAGE_OF_NOTES);

	mutex_lock(&note->lock);
	if (!copy_from_iter_full(note->text, bytes, from))
		bytes = 0;
	note->length = bytes;
	mutex_unlock(&note->lock);
	return bytes ? bytes : -EFAULT;
}

static const struct file_operations note_ops = {
	.owner = THIS_MODULE, .open = note_open, .release = note_release,
	.read_iter = note_read_iter, .write_iter = note_write_iter, .llseek = default_llseek,
};
static struct miscdevice note_device = {
	.minor = MISC_DYNAMIC_MINOR, .name = "note", .fops = &note_ops,
};
module_misc_device(note_device);
MODULE_LICENSE("GPL");
