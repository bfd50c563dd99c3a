/* SPDX-License-Identifier: MIT */
/*
 * chrdev.c - device numbers: who has which, and the cdev behind each
 *
 * Owns: the regions of numbers, the added cdevs.
 * D1  Regions do not overlap.  Numbers of one's own choice lie below CHRDEV_MAJOR_MAX; free majors
 *     are looked for downward from 254, then from 511.
 * D2  A cdev that cdev_alloc() made is freed when it is deleted and no open file uses it; any other
 *     is its owner's, who must keep it as long.
 * Lock: chrdev_lock.  Registering may sleep.
 */
#include <linux/cdev.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/major.h>
#include <linux/module.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "fs/fs_room.h"
#include "kern/tell.h"
#include "slab/slab.h"

struct region {
	struct list_head entry;
	dev_t first;
	unsigned int count;
	char name[64];
	struct cdev *cdev;		/* __register_chrdev()'s */
};

static LIST_HEAD(regions);
static LIST_HEAD(cdevs);
static struct km_spin chrdev_lock = KM_SPIN_INIT;

void chrdev_boot(void)
{
	INIT_LIST_HEAD(&regions);
	INIT_LIST_HEAD(&cdevs);
}

/* -- regions ---------------------------------------------------------------------------------- */

static bool is_taken_locked(dev_t first, unsigned int count)
{
	struct region *region;

	list_for_each_entry(region, &regions, entry)
		if (first < region->first + region->count && region->first < first + count)
			return true;
	return false;
}

static bool is_major_free_locked(unsigned int major)
{
	return !is_taken_locked(MKDEV(major, 0), 1u << MINORBITS);
}

/* 0: none is free. */
static unsigned int major_find_locked(void)
{
	for (unsigned int major = 254; major >= CHRDEV_MAJOR_DYN_END; major--)
		if (is_major_free_locked(major))
			return major;
	for (unsigned int major = CHRDEV_MAJOR_DYN_EXT_START; major >= CHRDEV_MAJOR_DYN_EXT_END;
	     major--)
		if (is_major_free_locked(major))
			return major;
	return 0;
}

/* @major 0: any.  Return: ERR_PTR(-EBUSY), ERR_PTR(-EINVAL), ERR_PTR(-ENOMEM). */
static struct region *region_take(unsigned int major, unsigned int minor, unsigned int count,
				  const char *name, const struct slab_call *call)
{
	struct region *region;
	unsigned long irq;
	bool is_free;

	if (major >= CHRDEV_MAJOR_MAX || !count || minor + count > MINORMASK + 1 ||
	    minor + count < minor)
		return ERR_PTR(-EINVAL);
	touch_text(&(const struct asker){ call->caller, call->frame }, name);
	region = kmalloc_call(sizeof(*region), GFP_KERNEL | __GFP_ZERO, call);
	if (!region)
		return ERR_PTR(-ENOMEM);
	irq = km_spin_lock(&chrdev_lock);
	if (!major)
		major = major_find_locked();
	region->first = MKDEV(major, minor);
	region->count = count;
	strscpy(region->name, name, sizeof(region->name));
	is_free = major && !is_taken_locked(region->first, count);
	if (is_free)
		list_add_tail(&region->entry, &regions);
	km_spin_unlock(&chrdev_lock, irq);
	if (is_free)
		return region;
	kfree_call(region, call);
	return ERR_PTR(-EBUSY);
}

/* NULL: no region begins there. */
static struct region *region_leave(dev_t first, unsigned int count)
{
	unsigned long irq = km_spin_lock(&chrdev_lock);
	struct region *region, *found = NULL;

	list_for_each_entry(region, &regions, entry) {
		if (region->first == first && region->count == count) {
			found = region;
			list_del(&region->entry);
			break;
		}
	}
	km_spin_unlock(&chrdev_lock, irq);
	return found;
}

int alloc_chrdev_region(dev_t *dev, unsigned baseminor, unsigned count, const char *name)
{
	struct region *region = region_take(0, baseminor, count, name,
					    KMALLOC_CALL("alloc_chrdev_region"));

	if (IS_ERR(region))
		return PTR_ERR(region);
	*dev = region->first;
	return 0;
}

