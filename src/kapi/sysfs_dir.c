/* SPDX-License-Identifier: MIT */
/*
 * sysfs_dir.c - the directories of /sys and the files in them
 *
 * Owns: struct kernfs_node and the list of its files.
 * S1  A file is in the list of exactly one directory as long as its node is in the registry.
 * S2  A file that is removed has no call of its attribute under way; a directory goes with its
 *     files.
 * S3  The memory here is the engine's own.  What rules see is a file in a directory that is always
 *     there: it must be removed.  Others go with their directory, so it is the kobject that leaks.
 * Lock: files_lock for the lists; never held while a user's function runs.  May sleep.
 */
#include "kapi/sysfs.h"

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "kern/spin.h"
#include "kern/tell.h"

struct sysfs_file {
	struct list_head list;
	struct kobject *kobj;
	const struct attribute *attr;
	const char *group;		/* NULL: in the directory itself */
	struct km_fnode *node;
	const char *what;		/* made it, as rules were told; NULL: they were not */
};

static struct km_spin files_lock = KM_SPIN_INIT;

/* -- directories ------------------------------------------------------------------------------ */

int sysfs_dir_make(struct kobject *kobj, const char *path)
{
	struct kernfs_node *dir;
	int error = -ENOMEM;

	if (strlen(path) >= SYSFS_PATH - NAME_MAX / 4)
		return -ENAMETOOLONG;
	watch_enter();
	dir = kzalloc(sizeof(*dir), GFP_KERNEL);
	watch_leave();
	if (!dir)
		return -ENOMEM;
	strscpy(dir->path, path, sizeof(dir->path));
	INIT_LIST_HEAD(&dir->files);
	dir->node = fnode_new(FNODE_DIR, S_IFDIR | 0755, "%s", path);
	if (dir->node)
		error = fnode_add(dir->node);
	if (!error) {
		kobj->sd = dir;
		return 0;
	}
	fnode_drop(dir->node);
	watch_enter();
	kfree(dir);
	watch_leave();
	return error;
}

void sysfs_dir_fix(struct kobject *kobj, struct kernfs_node *dir, const char *path)
{
	strscpy(dir->path, path, sizeof(dir->path));
	INIT_LIST_HEAD(&dir->files);
	dir->node = NULL;
	kobj->sd = dir;
}

static struct sysfs_file *first_file(struct kernfs_node *dir)
{
	unsigned long irq = km_spin_lock(&files_lock);
	struct sysfs_file *file = list_first_entry_or_null(&dir->files, struct sysfs_file, list);

	if (file)
		list_del(&file->list);
	km_spin_unlock(&files_lock, irq);
	return file;
}

/* S3; the leak rule says what @what() did. */
static void tell(enum km_point point, const struct sysfs_file *file, uintptr_t caller,
		 uintptr_t frame)
{
	struct km_event event = {
		.point = point, .family = KM_FAMILY_DEVRES, .what = file->what,
		.object = file->node, .caller = caller, .frame = frame,
	};

	if (file->what)
		watch_tell(&event);
}

/* It is in no list any more: S2. */
static void file_end(struct sysfs_file *file)
{
	tell(KM_POINT_RESOURCE_GONE, file, WATCH_CALLER(), WATCH_FRAME());
	fnode_remove(file->node);
	watch_enter();
	kfree(file);
	watch_leave();
}

void sysfs_dir_remove(struct kobject *kobj)
{
	struct kernfs_node *dir = kobj->sd;
	struct sysfs_file *file;

	if (!dir || !dir->node)
		return;
	while ((file = first_file(dir)))
		file_end(file);
	kobj->sd = NULL;
	fnode_remove(dir->node);
	watch_enter();
	kfree(dir);
	watch_leave();
}

/* -- what a read or write comes to ------------------------------------------------------------- */

