/* SPDX-License-Identifier: MIT */
/*
 * fnode.c - the files that a module shows to user space, by path
 *
 * Owns: the list of nodes, in the order in which they were made.  Not: what a call of one does
 * (room fs).
 * N1  Paths in the list are distinct.
 * N2  A node's memory stays until nobody refers to it: the list, who has it open, a call under way.
 * N3  After fnode_remove() of a node that drains, no call into the module is under way or begins.
 * Its memory is the engine's own: no rule sees it come or go, so the sweep has nothing to fail
 * here; the functions that register are failed as a whole.
 * Lock: nodes_lock.  Adding and removing may sleep.
 */
#include "kapi/fnode.h"

#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/wait.h>
#include "kapi/kapi.h"
#include "kern/spin.h"
#include "slab/slab.h"
#include "watch/watch.h"

static LIST_HEAD(nodes);
static struct km_spin nodes_lock = KM_SPIN_INIT;
static DECLARE_WAIT_QUEUE_HEAD(nodes_idle);
static unsigned long last_number;
static struct kmem_cache *node_cache;

/* A run that was cut short leaves its nodes behind. */
int fnode_boot(void)
{
	struct kmem_cache_args args = { .align = __alignof__(struct km_fnode) };
	struct kmem_cache *cache;

	INIT_LIST_HEAD(&nodes);
	init_waitqueue_head(&nodes_idle);
	last_number = 0;
	node_cache = NULL;
	cache = cache_make("km_fnode", sizeof(struct km_fnode), &args, 0, CACHE_INTERNAL);
	if (IS_ERR(cache))
		return PTR_ERR(cache);
	node_cache = cache;
	return 0;
}

static void cache_put(struct km_fnode *node)
{
	watch_enter();
	kmem_cache_free(node_cache, node);
	watch_leave();
}

void fnode_shutdown(void)
{
	struct km_fnode *node, *next;

	if (!node_cache)
		return;
	list_for_each_entry_safe(node, next, &nodes, entry)
		cache_put(node);
	cache_close(node_cache);
	cache_flush_all(node_cache);
	node_trim(node_cache, 0);
	cache_unmake(node_cache);
	node_cache = NULL;
}

struct km_fnode *fnode_new(enum fnode_kind kind, umode_t mode, const char *path, ...)
{
	struct km_fnode *node;
	va_list args;
	int length;

	watch_enter();
	node = kmem_cache_zalloc(node_cache, GFP_KERNEL);
	watch_leave();
	if (!node)
		return NULL;
	va_start(args, path);
	length = vsnprintf(node->path, sizeof(node->path), path, args);
	va_end(args);
	if (length >= FNODE_PATH) {
		cache_put(node);
		return NULL;
	}
	node->kind = kind;
	node->references = 1;
	node->inode.i_mode = mode;
	init_rwsem(&node->inode.i_rwsem);
	spin_lock_init(&node->inode.i_lock);
	node->dentry.d_inode = &node->inode;
	node->dentry.d_name.name = (const unsigned char *)strrchr(node->path, '/') + 1;
	node->dentry.d_name.len = strlen((const char *)node->dentry.d_name.name);
	return node;
}

static struct km_fnode *find_locked(const char *path)
{
	struct km_fnode *node;

	list_for_each_entry(node, &nodes, entry)
		if (!strcmp(node->path, path))
			return node;
	return NULL;
}

int fnode_add(struct km_fnode *node)
{
	unsigned long irq = km_spin_lock(&nodes_lock);
	bool is_taken = find_locked(node->path) != NULL;

	if (!is_taken) {
		node->inode.i_ino = ++last_number;
		list_add_tail(&node->entry, &nodes);
	}
	km_spin_unlock(&nodes_lock, irq);
	return is_taken ? -EEXIST : 0;
}

static bool is_idle(struct km_fnode *node)
{
	unsigned long irq = km_spin_lock(&nodes_lock);
	bool idle = !node->calls;

	km_spin_unlock(&nodes_lock, irq);
	return idle;
}

void fnode_remove(struct km_fnode *node)
{
	unsigned long irq = km_spin_lock(&nodes_lock);

	list_del_init(&node->entry);
	node->is_removed = true;
	km_spin_unlock(&nodes_lock, irq);
	km_port_seam();
	if (node->drains) {
		watch_enter();
		wait_event(nodes_idle, is_idle(node));
		watch_leave();
	}
	fnode_put(node);
}

void fnode_drop(struct km_fnode *node)
{
	if (node)
		cache_put(node);
}

struct km_fnode *fnode_find(const char *path)
{
	unsigned long irq = km_spin_lock(&nodes_lock);
	struct km_fnode *node = find_locked(path);

	if (node)
		node->references++;
	km_spin_unlock(&nodes_lock, irq);
	return node;
}

struct km_fnode *fnode_find_number(dev_t dev)
{
	unsigned long irq = km_spin_lock(&nodes_lock);
	struct km_fnode *node, *found = NULL;

	list_for_each_entry(node, &nodes, entry) {
		if (node->kind == FNODE_CHAR && node->inode.i_rdev == dev) {
			found = node;
			found->references++;
			break;
		}
	}
	km_spin_unlock(&nodes_lock, irq);
	return found;
}

void fnode_put(struct km_fnode *node)
{
	unsigned long irq = km_spin_lock(&nodes_lock);
	bool is_last = !--node->references;

	km_spin_unlock(&nodes_lock, irq);
	if (is_last)
		cache_put(node);
}

struct km_fnode *fnode_next(struct km_fnode *before)
{
	unsigned long irq = km_spin_lock(&nodes_lock), number = before ? before->inode.i_ino : 0;
	struct km_fnode *node, *found = NULL;

	list_for_each_entry(node, &nodes, entry) {
		if (node->inode.i_ino > number) {
			found = node;
			found->references++;
			break;
		}
	}
	km_spin_unlock(&nodes_lock, irq);
	if (before)
		fnode_put(before);
	return found;
}

bool fnode_enter(struct km_fnode *node)
{
	unsigned long irq = km_spin_lock(&nodes_lock);
	bool is_there = !(node->drains && node->is_removed);

	node->calls += is_there;
	km_spin_unlock(&nodes_lock, irq);
	return is_there;
}

void fnode_leave(struct km_fnode *node)
{
	unsigned long irq = km_spin_lock(&nodes_lock);
	bool is_last = !--node->calls;

	km_spin_unlock(&nodes_lock, irq);
	if (is_last)
		wake_up_all(&nodes_idle);
}
