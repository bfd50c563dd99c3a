/* SPDX-License-Identifier: MIT */
/*
 * sysfs.h - files of one value each, in the directory of a kobject
 *
 * Each is an entry of the registry of files (src/kapi/fnode.h): who opens its path there calls
 * show() or store() with a page, as a read or write of /sys would.
 */
#ifndef _SYSFS_H_
#define _SYSFS_H_

#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/stat.h>
#include <linux/stringify.h>
#include <linux/types.h>

struct kobject;
struct file;
struct kernfs_node;
struct vm_area_struct;
struct address_space;

struct attribute {
	const char *name;
	umode_t mode;
};

/* There is no lock class to give it. */
#define sysfs_attr_init(attr)		do { } while (0)
#define sysfs_bin_attr_init(bin_attr)	do { } while (0)

struct bin_attribute {
	struct attribute attr;
	size_t size;
	void *private;
	struct address_space *(*f_mapping)(void);
	ssize_t (*read)(struct file *file, struct kobject *kobj, struct bin_attribute *attr,
			char *buf, loff_t off, size_t count);
	ssize_t (*write)(struct file *file, struct kobject *kobj, struct bin_attribute *attr,
			 char *buf, loff_t off, size_t count);
	loff_t (*llseek)(struct file *file, struct kobject *kobj, struct bin_attribute *attr,
			 loff_t off, int whence);
	/* not called: no file here can be mapped */
	int (*mmap)(struct file *file, struct kobject *kobj, struct bin_attribute *attr,
		    struct vm_area_struct *vma);
};

struct attribute_group {
	const char *name;		/* of a directory; NULL: none of its own */
	umode_t (*is_visible)(struct kobject *kobj, struct attribute *attr, int n);
	umode_t (*is_bin_visible)(struct kobject *kobj, struct bin_attribute *attr, int n);
	struct attribute **attrs;
	struct bin_attribute **bin_attrs;
};

struct sysfs_ops {
	ssize_t (*show)(struct kobject *kobj, struct attribute *attr, char *buf);
	ssize_t (*store)(struct kobject *kobj, struct attribute *attr, const char *buf,
			 size_t size);
};

#define SYSFS_PREALLOC		010000
#define SYSFS_GROUP_INVISIBLE	020000

/* As in Linux: owner may what group may, group what others may, and others may not write. */
#define VERIFY_OCTAL_PERMISSIONS(perms)							\
	(BUILD_BUG_ON_ZERO((perms) < 0) +						\
	 BUILD_BUG_ON_ZERO((perms) > 0777) +						\
	 BUILD_BUG_ON_ZERO((((perms) >> 6) & 4) < (((perms) >> 3) & 4)) +		\
	 BUILD_BUG_ON_ZERO((((perms) >> 3) & 4) < ((perms) & 4)) +			\
	 BUILD_BUG_ON_ZERO((((perms) >> 6) & 2) < (((perms) >> 3) & 2)) +		\
	 BUILD_BUG_ON_ZERO((perms) & 2) +						\
	 (perms))

#define __ATTR(_name, _mode, _show, _store) {						\
	.attr = { .name = __stringify(_name), .mode = VERIFY_OCTAL_PERMISSIONS(_mode) },	\
	.show = _show,									\
	.store = _store,								\
}
#define __ATTR_PREALLOC(_name, _mode, _show, _store) {					\
	.attr = { .name = __stringify(_name),						\
		  .mode = SYSFS_PREALLOC | VERIFY_OCTAL_PERMISSIONS(_mode) },		\
	.show = _show,									\
	.store = _store,								\
}
#define __ATTR_RO(_name) {								\
	.attr = { .name = __stringify(_name), .mode = 0444 },				\
	.show = _name##_show,								\
}
#define __ATTR_RO_MODE(_name, _mode) {							\
	.attr = { .name = __stringify(_name), .mode = VERIFY_OCTAL_PERMISSIONS(_mode) },	\
	.show = _name##_show,								\
}
#define __ATTR_RW_MODE(_name, _mode)	__ATTR(_name, _mode, _name##_show, _name##_store)
#define __ATTR_WO(_name) {								\
	.attr = { .name = __stringify(_name), .mode = 0200 },				\
	.store = _name##_store,								\
}
#define __ATTR_RW(_name)	__ATTR(_name, 0644, _name##_show, _name##_store)
#define __ATTR_IGNORE_LOCKDEP	__ATTR
#define __ATTR_NULL	{ .attr = { .name = NULL } }

