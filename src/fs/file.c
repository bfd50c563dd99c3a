/* SPDX-License-Identifier: MIT */
/*
 * file.c - what system calls do with a file: open, read, write, ioctl, close and their kin
 *
 * Owns: struct file of an open file, and what it holds: its node, its cdev, its module.
 * F1  An operation holds a reference on the file: release() runs after the last one, in whichever
 *     task that is.
 * F2  A module whose operations have it as owner is in use as long as the file is open.
 * F3  What Linux checks before it calls a driver is checked here: access mode, address, position;
 *     and the position is the file's own afterwards.
 * F4  Operations of proc, debugfs and sysfs are not called any more once the entry is removed, but
 *     for release().
 * Context: a task of user space.  Nothing is held while an operation of the module runs, except the
 * position of a regular file.
 */
#include <linux/cdev.h>
#include <linux/errno.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include "fs/fs_room.h"
#include "watch/watch.h"

#define DEBUGFS_HOME	"/sys/kernel/debug/"

struct open_file {
	struct file file;
	struct km_fnode *node;
	struct cdev *cdev;		/* the core's own, which waits for the file; else NULL */
	struct module *cdev_owner;
};

static struct open_file *open_of(const struct file *file)
{
	return container_of(file, struct open_file, file);
}

const char *file_path(const struct file *file)
{
	return open_of(file)->node->path;
}

/* -- open ------------------------------------------------------------------------------------- */

static struct open_file *open_new(struct km_fnode *node, unsigned int flags)
{
	struct open_file *open;
	struct file *file;

	/* Told, so that a late use is seen; with no code of the module on the stack. */
	open = kzalloc(sizeof(*open), GFP_KERNEL);
	if (!open)
		return NULL;
	file = &open->file;
	open->node = node;
	refcount_set(&file->f_count, 1);
	spin_lock_init(&file->f_lock);
	mutex_init(&file->f_pos_lock);
	file->f_flags = flags;
	file->f_inode = &node->inode;
	file->f_path.dentry = &node->dentry;
	file->f_mode = FMODE_LSEEK | FMODE_PREAD | FMODE_PWRITE;
	if ((flags & O_ACCMODE) != O_WRONLY)
		file->f_mode |= FMODE_READ;
	if ((flags & O_ACCMODE) != O_RDONLY)
		file->f_mode |= FMODE_WRITE;
	if (S_ISREG(node->inode.i_mode))
		file->f_mode |= FMODE_ATOMIC_POS;
	return open;
}

static void open_free(struct open_file *open)
{
	struct km_fnode *node = open->node;

	if (open->cdev)
		chrdev_end(open->cdev);
	module_put(open->cdev_owner);
	kfree(open);
	fnode_put(node);
}

/* The operations; NULL with an error: nobody's. */
static int open_bind(struct open_file *open)
{
	struct km_fnode *node = open->node;
	struct cdev *cdev;

	if (node->kind == FNODE_TEXT)
		open->file.f_op = &text_file_operations;
	else if (node->kind == FNODE_FILE)
		open->file.f_op = node->fops;
	else if (node->kind == FNODE_DIR)
		return -EISDIR;
	if (node->kind != FNODE_CHAR)
		return 0;
	cdev = chrdev_begin(node->inode.i_rdev);
	if (!cdev)
		return -ENXIO;
	open->cdev_owner = cdev->owner;
	if (cdev->km_is_own)
		open->cdev = cdev;
	node->inode.i_cdev = cdev;
	open->file.f_op = cdev->ops;
	return 0;
}

static void open_finish(struct file *file)
{
	const struct file_operations *fops = file->f_op;

	if ((file->f_mode & FMODE_READ) && (fops->read || fops->read_iter))
		file->f_mode |= FMODE_CAN_READ;
	if ((file->f_mode & FMODE_WRITE) && (fops->write || fops->write_iter))
		file->f_mode |= FMODE_CAN_WRITE;
	if (!fops->llseek)
		file->f_mode &= ~FMODE_LSEEK;
	file->f_mode |= FMODE_OPENED;
	file->f_flags &= ~(O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC);
}

/* Around a call into the module; false: it may not be called any more. */
static bool call_begin(struct file *file)
{
	return fnode_enter(open_of(file)->node);
}

static void call_end(struct file *file)
{
	fnode_leave(open_of(file)->node);
}

