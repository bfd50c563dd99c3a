/* SPDX-License-Identifier: MIT */
/*
 * debugfs.h - files under /sys/kernel/debug
 *
 * What creates returns an error pointer when it fails; as in Linux nobody needs to look, for each
 * of them takes an error pointer as its parent and fails the same way.
 */
#ifndef _DEBUGFS_H_
#define _DEBUGFS_H_

#include <linux/compiler.h>
#include <linux/fs.h>
#include <linux/seq_file.h>
#include <linux/types.h>

struct device;

struct debugfs_blob_wrapper {
	void *data;
	unsigned long size;
};

struct debugfs_reg32 {
	char *name;
	unsigned long offset;
};

struct debugfs_regset32 {
	const struct debugfs_reg32 *regs;
	int nregs;
	void __iomem *base;
	struct device *dev;
};

struct debugfs_u32_array {
	u32 *array;
	u32 n_elements;
};

struct dentry *debugfs_create_dir(const char *name, struct dentry *parent)
	KM_SYM(debugfs_create_dir);
struct dentry *debugfs_create_file(const char *name, umode_t mode, struct dentry *parent,
				   void *data, const struct file_operations *fops)
	KM_SYM(debugfs_create_file);
#define debugfs_create_file_unsafe(name, mode, parent, data, fops)	\
	debugfs_create_file(name, mode, parent, data, fops)
void debugfs_create_file_size(const char *name, umode_t mode, struct dentry *parent, void *data,
			      const struct file_operations *fops, loff_t file_size)
	KM_SYM(debugfs_create_file_size);
struct dentry *debugfs_lookup(const char *name, struct dentry *parent) KM_SYM(debugfs_lookup);
void debugfs_lookup_and_remove(const char *name, struct dentry *parent)
	KM_SYM(debugfs_lookup_and_remove);
/* With all that lies below; NULL and error pointers do nothing.  Waits for calls under way. */
void debugfs_remove(struct dentry *dentry) KM_SYM(debugfs_remove);
#define debugfs_remove_recursive(dentry)	debugfs_remove(dentry)
static inline bool debugfs_initialized(void)
{
	return true;
}

void debugfs_create_u8(const char *name, umode_t mode, struct dentry *parent, u8 *value)
	KM_SYM(debugfs_create_u8);
void debugfs_create_u16(const char *name, umode_t mode, struct dentry *parent, u16 *value)
	KM_SYM(debugfs_create_u16);
void debugfs_create_u32(const char *name, umode_t mode, struct dentry *parent, u32 *value)
	KM_SYM(debugfs_create_u32);
void debugfs_create_u64(const char *name, umode_t mode, struct dentry *parent, u64 *value)
	KM_SYM(debugfs_create_u64);
void debugfs_create_ulong(const char *name, umode_t mode, struct dentry *parent,
			  unsigned long *value) KM_SYM(debugfs_create_ulong);
void debugfs_create_x8(const char *name, umode_t mode, struct dentry *parent, u8 *value)
	KM_SYM(debugfs_create_x8);
void debugfs_create_x16(const char *name, umode_t mode, struct dentry *parent, u16 *value)
	KM_SYM(debugfs_create_x16);
void debugfs_create_x32(const char *name, umode_t mode, struct dentry *parent, u32 *value)
	KM_SYM(debugfs_create_x32);
void debugfs_create_x64(const char *name, umode_t mode, struct dentry *parent, u64 *value)
	KM_SYM(debugfs_create_x64);
void debugfs_create_size_t(const char *name, umode_t mode, struct dentry *parent, size_t *value)
	KM_SYM(debugfs_create_size_t);
void debugfs_create_atomic_t(const char *name, umode_t mode, struct dentry *parent,
			     atomic_t *value) KM_SYM(debugfs_create_atomic_t);
void debugfs_create_bool(const char *name, umode_t mode, struct dentry *parent, bool *value)
	KM_SYM(debugfs_create_bool);
void debugfs_create_str(const char *name, umode_t mode, struct dentry *parent, char **value)
	KM_SYM(debugfs_create_str);
struct dentry *debugfs_create_blob(const char *name, umode_t mode, struct dentry *parent,
				   struct debugfs_blob_wrapper *blob) KM_SYM(debugfs_create_blob);

#define debugfs_attr_read(file, buf, len, ppos)		simple_attr_read(file, buf, len, ppos)
#define debugfs_attr_write(file, buf, len, ppos)	simple_attr_write(file, buf, len, ppos)
#define DEFINE_DEBUGFS_ATTRIBUTE(__fops, __get, __set, __fmt)	\
	DEFINE_SIMPLE_ATTRIBUTE(__fops, __get, __set, __fmt)
#define DEFINE_DEBUGFS_ATTRIBUTE_SIGNED(__fops, __get, __set, __fmt)	\
	DEFINE_SIMPLE_ATTRIBUTE_SIGNED(__fops, __get, __set, __fmt)

#endif