#define __ATTRIBUTE_GROUPS(_name)							\
static const struct attribute_group *_name##_groups[] = { &_name##_group, NULL }
#define ATTRIBUTE_GROUPS(_name)								\
static const struct attribute_group _name##_group = { .attrs = _name##_attrs };		\
__ATTRIBUTE_GROUPS(_name)
#define BIN_ATTRIBUTE_GROUPS(_name)							\
static const struct attribute_group _name##_group = { .bin_attrs = _name##_attrs };	\
__ATTRIBUTE_GROUPS(_name)

#define __BIN_ATTR(_name, _mode, _read, _write, _size) {				\
	.attr = { .name = __stringify(_name), .mode = _mode },				\
	.read = _read,									\
	.write = _write,								\
	.size = _size,									\
}
#define __BIN_ATTR_RO(_name, _size)	__BIN_ATTR(_name, 0444, _name##_read, NULL, _size)
#define __BIN_ATTR_WO(_name, _size)	__BIN_ATTR(_name, 0200, NULL, _name##_write, _size)
#define __BIN_ATTR_RW(_name, _size)							\
	__BIN_ATTR(_name, 0644, _name##_read, _name##_write, _size)
#define __BIN_ATTR_NULL	__ATTR_NULL
#define BIN_ATTR(_name, _mode, _read, _write, _size)					\
struct bin_attribute bin_attr_##_name = __BIN_ATTR(_name, _mode, _read, _write, _size)
#define BIN_ATTR_RO(_name, _size)							\
struct bin_attribute bin_attr_##_name = __BIN_ATTR_RO(_name, _size)
#define BIN_ATTR_WO(_name, _size)							\
struct bin_attribute bin_attr_##_name = __BIN_ATTR_WO(_name, _size)
#define BIN_ATTR_RW(_name, _size)							\
struct bin_attribute bin_attr_##_name = __BIN_ATTR_RW(_name, _size)

/* Absent: sysfs_create_link - a file has one path here */
/* Absent: sysfs_update_group - what is visible is asked for once */

/**
 * sysfs_create_file() - one file in the directory of @kobj, which has been added
 * Context: task, may sleep.
 * Return:  0; -EINVAL: no directory, or nobody to call (a WARN()); -EEXIST; -ENOMEM.
 *          It goes with sysfs_remove_file(), at the latest with the directory.
 */
int sysfs_create_file(struct kobject *kobj, const struct attribute *attr)
	KM_SYM(sysfs_create_file) __km_sleeps __must_check;
int sysfs_create_files(struct kobject *kobj, const struct attribute * const *attr)
	KM_SYM(sysfs_create_files) __km_sleeps __must_check;
int sysfs_create_bin_file(struct kobject *kobj, const struct bin_attribute *attr)
	KM_SYM(sysfs_create_bin_file) __km_sleeps __must_check;
int sysfs_create_group(struct kobject *kobj, const struct attribute_group *grp)
	KM_SYM(sysfs_create_group) __km_sleeps __must_check;
int sysfs_create_groups(struct kobject *kobj, const struct attribute_group **groups)
	KM_SYM(sysfs_create_groups) __km_sleeps __must_check;

/* Each waits for calls of show() and store() under way; inside one of them that is for ever. */
void sysfs_remove_file(struct kobject *kobj, const struct attribute *attr)
	KM_SYM(sysfs_remove_file) __km_sleeps;
void sysfs_remove_files(struct kobject *kobj, const struct attribute * const *attr)
	KM_SYM(sysfs_remove_files) __km_sleeps;
void sysfs_remove_bin_file(struct kobject *kobj, const struct bin_attribute *attr)
	KM_SYM(sysfs_remove_bin_file) __km_sleeps;
void sysfs_remove_group(struct kobject *kobj, const struct attribute_group *grp)
	KM_SYM(sysfs_remove_group) __km_sleeps;
void sysfs_remove_groups(struct kobject *kobj, const struct attribute_group **groups)
	KM_SYM(sysfs_remove_groups) __km_sleeps;
/* The file whose store() is running; true: it was there, and is gone. */
bool sysfs_remove_file_self(struct kobject *kobj, const struct attribute *attr)
	KM_SYM(sysfs_remove_file_self);
/* Nobody polls. */
void sysfs_notify(struct kobject *kobj, const char *dir, const char *attr) KM_SYM(sysfs_notify);

/* Into the page that show() was given, never beyond its end; a buffer that is none is a WARN(). */
__printf(2, 3) int sysfs_emit(char *buf, const char *fmt, ...) KM_SYM_OF_TEXT(sysfs_emit);
__printf(3, 4) int sysfs_emit_at(char *buf, int at, const char *fmt, ...)
	KM_SYM_OF_TEXT(sysfs_emit_at);

#endif
