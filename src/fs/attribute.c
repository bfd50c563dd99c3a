/* SPDX-License-Identifier: MIT */
/*
 * attribute.c - files that hold one number, by two functions
 *
 * Owns: what simple_attr_open() keeps of an open file.
 * Context: inside an operation of a file.
 */
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/kstrtox.h>
#include <linux/mutex.h>
#include <linux/sprintf.h>
#include "slab/slab.h"
#include "watch/watch.h"

struct attribute_file {
	int (*get)(void *data, u64 *value);
	int (*set)(void *data, u64 value);
	char text[32];
	size_t length;			/* 0: not asked for yet */
	void *data;
	const char *format;
	struct mutex mutex;
};

int simple_attr_open(struct inode *inode, struct file *file, int (*get)(void *, u64 *),
		     int (*set)(void *, u64), const char *fmt)
{
	struct attribute_file *attribute = kmalloc_call(sizeof(*attribute),
							GFP_KERNEL | __GFP_ZERO,
							KMALLOC_CALL("simple_attr_open"));

	if (!attribute)
		return -ENOMEM;
	attribute->get = get;
	attribute->set = set;
	attribute->data = inode->i_private;
	attribute->format = fmt;
	mutex_init(&attribute->mutex);
	file->private_data = attribute;
	return nonseekable_open(inode, file);
}

int simple_attr_release(struct inode *inode, struct file *file)
{
	kfree_call(file->private_data, KMALLOC_CALL("simple_attr_release"));
	return 0;
}

static void attribute_lock(struct attribute_file *attribute)
{
	watch_enter();
	mutex_lock(&attribute->mutex);
	watch_leave();
}

static void attribute_unlock(struct attribute_file *attribute)
{
	watch_enter();
	mutex_unlock(&attribute->mutex);
	watch_leave();
}

ssize_t simple_attr_read(struct file *file, char __user *buf, size_t len, loff_t *ppos)
{
	struct attribute_file *attribute = file->private_data;
	ssize_t ret = 0;
	u64 value = 0;

	if (!attribute->get)
		return -EACCES;
	attribute_lock(attribute);
	if (!*ppos || !attribute->length) {
		ret = attribute->get(attribute->data, &value);
		if (!ret)
			attribute->length = scnprintf(attribute->text, sizeof(attribute->text),
						      attribute->format,
						      (unsigned long long)value);
	}
	if (!ret) {
		watch_enter();
		ret = simple_read_from_buffer(buf, len, ppos, attribute->text, attribute->length);
		watch_leave();
	}
	attribute_unlock(attribute);
	return ret;
}

static ssize_t attribute_write(struct file *file, const char __user *buf, size_t len,
			       bool is_signed)
{
	struct attribute_file *attribute = file->private_data;
	char text[24];
	size_t bytes = min(sizeof(text) - 1, len);
	unsigned long long value;
	unsigned long left;
	long long number = 0;
	ssize_t ret;

	if (!attribute->set)
		return -EACCES;
	watch_enter();
	left = copy_from_user(text, buf, bytes);
	watch_leave();
	if (left)
		return -EFAULT;
	text[bytes] = 0;
	ret = is_signed ? kstrtoll(text, 0, &number) : kstrtoull(text, 0, &value);
	if (ret)
		return ret;
	attribute_lock(attribute);
	ret = attribute->set(attribute->data, is_signed ? (u64)number : value);
	attribute_unlock(attribute);
	return ret ? ret : (ssize_t)len;
}

ssize_t simple_attr_write(struct file *file, const char __user *buf, size_t len, loff_t *ppos)
{
	return attribute_write(file, buf, len, false);
}

ssize_t simple_attr_write_signed(struct file *file, const char __user *buf, size_t len,
				 loff_t *ppos)
{
	return attribute_write(file, buf, len, true);
}
