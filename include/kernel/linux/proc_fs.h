/* SPDX-License-Identifier: MIT */
/* proc_fs.h - files under /proc */
#ifndef _LINUX_PROC_FS_H
#define _LINUX_PROC_FS_H

#include <linux/compiler.h>
#include <linux/fs.h>
#include <linux/types.h>

struct proc_dir_entry;
struct seq_file;
struct seq_operations;

enum {
	PROC_ENTRY_PERMANENT = 1U << 0,
};

struct proc_ops {
	unsigned int proc_flags;
	int (*proc_open)(struct inode *, struct file *);
	ssize_t (*proc_read)(struct file *, char __user *, size_t, loff_t *);
	ssize_t (*proc_read_iter)(struct kiocb *, struct iov_iter *);
	ssize_t (*proc_write)(struct file *, const char __user *, size_t, loff_t *);
	loff_t (*proc_lseek)(struct file *, loff_t, int);
	int (*proc_release)(struct inode *, struct file *);
	__poll_t (*proc_poll)(struct file *, struct poll_table_struct *);
	long (*proc_ioctl)(struct file *, unsigned int, unsigned long);
	int (*proc_mmap)(struct file *, struct vm_area_struct *);
	unsigned long (*proc_get_unmapped_area)(struct file *, unsigned long, unsigned long,
						unsigned long, unsigned long);
};

/* NULL: no memory, no such parent, or the name is taken.  May sleep. */
struct proc_dir_entry *proc_create_data(const char *name, umode_t mode,
					struct proc_dir_entry *parent,
					const struct proc_ops *proc_ops, void *data)
	KM_SYM(proc_create_data);
struct proc_dir_entry *proc_create(const char *name, umode_t mode, struct proc_dir_entry *parent,
				   const struct proc_ops *proc_ops) KM_SYM(proc_create);
struct proc_dir_entry *proc_create_seq_private(const char *name, umode_t mode,
					       struct proc_dir_entry *parent,
					       const struct seq_operations *ops,
					       unsigned int state_size, void *data)
	KM_SYM(proc_create_seq_private);
#define proc_create_seq_data(name, mode, parent, ops, data)	\
	proc_create_seq_private(name, mode, parent, ops, 0, data)
#define proc_create_seq(name, mode, parent, ops)	\
	proc_create_seq_private(name, mode, parent, ops, 0, NULL)
struct proc_dir_entry *proc_create_single_data(const char *name, umode_t mode,
					       struct proc_dir_entry *parent,
					       int (*show)(struct seq_file *, void *), void *data)
	KM_SYM(proc_create_single_data);
#define proc_create_single(name, mode, parent, show)	\
	proc_create_single_data(name, mode, parent, show, NULL)
struct proc_dir_entry *proc_mkdir(const char *name, struct proc_dir_entry *parent)
	KM_SYM(proc_mkdir);
struct proc_dir_entry *proc_mkdir_data(const char *name, umode_t mode,
				       struct proc_dir_entry *parent, void *data)
	KM_SYM(proc_mkdir_data);
struct proc_dir_entry *proc_mkdir_mode(const char *name, umode_t mode,
				       struct proc_dir_entry *parent) KM_SYM(proc_mkdir_mode);
void proc_set_size(struct proc_dir_entry *de, loff_t size) KM_SYM(proc_set_size);
/* Differs: nobody else than root opens a file here. */
void proc_set_user(struct proc_dir_entry *de, kuid_t uid, kgid_t gid) KM_SYM(proc_set_user);
void *pde_data(const struct inode *inode) KM_SYM(pde_data);
void *proc_get_parent_data(const struct inode *inode) KM_SYM(proc_get_parent_data);
/* Waits until no call of the entry's operations is under way; with all that lies below. */
void proc_remove(struct proc_dir_entry *de) KM_SYM(proc_remove);
void remove_proc_entry(const char *name, struct proc_dir_entry *parent) KM_SYM(remove_proc_entry);
/* Return: 0, or -ENOENT */
int remove_proc_subtree(const char *name, struct proc_dir_entry *parent)
	KM_SYM(remove_proc_subtree);

#endif
