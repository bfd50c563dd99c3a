/* SPDX-License-Identifier: MIT */
/*
 * text.c - files of a page of text, as sysfs has them
 *
 * A read at the start asks for the whole text anew; what show() says it wrote must fit in a page.
 * A write is handed over as one text of at most a page less one byte, ended by a 0.
 * The page is the core's, fresh and zeroed for each read.
 */
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/slab.h>
#include "fs/fs_room.h"
#include "watch/watch.h"

static char *page_take(void)
{
	/* Not a page: one byte too many would be another page's, and nobody's mistake. */
	return kzalloc(PAGE_SIZE, GFP_KERNEL);
}

static void page_drop(char *page)
{
	kfree(page);
}

static ssize_t text_read(struct file *file, char __user *to, size_t bytes, loff_t *at)
{
	struct km_fnode *node = fnode_of_inode(file_inode(file));
	char *page = page_take();
	ssize_t length;

	if (!page)
		return -ENOMEM;
	length = node->text->show ? node->text->show(node, page) : -EIO;
	if (WARN(length >= (ssize_t)PAGE_SIZE, "fill_read_buffer: %s returned bad count\n",
		 node->path))
		length = PAGE_SIZE - 1;
	if (length >= 0) {
		watch_enter();
		length = simple_read_from_buffer(to, bytes, at, page, length);
		watch_leave();
	}
	page_drop(page);
	return length;
}

static ssize_t text_write(struct file *file, const char __user *from, size_t bytes, loff_t *at)
{
	struct km_fnode *node = fnode_of_inode(file_inode(file));
	char *page = page_take();
	ssize_t ret = -EFAULT;
	unsigned long left;

	if (!page)
		return -ENOMEM;
	bytes = min_t(size_t, bytes, PAGE_SIZE - 1);
	watch_enter();
	left = copy_from_user(page, from, bytes);
	watch_leave();
	if (!left)
		ret = node->text->store ? node->text->store(node, page, bytes) : -EIO;
	page_drop(page);
	if (ret > 0)
		*at += ret;
	return ret;
}

const struct file_operations text_file_operations = {
	.read = text_read,
	.write = text_write,
	.llseek = generic_file_llseek,
};
