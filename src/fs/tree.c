/* SPDX-License-Identifier: MIT */
/*
 * tree.c - entries of proc and debugfs: by path, with a directory above
 *
 * Owns: nothing; fnode.c has the nodes.
 * T1  To rules an entry is a thing that must be taken away again, and making one can fail.
 * T2  What is removed takes all below with it, and waits for operations under way.
 * May sleep.
 */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "fs/fs_room.h"
#include "kern/tell.h"

struct km_fnode *tree_make(const char *root, const char *name, umode_t mode,
			   struct km_fnode *parent, const struct tree_call *call)
{
	struct km_fnode *node;

	km_might_sleep(call->what);
	km_port_point();
	touch_text(&(const struct asker){ call->caller, call->frame }, name);
	if (!name || !*name)
		return ERR_PTR(-EINVAL);
	if (resource_refused(call->what, call->caller, call->frame))
		return ERR_PTR(-ENOMEM);
	node = fnode_new(S_ISDIR(mode) ? FNODE_DIR : FNODE_FILE, mode, "%s/%s",
			 parent ? parent->path : root, name);
	if (!node)
		return ERR_PTR(-ENOMEM);
	node->drains = true;
	node->resource = strcmp(root, "/proc") ? "debugfs entry" : "proc entry";
	return node;
}

/* It goes with the directory that holds it: that is the one to be forgotten. */
static bool has_owner(const struct km_fnode *node)
{
	char path[FNODE_PATH];
	char *slash;
	struct km_fnode *above;
	bool is_owned;

	strscpy(path, node->path, sizeof(path));
	slash = strrchr(path, '/');
	if (!slash || slash == path)
		return false;
	*slash = '\0';
	above = fnode_find(path);
	is_owned = above && above->resource;
	if (above)
		fnode_put(above);
	return is_owned;
}

int tree_show(struct km_fnode *node, const struct tree_call *call)
{
	if (fnode_add(node)) {
		fnode_drop(node);
		return -EEXIST;
	}
	if (!has_owner(node))
		undone_new(call->what, node, call->caller, call->frame);
	return 0;
}

struct km_fnode *tree_find(const char *root, const char *name, struct km_fnode *parent)
{
	char path[160];

	scnprintf(path, sizeof(path), "%s/%s", parent ? parent->path : root, name);
	return fnode_find(path);
}

static bool is_below(const char *path, const char *above)
{
	size_t length = strlen(above);

	return !strncmp(path, above, length) && path[length] == '/';
}

static void tree_remove_one(struct km_fnode *node, const struct tree_call *call)
{
	if (!node->is_removed)
		resource_gone(node->resource, node, call->caller, call->frame);
	fnode_remove(node);
}

void tree_remove(struct km_fnode *node, const struct tree_call *call)
{
	struct km_fnode *below = NULL;

	km_might_sleep(call->what);
	while ((below = fnode_next(below)))
		if (is_below(below->path, node->path))
			tree_remove_one(below, call);
	tree_remove_one(node, call);
}