/* Who made a file of these said which ways it can be used: nobody, root included, opens another. */
static bool mode_forbids(const struct km_fnode *node, unsigned int flags)
{
	unsigned int way = flags & O_ACCMODE;

	if (node->kind != FNODE_TEXT && strncmp(node->path, DEBUGFS_HOME, strlen(DEBUGFS_HOME)))
		return false;
	return (way != O_WRONLY && !(node->inode.i_mode & 0444)) ||
	       (way != O_RDONLY && !(node->inode.i_mode & 0222));
}

static int open_run(struct open_file *open)
{
	struct file *file = &open->file;
	int error = open_bind(open);

	if (error)
		return error;
	if (!file->f_op)
		return -ENODEV;
	if (!try_module_get(file->f_op->owner))
		return -ENODEV;
	if (!call_begin(file)) {
		module_put(file->f_op->owner);
		return -ENOENT;
	}
	if (file->f_op->open) {
		const struct file_operations *fops = file->f_op;

		error = fops->open(file->f_inode, file);
		/* What open() put in its place has its own owner; misc.c has taken it. */
		if (error || file->f_op != fops)
			module_put(fops->owner);
	}
	call_end(file);
	return error;
}

struct file *file_open(const char *path, unsigned int flags)
{
	struct km_fnode *node = fnode_find(path);
	struct open_file *open;
	int error;

	if (!node)
		return ERR_PTR(-ENOENT);
	if (mode_forbids(node, flags)) {
		fnode_put(node);
		return ERR_PTR(-EACCES);
	}
	open = open_new(node, flags);
	if (!open) {
		fnode_put(node);
		return ERR_PTR(-ENOMEM);
	}
	error = open_run(open);
	if (error) {
		open_free(open);
		return ERR_PTR(error);
	}
	open_finish(&open->file);
	return &open->file;
}

/* -- close ------------------------------------------------------------------------------------ */

struct file *get_file(struct file *file)
{
	refcount_inc(&file->f_count);
	return file;
}

static void file_end(struct file *file)
{
	const struct file_operations *fops = file->f_op;

	if ((file->f_flags & FASYNC) && fops->fasync)
		fops->fasync(-1, file, 0);
	if (fops->release)
		fops->release(file->f_inode, file);
	module_put(fops->owner);
	open_free(open_of(file));
}

void fput(struct file *file)
{
	if (refcount_dec_and_test(&file->f_count))
		file_end(file);
}

void file_close(struct file *file)
{
	if (file->f_op->flush && call_begin(file)) {
		file->f_op->flush(file, current);
		call_end(file);
	}
	fput(file);
}

/* -- read and write --------------------------------------------------------------------------- */

static loff_t *position_of(struct file *file, loff_t *own)
{
	*own = file->f_pos;
	return file->f_mode & FMODE_STREAM ? NULL : own;
}

static bool position_begin(struct file *file)
{
	if (!(file->f_mode & FMODE_ATOMIC_POS))
		return false;
	watch_enter();
	mutex_lock(&file->f_pos_lock);
	watch_leave();
	return true;
}

static void position_end(struct file *file, bool is_locked)
{
	if (!is_locked)
		return;
	watch_enter();
	mutex_unlock(&file->f_pos_lock);
	watch_leave();
}

static ssize_t iterate(struct file *file, unsigned int direction, void __user *user, size_t bytes,
		       loff_t *at)
{
	ssize_t (*run)(struct kiocb *, struct iov_iter *) =
		direction == ITER_DEST ? file->f_op->read_iter : file->f_op->write_iter;
	struct kiocb call;
	struct iov_iter iter;
	ssize_t ret;

	init_sync_kiocb(&call, file);
	call.ki_pos = at ? *at : 0;
	call.ki_flags = file->f_flags & O_NONBLOCK ? IOCB_NOWAIT : 0;
	call.ki_flags |= file->f_flags & O_APPEND ? IOCB_APPEND : 0;
	iov_iter_ubuf(&iter, direction, user, bytes);
	ret = run(&call, &iter);
	if (at)
		*at = call.ki_pos;
	return ret;
}