int register_chrdev_region(dev_t from, unsigned count, const char *name)
{
	struct region *region = region_take(MAJOR(from), MINOR(from), count, name,
					    KMALLOC_CALL("register_chrdev_region"));

	return PTR_ERR_OR_ZERO(region);
}

void unregister_chrdev_region(dev_t from, unsigned count)
{
	struct region *region = region_leave(from, count);

	if (region)
		kfree_call(region, KMALLOC_CALL("unregister_chrdev_region"));
}

int __register_chrdev(unsigned int major, unsigned int baseminor, unsigned int count,
		      const char *name, const struct file_operations *fops)
{
	const struct slab_call *call = KMALLOC_CALL("register_chrdev");
	struct region *region = region_take(major, baseminor, count, name, call);
	struct cdev *cdev;

	if (IS_ERR(region))
		return PTR_ERR(region);
	cdev = kmalloc_call(sizeof(*cdev), GFP_KERNEL | __GFP_ZERO, call);
	if (!cdev) {
		kfree_call(region_leave(region->first, count), call);
		return -ENOMEM;
	}
	cdev_init(cdev, fops);
	cdev->km_is_own = true;
	cdev->owner = fops->owner;
	region->cdev = cdev;
	cdev_add(cdev, region->first, count);
	return major ? 0 : (int)MAJOR(region->first);
}

void __unregister_chrdev(unsigned int major, unsigned int baseminor, unsigned int count,
			 const char *name)
{
	struct region *region = region_leave(MKDEV(major, baseminor), count);

	if (!region)
		return;
	if (region->cdev)
		cdev_del(region->cdev);
	kfree_call(region, KMALLOC_CALL("unregister_chrdev"));
}

/* -- cdevs ------------------------------------------------------------------------------------ */

void cdev_init(struct cdev *cdev, const struct file_operations *fops)
{
	TOUCH(cdev);
	memset(cdev, 0, sizeof(*cdev));
	INIT_LIST_HEAD(&cdev->list);
	cdev->ops = fops;
}

struct cdev *cdev_alloc(void)
{
	struct cdev *cdev = kmalloc_call(sizeof(*cdev), GFP_KERNEL | __GFP_ZERO,
					 KMALLOC_CALL("cdev_alloc"));

	if (!cdev)
		return NULL;
	INIT_LIST_HEAD(&cdev->list);
	cdev->km_is_own = true;
	return cdev;
}

static void cdev_free(struct cdev *cdev, const struct slab_call *call)
{
	if (cdev->km_is_own)
		kfree_call(cdev, call);
}

/* Of one that was never added; an added one is deleted. */
void cdev_put(struct cdev *cdev)
{
	if (cdev && !cdev->km_users)
		cdev_free(cdev, KMALLOC_CALL("cdev_put"));
}

void cdev_set_parent(struct cdev *cdev, struct kobject *kobj)
{
	TOUCH(cdev);
	cdev->kobj.parent = kobj;
}

int cdev_add(struct cdev *cdev, dev_t dev, unsigned count)
{
	unsigned long irq;

	TOUCH(cdev);
	km_might_sleep("cdev_add");
	km_port_point();
	if (WARN_ON(dev == 0))
		return -EBUSY;
	if (resource_refused("cdev_add", WATCH_CALLER(), WATCH_FRAME()))
		return -ENOMEM;
	cdev->dev = dev;
	cdev->count = count;
	irq = km_spin_lock(&chrdev_lock);
	list_add_tail(&cdev->list, &cdevs);
	cdev->km_is_added = true;
	km_spin_unlock(&chrdev_lock, irq);
	km_port_seam();
	undone_new("cdev_add", cdev, WATCH_CALLER(), WATCH_FRAME());
	return 0;
}

/* Names that were made up for its numbers go with it. */
static void names_remove(const struct cdev *cdev)
{
	struct km_fnode *node = NULL;

	while ((node = fnode_next(node)))
		if (node->is_made_up && node->inode.i_rdev - cdev->dev < cdev->count)
			fnode_remove(node);
}

void cdev_del(struct cdev *cdev)
{
	unsigned long irq;
	bool is_last;

	TOUCH(cdev);
	km_might_sleep("cdev_del");
	if (cdev->km_is_added)
		names_remove(cdev);
	irq = km_spin_lock(&chrdev_lock);
	list_del_init(&cdev->list);
	is_last = !cdev->km_users;
	km_spin_unlock(&chrdev_lock, irq);
	km_port_seam();
	if (cdev->km_is_added)
		resource_gone("cdev", cdev, WATCH_CALLER(), WATCH_FRAME());
	cdev->km_is_added = false;
	if (is_last)
		cdev_free(cdev, KMALLOC_CALL("cdev_del"));
}

