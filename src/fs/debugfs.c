/* SPDX-License-Identifier: MIT */
/*
 * debugfs.c - files under /sys/kernel/debug
 *
 * Owns: nothing; a dentry is a node's.
 * G1  Whatever gets an error pointer as its parent fails with it, so that nobody has to look.
 * G2  Files that hold a number read and write it whole, whatever else uses it meanwhile.
 * Context: task, may sleep.
 */
#include <linux/atomic.h>
#include <linux/debugfs.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/kstrtox.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "fs/fs_room.h"
#include "kern/tell.h"

#define DEBUGFS_ROOT	"/sys/kernel/debug"

static struct km_fnode *node_of(struct dentry *dentry)
{
	return dentry ? fnode_of_dentry(dentry) : NULL;
}

static struct dentry *create(const char *name, umode_t mode, struct dentry *parent, void *data,
			     const struct file_operations *fops, const struct tree_call *call)
{
	struct km_fnode *node;
	int error;

	if (IS_ERR(parent))
		return parent;
	node = tree_make(DEBUGFS_ROOT, name, mode, node_of(parent), call);
	if (IS_ERR(node))
		return ERR_CAST(node);
	node->inode.i_private = data;
	node->fops = fops;
	node->dentry.d_parent = parent;
	error = tree_show(node, call);
	return error ? ERR_PTR(error) : &node->dentry;
}

struct dentry *debugfs_create_dir(const char *name, struct dentry *parent)
{
	return create(name, S_IFDIR | 0755, parent, NULL, NULL, TREE_CALL("debugfs_create_dir"));
}

struct dentry *debugfs_create_file(const char *name, umode_t mode, struct dentry *parent,
				   void *data, const struct file_operations *fops)
{
	return create(name, S_IFREG | (mode & 0777), parent, data, fops,
		      TREE_CALL("debugfs_create_file"));
}

void debugfs_create_file_size(const char *name, umode_t mode, struct dentry *parent, void *data,
			      const struct file_operations *fops, loff_t file_size)
{
	struct dentry *dentry = create(name, S_IFREG | (mode & 0777), parent, data, fops,
				       TREE_CALL("debugfs_create_file_size"));

	if (!IS_ERR(dentry))
		dentry->d_inode->i_size = file_size;
}

/* With a reference, as Linux's has. */
struct dentry *debugfs_lookup(const char *name, struct dentry *parent)
{
	struct km_fnode *node = IS_ERR(parent) ? NULL : tree_find(DEBUGFS_ROOT, name,
								  node_of(parent));

	return node ? &node->dentry : NULL;
}

void debugfs_remove(struct dentry *dentry)
{
	if (!IS_ERR_OR_NULL(dentry))
		tree_remove(node_of(dentry), TREE_CALL("debugfs_remove"));
}

void debugfs_lookup_and_remove(const char *name, struct dentry *parent)
{
	struct km_fnode *node = IS_ERR(parent) ? NULL : tree_find(DEBUGFS_ROOT, name,
								  node_of(parent));

	if (!node)
		return;
	tree_remove(node, TREE_CALL("debugfs_lookup_and_remove"));
	fnode_put(node);
}

/* -- numbers: G2 ------------------------------------------------------------------------------ */

