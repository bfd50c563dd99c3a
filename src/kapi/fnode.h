/* SPDX-License-Identifier: MIT */
/*
 * fnode.h - the files that a module shows to user space: device nodes, proc, debugfs, sysfs
 *
 * Who registers one calls fnode_new(), fnode_add(), and later fnode_remove().  Who opens one looks
 * it up by its path (fnode_find) and lets go again (fnode_put); around each call into the module
 * fnode_enter() and fnode_leave() stand, for which fnode_remove() of a node that drains waits.
 */
#ifndef KAPI_FNODE_H
#define KAPI_FNODE_H

#include <linux/fs.h>
#include <linux/list.h>

#define FNODE_PATH	192	/* longer ones are not taken */

enum fnode_kind {
	FNODE_DIR,		/* only the path: what lies in it is known by its own path */
	FNODE_CHAR,		/* inode.i_rdev says which cdev */
	FNODE_FILE,		/* fops are called (proc, debugfs) */
	FNODE_TEXT,		/* text is asked for a page of text, or given one (sysfs) */
};

struct km_fnode;

/* As sysfs has them: a page of text; NULL: that way is refused. */
struct fnode_text {
	ssize_t (*show)(struct km_fnode *node, char *page);
	ssize_t (*store)(struct km_fnode *node, const char *text, size_t bytes);
};

struct km_fnode {
	struct list_head entry;
	char path[FNODE_PATH];		/* "/dev/ring", "/sys/kernel/debug/ring/size" */
	enum fnode_kind kind;
	struct inode inode;
	struct dentry dentry;
	const struct file_operations *fops;
	struct file_operations own_fops;	/* of one that was put together here */
	const struct fnode_text *text;
	/* proc's entries that are printed without operations of their own */
	const struct seq_operations *seq;
	unsigned int seq_state_bytes;
	int (*single_show)(struct seq_file *file, void *data);
	struct module *owner;		/* not to be unloaded while it is open; NULL: nobody's */
	void *data;			/* the registering code's */
	const char *resource;		/* what a leak of it is called; NULL: not told */
	bool drains;			/* fnode_remove() waits for calls under way */
	bool is_made_up;		/* nobody made it: a number without a name in /dev */
	/*
	 * Of a file whose operations are the library's own: false, what of the module they print is
	 * not there (rules were told); NULL: the module's functions read it, or nothing is read.
	 */
	bool (*is_there)(struct km_fnode *node, bool writes);
	size_t value_bytes;		/* of the number at inode.i_private */
	uintptr_t made_at;		/* who registered it, where is_there is set */
	/* fnode.c's */
	unsigned int references, calls;
	bool is_removed;
};

/* Not added yet; NULL: no memory.  Not an allocation to rules.  May sleep. */
struct km_fnode *fnode_new(enum fnode_kind kind, umode_t mode, const char *path, ...)
	__printf(3, 4);
/* 0; -EEXIST: that path is taken. */
int fnode_add(struct km_fnode *node);
/* No open finds it any more; the last who has it open frees it.  May sleep. */
void fnode_remove(struct km_fnode *node);
/* Of one that was not added. */
void fnode_drop(struct km_fnode *node);

/* With a reference, or NULL. */
struct km_fnode *fnode_find(const char *path);
struct km_fnode *fnode_find_number(dev_t dev);
void fnode_put(struct km_fnode *node);
/* The node after @before in the order in which they were made (NULL: the first), with a reference;
 * that of @before is dropped. */
struct km_fnode *fnode_next(struct km_fnode *before);
/* false: it is removed, and nothing of the module may be called any more */
bool fnode_enter(struct km_fnode *node);
void fnode_leave(struct km_fnode *node);

static inline struct km_fnode *fnode_of_inode(const struct inode *inode)
{
	return container_of(inode, struct km_fnode, inode);
}

static inline struct km_fnode *fnode_of_dentry(const struct dentry *dentry)
{
	return container_of(dentry, struct km_fnode, dentry);
}

#endif
