/* SPDX-License-Identifier: MIT */
/*
 * debugfs.c - files under /sys/kernel/debug
 *
 * Owns: nothing; a dentry is a node's.
 * G1  Whatever gets an error pointer as its parent fails with it, so that nobody has to look.
 * G2  Files that hold a number read and write it whole, whatever else uses it meanwhile.
 * G3  The number, text or bytes behind a file are the module's: rules are asked before each use.
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

/* -- what lies behind files without functions of the module: G3 -------------------------------- */

typedef bool (*is_there_fn)(struct km_fnode *node, bool writes);

static bool may_touch(const struct km_fnode *node, const void *start, size_t bytes, bool writes)
{
	return touch(start, bytes, writes, node->made_at, WATCH_FRAME());
}

static bool value_is_there(struct km_fnode *node, bool writes)
{
	return may_touch(node, node->inode.i_private, node->value_bytes, writes);
}

static bool is_there(struct file *file, bool writes)
{
	struct km_fnode *node = fnode_of_inode(file_inode(file));
	is_there_fn ask = READ_ONCE(node->is_there);

	return !ask || ask(node, writes);
}

/* A file of @bytes at @value, or of what @is_there knows to lie there. */
static struct dentry *create_value(const char *name, umode_t mode, struct dentry *parent,
				   void *value, size_t bytes, is_there_fn is_there,
				   const struct file_operations *fops,
				   const struct tree_call *call)
{
	struct dentry *dentry = create(name, S_IFREG | mode, parent, value, fops, call);
	struct km_fnode *node;

	if (IS_ERR(dentry))
		return dentry;
	node = node_of(dentry);
	node->made_at = call->caller;
	node->value_bytes = bytes;
	WRITE_ONCE(node->is_there, is_there);
	return dentry;
}

/* -- numbers: G2 ------------------------------------------------------------------------------ */

static ssize_t number_read(struct file *file, char __user *to, size_t bytes, loff_t *at)
{
	return is_there(file, false) ? simple_attr_read(file, to, bytes, at) : -EIO;
}

static ssize_t number_write(struct file *file, const char __user *from, size_t bytes, loff_t *at)
{
	return is_there(file, true) ? simple_attr_write(file, from, bytes, at) : -EIO;
}

static ssize_t signed_write(struct file *file, const char __user *from, size_t bytes, loff_t *at)
{
	return is_there(file, true) ? simple_attr_write_signed(file, from, bytes, at) : -EIO;
}

/* How a file's number lies in memory: bytes, and the base that it is printed in. */
#define NUMBER_FILE(type, kind, format, write_fn)					\
static int kind##_open(struct inode *inode, struct file *file)				\
{											\
	return simple_attr_open(inode, file, kind##_get, kind##_set, format);		\
}											\
static const struct file_operations kind##_fops = {					\
	.open = kind##_open, .release = simple_attr_release, .read = number_read,	\
	.write = write_fn, .llseek = generic_file_llseek,				\
};											\
void debugfs_create_##kind(const char *name, umode_t mode, struct dentry *parent,	\
			   type *value)							\
{											\
	create_value(name, mode & 0777, parent, value, sizeof(*value), value_is_there,	\
		     &kind##_fops, TREE_CALL("debugfs_create_" #kind));			\
}
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
NUMBER_FILE(type, kind, format, number_write)

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

NUMBER_FILE(atomic_t, atomic_t, "%lld\n", signed_write)

/* -- others ----------------------------------------------------------------------------------- */

static ssize_t bool_read(struct file *file, char __user *to, size_t bytes, loff_t *at)
{
	const bool *value = file_inode(file)->i_private;
	char text[] = { 'N', '\n' };
	ssize_t ret;

	if (!is_there(file, false))
		return -EIO;
	if (*value)
		text[0] = 'Y';
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
	if (!is_there(file, true))
		return -EIO;
	*(bool *)file_inode(file)->i_private = value;
	return bytes;
}

static const struct file_operations bool_fops = {
	.read = bool_read, .write = bool_write, .open = simple_open, .llseek = default_llseek,
};

void debugfs_create_bool(const char *name, umode_t mode, struct dentry *parent, bool *value)
{
	create_value(name, mode & 0777, parent, value, sizeof(*value), value_is_there, &bool_fops,
		     TREE_CALL("debugfs_create_bool"));
}

static bool str_is_there(struct km_fnode *node, bool writes)
{
	char *const *value = node->inode.i_private;

	return may_touch(node, value, sizeof(*value), writes) &&
	       (!*value || may_touch(node, *value, strlen(*value) + 1, false));
}

static ssize_t str_read(struct file *file, char __user *to, size_t bytes, loff_t *at)
{
	const char *text;
	size_t length;
	ssize_t ret;

	if (!is_there(file, false))
		return -EIO;
	text = *(char **)file_inode(file)->i_private;
	length = text ? strlen(text) : 0;
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
	create_value(name, mode & 0444, parent, value, sizeof(*value), str_is_there, &str_fops,
		     TREE_CALL("debugfs_create_str"));
}

static bool blob_is_there(struct km_fnode *node, bool writes)
{
	const struct debugfs_blob_wrapper *blob = node->inode.i_private;

	return may_touch(node, blob, sizeof(*blob), writes) &&
	       may_touch(node, blob->data, blob->size, false);
}

static ssize_t blob_read(struct file *file, char __user *to, size_t bytes, loff_t *at)
{
	const struct debugfs_blob_wrapper *blob = file_inode(file)->i_private;
	ssize_t ret;

	if (!is_there(file, false))
		return -EIO;
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
	return create_value(name, mode & 0444, parent, blob, sizeof(*blob), blob_is_there,
			    &blob_fops, TREE_CALL("debugfs_create_blob"));
}
