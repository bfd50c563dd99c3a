/* SPDX-License-Identifier: MIT */
/* fs_room.h - what machine calls in fs beyond the Linux names, and what its files share */
#ifndef FS_FS_ROOM_H
#define FS_FS_ROOM_H

#include <linux/fs.h>
#include <linux/poll.h>
#include "kapi/fnode.h"
#include "watch/watch.h"

void fs_boot(void);			/* no file, no device number */

/* -- chrdev.c, misc.c -- */
void chrdev_boot(void);
void misc_boot(void);
/* Device numbers that have operations and no name get one in /dev, as mknod would give it. */
void chrdev_name_all(void);
/* The operations behind @dev, with the cdev in use (chrdev_end); NULL: nobody's. */
struct cdev *chrdev_begin(dev_t dev);
void chrdev_end(struct cdev *cdev);

/* -- file.c: what system calls do.  Context: a task of user space, may sleep.  -- */
/* @flags: O_*.  The file, or ERR_PTR. */
struct file *file_open(const char *path, unsigned int flags);
void file_close(struct file *file);
/* The file stays while an operation is under way. */
ssize_t file_read(struct file *file, char __user *to, size_t bytes);
ssize_t file_write(struct file *file, const char __user *from, size_t bytes);
long file_ioctl(struct file *file, unsigned int command, unsigned long argument);
__poll_t file_poll(struct file *file, struct poll_table_struct *table);
int file_mmap(struct file *file);
int file_fsync(struct file *file);
int file_fasync(struct file *file, bool on);
loff_t file_lseek(struct file *file, loff_t offset, int whence);
const char *file_path(const struct file *file);

/* -- text.c: files of a page of text -- */
extern const struct file_operations text_file_operations;

/* -- tree.c: entries of proc and debugfs by the path of their directory -- */
struct tree_call {
	const char *what;
	uintptr_t caller, frame;
};
#define TREE_CALL(name)	(&(struct tree_call){ (name), WATCH_CALLER(), WATCH_FRAME() })
/* ERR_PTR: -ENOMEM (also when a rule wants it), -EEXIST.  @root: "/proc"; @parent NULL: that. */
struct km_fnode *tree_make(const char *root, const char *name, umode_t mode,
			   struct km_fnode *parent, const struct tree_call *call);
/* Now it is found.  0; -EEXIST, and it is gone. */
int tree_show(struct km_fnode *node, const struct tree_call *call);
/* With all that lies below. */
void tree_remove(struct km_fnode *node, const struct tree_call *call);
struct km_fnode *tree_find(const char *root, const char *name, struct km_fnode *parent);

#endif