/* How a file's number lies in memory: bytes, and the base that it is printed in. */
#define NUMBER(type, kind, format)							\
static int kind##_get(void *data, u64 *value)						\
{											\
	*value = READ_ONCE(*(type *)data);						\
	return 0;									\
}											\
static int kind##_set(void *data, u64 value)						\
{											\
	WRITE_ONCE(*(type *)data, value);						\
	return 0;									\
}											\
DEFINE_SIMPLE_ATTRIBUTE(kind##_fops, kind##_get, kind##_set, format);			\
void debugfs_create_##kind(const char *label, umode_t mode, struct dentry *parent,	\
			   type *value)							\
{											\
	create(label, S_IFREG | (mode & 0777), parent, value, &kind##_fops,		\
	       TREE_CALL("debugfs_create_" #kind));					\
}

NUMBER(u8, u8, "%llu\n")
NUMBER(u16, u16, "%llu\n")
NUMBER(u32, u32, "%llu\n")
NUMBER(u64, u64, "%llu\n")
NUMBER(unsigned long, ulong, "%llu\n")
NUMBER(u8, x8, "0x%02llx\n")
NUMBER(u16, x16, "0x%04llx\n")
NUMBER(u32, x32, "0x%08llx\n")
NUMBER(u64, x64, "0x%016llx\n")
NUMBER(size_t, size_t, "%llu\n")

static int atomic_t_get(void *data, u64 *value)
{
	*value = (u64)(s64)atomic_read((atomic_t *)data);
	return 0;
}

static int atomic_t_set(void *data, u64 value)
{
	atomic_set((atomic_t *)data, (int)value);
	return 0;
}

DEFINE_SIMPLE_ATTRIBUTE_SIGNED(atomic_t_fops, atomic_t_get, atomic_t_set, "%lld\n");

void debugfs_create_atomic_t(const char *name, umode_t mode, struct dentry *parent,
			     atomic_t *value)
{
	create(name, S_IFREG | (mode & 0777), parent, value, &atomic_t_fops,
	       TREE_CALL("debugfs_create_atomic_t"));
}

/* -- others ----------------------------------------------------------------------------------- */

static ssize_t bool_read(struct file *file, char __user *to, size_t bytes, loff_t *at)
{
	const bool *value = file_inode(file)->i_private;
	char text[] = { *value ? 'Y' : 'N', '\n' };
	ssize_t ret;

	watch_enter();
	ret = simple_read_from_buffer(to, bytes, at, text, sizeof(text));
	watch_leave();
	return ret;
}

static ssize_t bool_write(struct file *file, const char __user *from, size_t bytes, loff_t *at)
{
	char text[8] = "";
	unsigned long left;
	bool value;
	int error;

	watch_enter();
	left = copy_from_user(text, from, min(bytes, sizeof(text) - 1));
	watch_leave();
	if (left)
		return -EFAULT;
	error = kstrtobool(text, &value);
	if (error)
		return error;
	*(bool *)file_inode(file)->i_private = value;
	return bytes;
}

static const struct file_operations bool_fops = {
	.read = bool_read, .write = bool_write, .open = simple_open, .llseek = default_llseek,
};

void debugfs_create_bool(const char *name, umode_t mode, struct dentry *parent, bool *value)
{
	create(name, S_IFREG | (mode & 0777), parent, value, &bool_fops,
	       TREE_CALL("debugfs_create_bool"));
}

static ssize_t str_read(struct file *file, char __user *to, size_t bytes, loff_t *at)
{
	const char *text = *(char **)file_inode(file)->i_private;
	size_t length = text ? strlen(text) : 0;
	ssize_t ret;

	watch_enter();
	ret = simple_read_from_buffer(to, bytes, at, text, length);
	if (ret >= 0 && (size_t)ret < bytes && *at == (loff_t)length &&
	    !put_user('\n', to + ret)) {
		ret++;
		++*at;
	}
	watch_leave();
	return ret;
}

static const struct file_operations str_fops = {
	.read = str_read, .open = simple_open, .llseek = default_llseek,
};

void debugfs_create_str(const char *name, umode_t mode, struct dentry *parent, char **value)
{
	create(name, S_IFREG | (mode & 0444), parent, value, &str_fops,
	       TREE_CALL("debugfs_create_str"));
}

static ssize_t blob_read(struct file *file, char __user *to, size_t bytes, loff_t *at)
{
	const struct debugfs_blob_wrapper *blob = file_inode(file)->i_private;
	ssize_t ret;

	watch_enter();
	ret = simple_read_from_buffer(to, bytes, at, blob->data, blob->size);
	watch_leave();
	return ret;
}

static const struct file_operations blob_fops = {
	.read = blob_read, .open = simple_open, .llseek = default_llseek,
};

struct dentry *debugfs_create_blob(const char *name, umode_t mode, struct dentry *parent,
				   struct debugfs_blob_wrapper *blob)
{
	return create(name, S_IFREG | (mode & 0444), parent, blob, &blob_fops,
		      TREE_CALL("debugfs_create_blob"));
}
