/* SPDX-License-Identifier: MIT */
/*
 * fs.h - files as drivers know them: struct file, struct inode, struct file_operations
 *
 * There are no file systems.  A file is a device node, or an entry of proc, debugfs or sysfs that
 * the module made; `kmalloc check --drive` opens them and calls the operations, as a system call
 * would: src/fs/file.c says what is checked before.
 */
#ifndef _LINUX_FS_H
#define _LINUX_FS_H

#include <linux/capability.h>
#include <linux/cleanup.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/fcntl.h>
#include <linux/ioctl.h>
#include <linux/kdev_t.h>
#include <linux/kernel.h>
#include <linux/kstrtox_user.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/stat.h>
#include <linux/string.h>
#include <linux/time64.h>
#include <linux/types.h>
#include <linux/uidgid.h>
#include <linux/uaccess.h>
#include <linux/uio.h>
#include <linux/wait.h>

struct module;
struct cdev;
struct vm_area_struct;
struct poll_table_struct;
struct seq_file;
struct pipe_inode_info;
struct file_lock;
struct super_block;
struct address_space;
struct fasync_struct;
struct io_comp_batch;
struct io_uring_cmd;
struct dir_context;
struct file_operations;

typedef void *fl_owner_t;

/* Absent: register_filesystem - no file systems: device nodes, proc and debugfs only */
/* Absent: filp_open - a driver has no business with files of user space */
/* Absent: kernel_read - the same */

struct qstr {
	u32 len;
	const unsigned char *name;
};

struct dentry {
	struct qstr d_name;
	struct dentry *d_parent;
	struct inode *d_inode;
};

struct vfsmount;
struct path {
	struct vfsmount *mnt;
	struct dentry *dentry;
};

struct inode {
	umode_t i_mode;
	kuid_t i_uid;
	kgid_t i_gid;
	unsigned int i_flags;
	dev_t i_rdev;
	loff_t i_size;
	unsigned long i_ino;
	const struct file_operations *i_fop;
	struct rw_semaphore i_rwsem;
	spinlock_t i_lock;
	struct address_space *i_mapping;
	struct super_block *i_sb;
	struct cdev *i_cdev;		/* character devices, while one is open */
	void *i_private;		/* debugfs_create_file()'s data */
};

typedef unsigned int __bitwise fop_flags_t;

struct file {
	refcount_t f_count;
	spinlock_t f_lock;
	fmode_t f_mode;
	const struct file_operations *f_op;
	struct address_space *f_mapping;
	void *private_data;
	struct inode *f_inode;
	unsigned int f_flags;
	const struct cred *f_cred;
	struct path f_path;
	struct mutex f_pos_lock;
	loff_t f_pos;
	u64 f_version;
};

#define FMODE_READ		((fmode_t)(1 << 0))
#define FMODE_WRITE		((fmode_t)(1 << 1))
#define FMODE_LSEEK		((fmode_t)(1 << 2))
#define FMODE_PREAD		((fmode_t)(1 << 3))
#define FMODE_PWRITE		((fmode_t)(1 << 4))
#define FMODE_EXEC		((fmode_t)(1 << 5))
#define FMODE_UNSIGNED_OFFSET	((fmode_t)(1 << 13))
#define FMODE_ATOMIC_POS	((fmode_t)(1 << 15))
#define FMODE_CAN_READ		((fmode_t)(1 << 17))
#define FMODE_CAN_WRITE		((fmode_t)(1 << 18))
#define FMODE_OPENED		((fmode_t)(1 << 19))
#define FMODE_STREAM		((fmode_t)(1 << 21))
#define FMODE_NOWAIT		((fmode_t)(1 << 27))

#define MAX_RW_COUNT	(INT_MAX & PAGE_MASK)
#define MAX_LFS_FILESIZE	((loff_t)LLONG_MAX)

#define IOCB_NOWAIT	(1 << 3)
#define IOCB_EVENTFD	(1 << 0)
#define IOCB_APPEND	00002000
#define IOCB_DIRECT	00040000

struct kiocb {
	struct file *ki_filp;
	loff_t ki_pos;
	void (*ki_complete)(struct kiocb *iocb, long ret);
	void *private;
	int ki_flags;
	u16 ki_ioprio;
};

static inline bool is_sync_kiocb(struct kiocb *kiocb)
{
	return kiocb->ki_complete == NULL;
}

static inline void init_sync_kiocb(struct kiocb *kiocb, struct file *filp)
{
	*kiocb = (struct kiocb){ .ki_filp = filp };
}

