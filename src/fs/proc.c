/* SPDX-License-Identifier: MIT */
/*
 * proc.c - files under /proc
 *
 * Owns: nothing.  A struct proc_dir_entry is a node of fnode.c by another name.
 * P1  An entry's proc_ops become operations of a file, with no owner: removing waits instead.
 * Context: task, may sleep.
 */
#include <linux/errno.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include "fs/fs_room.h"

#define PROC_ROOT	"/proc"

static struct km_fnode *node_of(struct proc_dir_entry *entry)
{
	return (struct km_fnode *)entry;
}

static umode_t mode_of(umode_t mode)
{
	if (!(mode & S_IFMT))
		mode |= S_IFREG;
	if (!(mode & 0777))
		mode |= 0444;
	return mode;
}

/* NULL: not to be had. */
static struct km_fnode *entry_make(const char *name, umode_t mode, struct proc_dir_entry *parent,
				   void *data, const struct tree_call *call)
{
	struct km_fnode *node = tree_make(PROC_ROOT, name, mode, node_of(parent), call);

	if (IS_ERR(node))
		return NULL;
	node->data = data;
	return node;
}

static struct proc_dir_entry *entry_show(struct km_fnode *node, const struct tree_call *call)
{
	return tree_show(node, call) ? NULL : (struct proc_dir_entry *)node;
}

static void own_operations(struct km_fnode *node, const struct proc_ops *ops)
{
	node->own_fops = (struct file_operations){
		.open = ops->proc_open,
		.read = ops->proc_read,
		.read_iter = ops->proc_read_iter,
		.write = ops->proc_write,
		.llseek = ops->proc_lseek,
		.release = ops->proc_release,
		.poll = ops->proc_poll,
		.unlocked_ioctl = ops->proc_ioctl,
		.mmap = ops->proc_mmap,
	};
	node->fops = &node->own_fops;
}

static struct proc_dir_entry *create(const char *name, umode_t mode, struct proc_dir_entry *parent,
				     const struct proc_ops *ops, void *data,
				     const struct tree_call *call)
{
	struct km_fnode *node = entry_make(name, mode_of(mode), parent, data, call);

	if (!node)
		return NULL;
	own_operations(node, ops);
	return entry_show(node, call);
}

struct proc_dir_entry *proc_create_data(const char *name, umode_t mode,
					struct proc_dir_entry *parent,
					const struct proc_ops *proc_ops, void *data)
{
	return create(name, mode, parent, proc_ops, data, TREE_CALL("proc_create_data"));
}

struct proc_dir_entry *proc_create(const char *name, umode_t mode, struct proc_dir_entry *parent,
				   const struct proc_ops *proc_ops)
{
	return create(name, mode, parent, proc_ops, NULL, TREE_CALL("proc_create"));
}

/* -- entries that are printed ----------------------------------------------------------------- */

/* What the two forms that need no operations of the driver's keep in the node. */
static int single_entry_open(struct inode *inode, struct file *file)
{
	struct km_fnode *node = fnode_of_inode(inode);
	int error;

	error = single_open(file, node->single_show, node->data);
	return error;
}

static int single_entry_release(struct inode *inode, struct file *file)
{
	int error;

	error = single_release(inode, file);
	return error;
}

static int seq_entry_open(struct inode *inode, struct file *file)
{
	struct km_fnode *node = fnode_of_inode(inode);
	int error;

	error = node->seq_state_bytes ? seq_open_private(file, node->seq, node->seq_state_bytes)
				      : seq_open(file, node->seq);
	return error;
}

static int seq_entry_release(struct inode *inode, struct file *file)
{
	struct km_fnode *node = fnode_of_inode(inode);
	int error;

	error = node->seq_state_bytes ? seq_release_private(inode, file)
				      : seq_release(inode, file);
	return error;
}

static const struct file_operations single_entry_operations = {
	.open = single_entry_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_entry_release,
};

static const struct file_operations seq_entry_operations = {
	.open = seq_entry_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = seq_entry_release,
};