int cdev_device_add(struct cdev *cdev, struct device *dev)
{
	int error = 0;

	if (dev->devt) {
		error = cdev_add(cdev, dev->devt, 1);
		if (error)
			return error;
	}
	error = device_add(dev);
	if (error && dev->devt)
		cdev_del(cdev);
	return error;
}

void cdev_device_del(struct cdev *cdev, struct device *dev)
{
	device_del(dev);
	if (dev->devt)
		cdev_del(cdev);
}

struct cdev *chrdev_begin(dev_t dev)
{
	unsigned long irq = km_spin_lock(&chrdev_lock);
	struct cdev *cdev, *found = NULL;

	list_for_each_entry(cdev, &cdevs, list) {
		if (dev - cdev->dev < cdev->count) {
			found = cdev;
			break;
		}
	}
	if (found && found->owner && !try_module_get(found->owner))
		found = NULL;
	if (found)
		found->km_users += found->km_is_own;
	km_spin_unlock(&chrdev_lock, irq);
	return found;
}

/* @cdev may be its owner's memory that is gone: only what D2 keeps is looked at. */
void chrdev_end(struct cdev *cdev)
{
	unsigned long irq = km_spin_lock(&chrdev_lock);
	bool is_last = !--cdev->km_users && !cdev->km_is_added;

	km_spin_unlock(&chrdev_lock, irq);
	if (is_last)
		cdev_free(cdev, KMALLOC_CALL("cdev_put"));
}

/* -- names that nobody gave ------------------------------------------------------------------- */

static void number_name(dev_t dev, char *ret_name, size_t room)
{
	unsigned long irq = km_spin_lock(&chrdev_lock);
	struct region *region;

	scnprintf(ret_name, room, "%u:%u", MAJOR(dev), MINOR(dev));
	list_for_each_entry(region, &regions, entry) {
		if (dev - region->first >= region->count)
			continue;
		strscpy(ret_name, region->name, room);
		if (dev != region->first)
			scnprintf(ret_name, room, "%s%u", region->name, dev - region->first);
	}
	km_spin_unlock(&chrdev_lock, irq);
}

static void name_make_up(dev_t dev)
{
	struct km_fnode *node = fnode_find_number(dev);
	char name[80];

	if (node) {
		fnode_put(node);
		return;
	}
	number_name(dev, name, sizeof(name));
	node = fnode_new(FNODE_CHAR, S_IFCHR | 0600, "/dev/%s", name);
	if (!node)
		return;
	node->inode.i_rdev = dev;
	node->is_made_up = true;
	if (fnode_add(node))
		fnode_drop(node);
}

/* Does any of its numbers have a name? */
static bool is_named(dev_t first, unsigned int count)
{
	struct km_fnode *node = NULL;
	bool found = false;

	while ((node = fnode_next(node)))
		found |= node->kind == FNODE_CHAR && node->inode.i_rdev - first < count;
	return found;
}

#define NAMES_A_CDEV	4u

/* The @skip-th of the added cdevs. */
static bool cdev_pick(unsigned int skip, dev_t *ret_first, unsigned int *ret_count)
{
	unsigned long irq = km_spin_lock(&chrdev_lock);
	struct cdev *cdev;
	bool found = false;

	list_for_each_entry(cdev, &cdevs, list) {
		if (skip--)
			continue;
		*ret_first = cdev->dev;
		*ret_count = cdev->count;
		found = true;
		break;
	}
	km_spin_unlock(&chrdev_lock, irq);
	return found;
}

void chrdev_name_all(void)
{
	unsigned int count;
	dev_t first;

	for (unsigned int i = 0; cdev_pick(i, &first, &count); i++) {
		if (MAJOR(first) == MISC_MAJOR || is_named(first, count))
			continue;
		/* register_chrdev() takes 256 numbers, of which drivers mean the first ones. */
		for (unsigned int k = 0; k < count && k < NAMES_A_CDEV; k++)
			name_make_up(first + k);
	}
}