struct file_operations {
	struct module *owner;
	fop_flags_t fop_flags;
	loff_t (*llseek)(struct file *, loff_t, int);
	ssize_t (*read)(struct file *, char __user *, size_t, loff_t *);
	ssize_t (*write)(struct file *, const char __user *, size_t, loff_t *);
	ssize_t (*read_iter)(struct kiocb *, struct iov_iter *);
	ssize_t (*write_iter)(struct kiocb *, struct iov_iter *);
	int (*iopoll)(struct kiocb *kiocb, struct io_comp_batch *, unsigned int flags);
	int (*iterate_shared)(struct file *, struct dir_context *);
	__poll_t (*poll)(struct file *, struct poll_table_struct *);
	long (*unlocked_ioctl)(struct file *, unsigned int, unsigned long);
	long (*compat_ioctl)(struct file *, unsigned int, unsigned long);
	int (*mmap)(struct file *, struct vm_area_struct *);
	int (*open)(struct inode *, struct file *);
	int (*flush)(struct file *, fl_owner_t id);
	int (*release)(struct inode *, struct file *);
	int (*fsync)(struct file *, loff_t, loff_t, int datasync);
	int (*fasync)(int, struct file *, int);
	int (*lock)(struct file *, int, struct file_lock *);
	unsigned long (*get_unmapped_area)(struct file *, unsigned long, unsigned long,
					   unsigned long, unsigned long);
	int (*check_flags)(int);
	int (*flock)(struct file *, int, struct file_lock *);
	ssize_t (*splice_write)(struct pipe_inode_info *, struct file *, loff_t *, size_t,
				unsigned int);
	ssize_t (*splice_read)(struct file *, loff_t *, struct pipe_inode_info *, size_t,
			       unsigned int);
	void (*splice_eof)(struct file *file);
	int (*setlease)(struct file *, int, void *, void **);
	long (*fallocate)(struct file *file, int mode, loff_t offset, loff_t len);
	void (*show_fdinfo)(struct seq_file *m, struct file *f);
	ssize_t (*copy_file_range)(struct file *, loff_t, struct file *, loff_t, size_t,
				   unsigned int);
	loff_t (*remap_file_range)(struct file *file_in, loff_t pos_in, struct file *file_out,
				   loff_t pos_out, loff_t len, unsigned int remap_flags);
	int (*fadvise)(struct file *, loff_t, loff_t, int);
	int (*uring_cmd)(struct io_uring_cmd *ioucmd, unsigned int issue_flags);
	int (*uring_cmd_iopoll)(struct io_uring_cmd *, struct io_comp_batch *,
				unsigned int poll_flags);
};

#define replace_fops(f, fops)	((void)((f)->f_op = (fops)))
#define fops_get(fops)		(fops)
#define fops_put(fops)		((void)(fops))

static inline struct inode *file_inode(const struct file *f)
{
	return f->f_inode;
}

static inline struct dentry *file_dentry(const struct file *f)
{
	return f->f_path.dentry;
}

static inline unsigned int iminor(const struct inode *inode)
{
	return MINOR(inode->i_rdev);
}

static inline unsigned int imajor(const struct inode *inode)
{
	return MAJOR(inode->i_rdev);
}

static inline loff_t i_size_read(const struct inode *inode)
{
	return READ_ONCE(inode->i_size);
}

static inline void i_size_write(struct inode *inode, loff_t i_size)
{
	WRITE_ONCE(inode->i_size, i_size);
}

static inline void inode_lock(struct inode *inode)
{
	down_write(&inode->i_rwsem);
}

static inline void inode_unlock(struct inode *inode)
{
	up_write(&inode->i_rwsem);
}

/* -- device numbers: src/fs/chrdev.c ---------------------------------------------------------- */

#define CHRDEV_MAJOR_MAX		512
#define CHRDEV_MAJOR_DYN_END		234
#define CHRDEV_MAJOR_DYN_EXT_START	511
#define CHRDEV_MAJOR_DYN_EXT_END	384

/* 0; -EBUSY: one of them is taken; -EINVAL; -ENOMEM.  May sleep. */
int alloc_chrdev_region(dev_t *dev, unsigned baseminor, unsigned count, const char *name)
	KM_SYM(alloc_chrdev_region);
int register_chrdev_region(dev_t from, unsigned count, const char *name)
	KM_SYM(register_chrdev_region);
void unregister_chrdev_region(dev_t from, unsigned count) KM_SYM(unregister_chrdev_region);
int __register_chrdev(unsigned int major, unsigned int baseminor, unsigned int count,
		      const char *name, const struct file_operations *fops)
	KM_SYM(__register_chrdev);
void __unregister_chrdev(unsigned int major, unsigned int baseminor, unsigned int count,
			 const char *name) KM_SYM(__unregister_chrdev);

/* @major 0: one that is free, which is returned; else 0 or a negative errno. */
static inline int register_chrdev(unsigned int major, const char *name,
				  const struct file_operations *fops)
{
	return __register_chrdev(major, 0, 256, name, fops);
}

static inline void unregister_chrdev(unsigned int major, const char *name)
{
	__unregister_chrdev(major, 0, 256, name);
}

/* -- operations that many drivers share: src/fs/libfs.c --------------------------------------- */

/* Not in 6.12 any more: without llseek a file has no position. */
#define no_llseek	NULL

loff_t noop_llseek(struct file *file, loff_t offset, int whence) KM_SYM(noop_llseek);
loff_t default_llseek(struct file *file, loff_t offset, int whence) KM_SYM(default_llseek);
loff_t generic_file_llseek(struct file *file, loff_t offset, int whence)
	KM_SYM(generic_file_llseek);