struct proc_dir_entry *proc_create_single_data(const char *name, umode_t mode,
					       struct proc_dir_entry *parent,
					       int (*show)(struct seq_file *, void *), void *data)
{
	const struct tree_call *call = TREE_CALL("proc_create_single_data");
	struct km_fnode *node = entry_make(name, mode_of(mode), parent, data, call);

	if (!node)
		return NULL;
	node->single_show = show;
	node->fops = &single_entry_operations;
	return entry_show(node, call);
}

struct proc_dir_entry *proc_create_seq_private(const char *name, umode_t mode,
					       struct proc_dir_entry *parent,
					       const struct seq_operations *ops,
					       unsigned int state_size, void *data)
{
	const struct tree_call *call = TREE_CALL("proc_create_seq_private");
	struct km_fnode *node = entry_make(name, mode_of(mode), parent, data, call);

	if (!node)
		return NULL;
	node->seq = ops;
	node->seq_state_bytes = state_size;
	node->fops = &seq_entry_operations;
	return entry_show(node, call);
}

/* -- directories ------------------------------------------------------------------------------ */

static struct proc_dir_entry *make_directory(const char *name, umode_t mode,
					     struct proc_dir_entry *parent, void *data,
					     const struct tree_call *call)
{
	struct km_fnode *node = entry_make(name, S_IFDIR | (mode ? mode : 0555), parent, data,
					   call);

	return node ? entry_show(node, call) : NULL;
}

struct proc_dir_entry *proc_mkdir(const char *name, struct proc_dir_entry *parent)
{
	return make_directory(name, 0, parent, NULL, TREE_CALL("proc_mkdir"));
}

struct proc_dir_entry *proc_mkdir_data(const char *name, umode_t mode,
				       struct proc_dir_entry *parent, void *data)
{
	return make_directory(name, mode, parent, data, TREE_CALL("proc_mkdir_data"));
}

struct proc_dir_entry *proc_mkdir_mode(const char *name, umode_t mode,
				       struct proc_dir_entry *parent)
{
	return make_directory(name, mode, parent, NULL, TREE_CALL("proc_mkdir_mode"));
}

/* -- what is known of an entry, and its end --------------------------------------------------- */

void proc_set_size(struct proc_dir_entry *de, loff_t size)
{
	node_of(de)->inode.i_size = size;
}

void proc_set_user(struct proc_dir_entry *de, kuid_t uid, kgid_t gid)
{
	node_of(de)->inode.i_uid = uid;
	node_of(de)->inode.i_gid = gid;
}

void *pde_data(const struct inode *inode)
{
	return fnode_of_inode(inode)->data;
}

void *proc_get_parent_data(const struct inode *inode)
{
	char path[160], *slash;
	struct km_fnode *parent;
	void *data = NULL;

	strscpy(path, fnode_of_inode(inode)->path, sizeof(path));
	slash = strrchr(path, '/');
	if (slash)
		*slash = 0;
	parent = fnode_find(path);
	if (parent) {
		data = parent->data;
		fnode_put(parent);
	}
	return data;
}

void proc_remove(struct proc_dir_entry *de)
{
	if (de)
		tree_remove(node_of(de), TREE_CALL("proc_remove"));
}

static int remove_named(const char *name, struct proc_dir_entry *parent,
			const struct tree_call *call)
{
	struct km_fnode *node = tree_find(PROC_ROOT, name, node_of(parent));

	if (!node)
		return -ENOENT;
	tree_remove(node, call);
	fnode_put(node);
	return 0;
}

void remove_proc_entry(const char *name, struct proc_dir_entry *parent)
{
	if (remove_named(name, parent, TREE_CALL("remove_proc_entry")))
		WARN(1, "name '%s'\n", name);
}

int remove_proc_subtree(const char *name, struct proc_dir_entry *parent)
{
	return remove_named(name, parent, TREE_CALL("remove_proc_subtree"));
}