/* F3: before either of the two. */
static int may_move(struct file *file, fmode_t wanted, fmode_t able, const void __user *user,
		    size_t *bytes)
{
	if (!(file->f_mode & wanted))
		return -EBADF;
	if (!(file->f_mode & able))
		return -EINVAL;
	if (!current->has_user_memory && !access_ok(user, *bytes))
		return -EFAULT;
	if ((ssize_t)*bytes < 0)
		return -EINVAL;
	if (file->f_pos < 0 && !(file->f_mode & FMODE_UNSIGNED_OFFSET))
		return -EINVAL;
	*bytes = min_t(size_t, *bytes, MAX_RW_COUNT);
	return 0;
}

static void given_begin(const void __user *user, size_t bytes)
{
	current->user_start = (uintptr_t)user;
	current->user_bytes = bytes;
}

static void given_end(void)
{
	current->user_start = 0;
	current->user_bytes = 0;
}

/* What the driver has for it; @direction as in struct iov_iter. */
static ssize_t call_move(struct file *file, unsigned int direction, void __user *user, size_t bytes,
			 loff_t *at)
{
	const struct file_operations *fops = file->f_op;

	if (direction == ITER_DEST && fops->read)
		return fops->read(file, user, bytes, at);
	if (direction == ITER_SOURCE && fops->write)
		return fops->write(file, user, bytes, at);
	return iterate(file, direction, user, bytes, at);
}

static ssize_t move(struct file *file, unsigned int direction, void __user *user, size_t bytes)
{
	bool is_read = direction == ITER_DEST;
	ssize_t ret = may_move(file, is_read ? FMODE_READ : FMODE_WRITE,
			       is_read ? FMODE_CAN_READ : FMODE_CAN_WRITE, user, &bytes);
	loff_t own, *at;
	bool is_locked;

	if (ret)
		return ret;
	get_file(file);
	is_locked = position_begin(file);
	at = position_of(file, &own);
	ret = -EIO;
	if (call_begin(file)) {
		given_begin(user, bytes);
		ret = call_move(file, direction, user, bytes, at);
		given_end();
		call_end(file);
	}
	if (ret >= 0 && at)
		file->f_pos = own;
	position_end(file, is_locked);
	fput(file);
	return ret;
}

ssize_t file_read(struct file *file, char __user *to, size_t bytes)
{
	return move(file, ITER_DEST, to, bytes);
}

ssize_t file_write(struct file *file, const char __user *from, size_t bytes)
{
	return move(file, ITER_SOURCE, (void __user *)from, bytes);
}

/* -- the others ------------------------------------------------------------------------------- */

long file_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	long ret = -ENOTTY;

	get_file(file);
	if (file->f_op->unlocked_ioctl && call_begin(file)) {
		/* An address that user space chose is not the driver's mistake. */
		given_begin((void __user *)argument, ULONG_MAX);
		ret = file->f_op->unlocked_ioctl(file, command, argument);
		given_end();
		call_end(file);
	}
	fput(file);
	return ret == -ENOIOCTLCMD ? -ENOTTY : ret;
}

__poll_t file_poll(struct file *file, struct poll_table_struct *table)
{
	__poll_t mask = EPOLLERR;

	get_file(file);
	if (call_begin(file)) {
		mask = vfs_poll(file, table);
		call_end(file);
	}
	fput(file);
	return mask;
}

/* There are no address spaces to map into; whether a driver can do it or not. */
int file_mmap(struct file *file)
{
	return -ENODEV;
}

int file_fsync(struct file *file)
{
	int ret = -EINVAL;

	get_file(file);
	if (file->f_op->fsync && call_begin(file)) {
		ret = file->f_op->fsync(file, 0, LLONG_MAX, 0);
		call_end(file);
	}
	fput(file);
	return ret;
}

int file_fasync(struct file *file, bool on)
{
	int ret = -ENOTTY;

	get_file(file);
	if (file->f_op->fasync && call_begin(file)) {
		ret = file->f_op->fasync(3, file, on);
		call_end(file);
	}
	if (ret >= 0)
		file->f_flags = on ? file->f_flags | FASYNC : file->f_flags & ~FASYNC;
	fput(file);
	return ret < 0 ? ret : 0;
}

loff_t file_lseek(struct file *file, loff_t offset, int whence)
{
	loff_t ret = -EIO;
	bool is_locked;

	get_file(file);
	is_locked = position_begin(file);
	if (call_begin(file)) {
		ret = vfs_llseek(file, offset, whence);
		call_end(file);
	}
	position_end(file, is_locked);
	fput(file);
	return ret;
}