loff_t generic_file_llseek_size(struct file *file, loff_t offset, int whence, loff_t maxsize,
				loff_t eof) KM_SYM(generic_file_llseek_size);
loff_t fixed_size_llseek(struct file *file, loff_t offset, int whence, loff_t size)
	KM_SYM(fixed_size_llseek);
loff_t no_seek_end_llseek(struct file *file, loff_t offset, int whence)
	KM_SYM(no_seek_end_llseek);
loff_t no_seek_end_llseek_size(struct file *file, loff_t offset, int whence, loff_t size)
	KM_SYM(no_seek_end_llseek_size);
loff_t vfs_setpos(struct file *file, loff_t offset, loff_t maxsize) KM_SYM(vfs_setpos);
loff_t vfs_llseek(struct file *file, loff_t offset, int whence) KM_SYM(vfs_llseek);

int generic_file_open(struct inode *inode, struct file *filp) KM_SYM(generic_file_open);
int nonseekable_open(struct inode *inode, struct file *filp) KM_SYM(nonseekable_open);
int stream_open(struct inode *inode, struct file *filp) KM_SYM(stream_open);
int simple_open(struct inode *inode, struct file *file) KM_SYM(simple_open);
int noop_fsync(struct file *file, loff_t start, loff_t end, int datasync) KM_SYM(noop_fsync);

/* kasync: nobody here takes the signals, but the list is kept as Linux keeps it. */
int fasync_helper(int fd, struct file *filp, int on, struct fasync_struct **fapp)
	KM_SYM(fasync_helper);
void kill_fasync(struct fasync_struct **fp, int sig, int band) KM_SYM(kill_fasync);
/* With another argument order or result a driver's ioctl would not compile. */
long compat_ptr_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
	KM_SYM(compat_ptr_ioctl);

struct file *get_file(struct file *f) KM_SYM(get_file);
void fput(struct file *f) KM_SYM(fput);

/*
 * From a buffer of the driver's to user space at *@ppos, and the other way round.  Inline: what is
 * copied is seen as the driver's own doing.
 */
static inline ssize_t simple_read_from_buffer(void __user *to, size_t count, loff_t *ppos,
					      const void *from, size_t available)
{
	loff_t at = *ppos;
	unsigned long left;

	if (at < 0)
		return -EINVAL;
	if ((u64)at >= available || !count)
		return 0;
	count = min_t(u64, count, available - at);
	left = copy_to_user(to, (const char *)from + at, count);
	if (left == count)
		return -EFAULT;
	*ppos = at + (count - left);
	return count - left;
}

static inline ssize_t simple_write_to_buffer(void *to, size_t available, loff_t *ppos,
					     const void __user *from, size_t count)
{
	loff_t at = *ppos;
	unsigned long left;

	if (at < 0)
		return -EINVAL;
	if ((u64)at >= available || !count)
		return 0;
	count = min_t(u64, count, available - at);
	left = copy_from_user((char *)to + at, from, count);
	if (left == count)
		return -EFAULT;
	*ppos = at + (count - left);
	return count - left;
}

/* -- files that hold one number: src/fs/attribute.c ------------------------------------------- */

int simple_attr_open(struct inode *inode, struct file *file, int (*get)(void *, u64 *),
		     int (*set)(void *, u64), const char *fmt) KM_SYM(simple_attr_open);
int simple_attr_release(struct inode *inode, struct file *file) KM_SYM(simple_attr_release);
ssize_t simple_attr_read(struct file *file, char __user *buf, size_t len, loff_t *ppos)
	KM_SYM(simple_attr_read);
ssize_t simple_attr_write(struct file *file, const char __user *buf, size_t len, loff_t *ppos)
	KM_SYM(simple_attr_write);
ssize_t simple_attr_write_signed(struct file *file, const char __user *buf, size_t len,
				 loff_t *ppos) KM_SYM(simple_attr_write_signed);
#define DEFINE_SIMPLE_ATTRIBUTE_XSIGNED(__fops, __get, __set, __fmt, __write)	\
static int __fops ## _open(struct inode *inode, struct file *file)		\
{										\
	return simple_attr_open(inode, file, __get, __set, __fmt);		\
}										\
static const struct file_operations __fops = {					\
	.owner = THIS_MODULE,							\
	.open = __fops ## _open,						\
	.release = simple_attr_release,						\
	.read = simple_attr_read,						\
	.write = __write,							\
	.llseek = generic_file_llseek,						\
}
#define DEFINE_SIMPLE_ATTRIBUTE(__fops, __get, __set, __fmt)	\
	DEFINE_SIMPLE_ATTRIBUTE_XSIGNED(__fops, __get, __set, __fmt, simple_attr_write)
#define DEFINE_SIMPLE_ATTRIBUTE_SIGNED(__fops, __get, __set, __fmt)	\
	DEFINE_SIMPLE_ATTRIBUTE_XSIGNED(__fops, __get, __set, __fmt, simple_attr_write_signed)

#endif