static ssize_t text_show(struct km_fnode *node, char *page)
{
	struct sysfs_file *file = node->data;
	const struct sysfs_ops *ops = file->kobj->ktype->sysfs_ops;

	return ops->show ? ops->show(file->kobj, (struct attribute *)file->attr, page) : -EIO;
}

/* Placed at show() itself: a reader of stacks expects return addresses, so one past its start. */
ssize_t sysfs_count(ssize_t count, const void *show)
{
	struct km_event event = {
		.point = KM_POINT_WARN,
		.family = KM_FAMILY_OTHER,
		.what = "fill_read_buffer: show() returned bad count: a page or more",
		.caller = (uintptr_t)show + 1,
		.frame = WATCH_FRAME(),
	};

	if (count < (ssize_t)PAGE_SIZE)
		return count;
	pr_warn("fill_read_buffer: %pS returned bad count\n", show);
	watch_tell(&event);
	return PAGE_SIZE - 1;
}

static ssize_t text_store(struct km_fnode *node, const char *text, size_t bytes)
{
	struct sysfs_file *file = node->data;
	const struct sysfs_ops *ops = file->kobj->ktype->sysfs_ops;

	if (!ops->store)
		return -EIO;
	return ops->store(file->kobj, (struct attribute *)file->attr, text, bytes);
}

static const struct fnode_text text_ops = { .show = text_show, .store = text_store };

static const struct bin_attribute *bin_of(const struct sysfs_file *file)
{
	return container_of(file->attr, struct bin_attribute, attr);
}

/* How much of @bytes at @at lies in a file of a known size; of another one all does. */
static size_t bin_part(const struct bin_attribute *bin, size_t bytes, loff_t at)
{
	if (bytes > PAGE_SIZE)
		bytes = PAGE_SIZE;
	if (!bin->size)
		return bytes;
	return at >= (loff_t)bin->size ? 0 : min_t(size_t, bytes, bin->size - at);
}

static ssize_t bin_read(struct file *opened, char __user *to, size_t bytes, loff_t *at)
{
	struct sysfs_file *file = fnode_of_inode(file_inode(opened))->data;
	const struct bin_attribute *bin = bin_of(file);
	ssize_t ret;
	char *page;

	bytes = bin_part(bin, bytes, *at);
	if (!bytes)
		return 0;
	if (!bin->read)
		return -EIO;
	page = kzalloc(bytes, GFP_KERNEL);
	if (!page)
		return -ENOMEM;
	ret = bin->read(opened, file->kobj, (struct bin_attribute *)bin, page, *at, bytes);
	if (ret > 0 && copy_to_user(to, page, min_t(size_t, ret, bytes)))
		ret = -EFAULT;
	if (ret > 0)
		*at += ret;
	kfree(page);
	return ret;
}

static ssize_t bin_write(struct file *opened, const char __user *from, size_t bytes, loff_t *at)
{
	struct sysfs_file *file = fnode_of_inode(file_inode(opened))->data;
	const struct bin_attribute *bin = bin_of(file);
	ssize_t ret = -EFAULT;
	char *page;

	bytes = bin_part(bin, bytes, *at);
	if (!bytes)
		return bin->size ? -EFBIG : 0;
	if (!bin->write)
		return -EIO;
	page = kzalloc(bytes, GFP_KERNEL);
	if (!page)
		return -ENOMEM;
	if (!copy_from_user(page, from, bytes))
		ret = bin->write(opened, file->kobj, (struct bin_attribute *)bin, page, *at,
				 bytes);
	if (ret > 0)
		*at += ret;
	kfree(page);
	return ret;
}

static const struct file_operations bin_ops = { .read = bin_read, .write = bin_write };

/* -- files ------------------------------------------------------------------------------------ */

