/* SPDX-License-Identifier: MIT */
/*
 * libfs.c - operations of files that many drivers share
 *
 * Owns: nothing.  Context: inside an operation of a file.
 */
#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/slab.h>
#include "fs/fs_room.h"
#include "slab/slab.h"

loff_t vfs_setpos(struct file *file, loff_t offset, loff_t maxsize)
{
	if ((offset < 0 && !(file->f_mode & FMODE_UNSIGNED_OFFSET)) || offset > maxsize)
		return -EINVAL;
	if (offset != file->f_pos) {
		file->f_pos = offset;
		file->f_version = 0;
	}
	return offset;
}

loff_t generic_file_llseek_size(struct file *file, loff_t offset, int whence, loff_t maxsize,
				loff_t eof)
{
	switch (whence) {
	case SEEK_SET:
		return vfs_setpos(file, offset, maxsize);
	case SEEK_CUR:
		return offset ? vfs_setpos(file, file->f_pos + offset, maxsize) : file->f_pos;
	case SEEK_END:
		return vfs_setpos(file, eof + offset, maxsize);
	case SEEK_DATA:
		return offset < 0 || offset >= eof ? -ENXIO : vfs_setpos(file, offset, maxsize);
	case SEEK_HOLE:
		return offset < 0 || offset >= eof ? -ENXIO : vfs_setpos(file, eof, maxsize);
	default:
		return -EINVAL;
	}
}

loff_t generic_file_llseek(struct file *file, loff_t offset, int whence)
{
	return generic_file_llseek_size(file, offset, whence, MAX_LFS_FILESIZE,
					i_size_read(file_inode(file)));
}

loff_t default_llseek(struct file *file, loff_t offset, int whence)
{
	return generic_file_llseek(file, offset, whence);
}

loff_t noop_llseek(struct file *file, loff_t offset, int whence)
{
	return file->f_pos;
}

loff_t fixed_size_llseek(struct file *file, loff_t offset, int whence, loff_t size)
{
	if (whence < SEEK_SET || whence > SEEK_END)
		return -EINVAL;
	return generic_file_llseek_size(file, offset, whence, size, size);
}

loff_t no_seek_end_llseek_size(struct file *file, loff_t offset, int whence, loff_t size)
{
	if (whence != SEEK_SET && whence != SEEK_CUR)
		return -EINVAL;
	return generic_file_llseek_size(file, offset, whence, size, 0);
}

loff_t no_seek_end_llseek(struct file *file, loff_t offset, int whence)
{
	return no_seek_end_llseek_size(file, offset, whence, MAX_LFS_FILESIZE);
}

loff_t vfs_llseek(struct file *file, loff_t offset, int whence)
{
	return file->f_mode & FMODE_LSEEK ? file->f_op->llseek(file, offset, whence) : -ESPIPE;
}

int generic_file_open(struct inode *inode, struct file *filp)
{
	return 0;
}

int nonseekable_open(struct inode *inode, struct file *filp)
{
	filp->f_mode &= ~(FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE);
	return 0;
}

int stream_open(struct inode *inode, struct file *filp)
{
	filp->f_mode &= ~(FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE | FMODE_ATOMIC_POS);
	filp->f_mode |= FMODE_STREAM;
	return 0;
}

int simple_open(struct inode *inode, struct file *file)
{
	if (inode->i_private)
		file->private_data = inode->i_private;
	return 0;
}

int noop_fsync(struct file *file, loff_t start, loff_t end, int datasync)
{
	return 0;
}

long compat_ptr_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	return file->f_op->unlocked_ioctl ? file->f_op->unlocked_ioctl(file, cmd, (u32)arg)
					  : -ENOIOCTLCMD;
}

/* -- signals for who asked for them ----------------------------------------------------------- */

struct fasync_struct {
	struct fasync_struct *next;
	struct file *file;
};

/* Return: 1 when it was added or removed, 0 when nothing changed, -ENOMEM. */
int fasync_helper(int fd, struct file *filp, int on, struct fasync_struct **fapp)
{
	struct fasync_struct **link = fapp, *entry;

	while (*link && (*link)->file != filp)
		link = &(*link)->next;
	entry = *link;
	if (on && entry)
		return 0;
	if (on) {
		entry = kmalloc_call(sizeof(*entry), GFP_KERNEL, KMALLOC_CALL("fasync_helper"));
		if (entry) {
			*entry = (struct fasync_struct){ .file = filp };
			*link = entry;
		}
	} else if (entry) {
		*link = entry->next;
		kfree_call(entry, KMALLOC_CALL("fasync_helper"));
	}
	return entry ? 1 : on ? -ENOMEM : 0;
}

/* Nobody takes the signal. */
void kill_fasync(struct fasync_struct **fp, int sig, int band)
{
}