static struct sysfs_file *file_make(struct kobject *kobj, const char *group,
				    const struct attribute *attr, enum fnode_kind kind,
				    umode_t mode)
{
	struct sysfs_file *file;

	watch_enter();
	file = kzalloc(sizeof(*file), GFP_KERNEL);
	watch_leave();
	if (!file)
		return NULL;
	file->node = fnode_new(kind, S_IFREG | (mode & 0777), "%s%s%s/%s", kobj->sd->path,
			       group ? "/" : "", group ? group : "", attr->name);
	if (!file->node) {
		watch_enter();
		kfree(file);
		watch_leave();
		return NULL;
	}
	file->kobj = kobj;
	file->attr = attr;
	file->group = group;
	file->node->data = file;
	file->node->drains = true;
	return file;
}

static int file_show(struct kobject *kobj, struct sysfs_file *file, const struct sysfs_call *call)
{
	unsigned long irq;
	int error = fnode_add(file->node);

	if (error) {
		pr_warn("sysfs: cannot create duplicate filename '%s'\n", file->node->path);
		fnode_drop(file->node);
		watch_enter();
		kfree(file);
		watch_leave();
		return error;
	}
	irq = km_spin_lock(&files_lock);
	list_add_tail(&file->list, &kobj->sd->files);
	km_spin_unlock(&files_lock, irq);
	file->what = call->is_told && !kobj->sd->node ? call->what : NULL;
	tell(KM_POINT_RESOURCE_NEW, file, call->caller, call->frame);
	return 0;
}

int sysfs_file_add(struct kobject *kobj, const char *group, const struct attribute *attr,
		   umode_t mode, const struct sysfs_call *call)
{
	struct sysfs_file *file;

	if (WARN(!kobj->ktype || !kobj->ktype->sysfs_ops,
		 "missing sysfs attribute operations for kobject: %s\n", kobject_name(kobj)))
		return -EINVAL;
	if (resource_refused(call->what, call->caller, call->frame))
		return -ENOMEM;
	file = file_make(kobj, group, attr, FNODE_TEXT, mode);
	if (!file)
		return -ENOMEM;
	file->node->text = &text_ops;
	return file_show(kobj, file, call);
}

int sysfs_bin_add(struct kobject *kobj, const char *group, const struct bin_attribute *attr,
		  umode_t mode, const struct sysfs_call *call)
{
	struct sysfs_file *file;

	if (resource_refused(call->what, call->caller, call->frame))
		return -ENOMEM;
	file = file_make(kobj, group, &attr->attr, FNODE_FILE, mode);
	if (!file)
		return -ENOMEM;
	file->node->fops = &bin_ops;
	file->node->inode.i_size = attr->size;
	return file_show(kobj, file, call);
}

static bool is_in(const struct sysfs_file *file, const char *group)
{
	return group ? file->group && !strcmp(file->group, group) : !file->group;
}

bool sysfs_group_is_there(struct kobject *kobj, const char *group)
{
	unsigned long irq = km_spin_lock(&files_lock);
	struct sysfs_file *file;
	bool found = false;

	list_for_each_entry(file, &kobj->sd->files, list)
		found = found || (file->group && !strcmp(file->group, group));
	km_spin_unlock(&files_lock, irq);
	return found;
}

static struct sysfs_file *file_take(struct kernfs_node *dir, const char *group, const char *name)
{
	unsigned long irq = km_spin_lock(&files_lock);
	struct sysfs_file *file, *found = NULL;

	list_for_each_entry(file, &dir->files, list) {
		if (is_in(file, group) && !strcmp(file->attr->name, name)) {
			found = file;
			list_del(&file->list);
			break;
		}
	}
	km_spin_unlock(&files_lock, irq);
	return found;
}

bool sysfs_file_remove(struct kobject *kobj, const char *group, const struct attribute *attr,
		       bool is_self)
{
	struct sysfs_file *file = file_take(kobj->sd, group, attr->name);

	if (!file)
		return false;
	/* The call under way is the caller's own: not to be waited for. */
	if (is_self)
		file->node->drains = false;
	file_end(file);
	return true;
}
