/* SPDX-License-Identifier: MIT */
/*
 * misc.c - miscdevices: a minor number of major 10 each, and a device in /dev
 *
 * Owns: the list of them.
 * M1  Minors in the list are distinct.  Those that are asked for dynamically come downward from
 *     127, then upward from 256.
 * Lock: misc_mutex, which open() holds too, as in Linux: an open() that waits holds up the others.
 * All calls may sleep.
 */
#include <linux/bug.h>
#include <linux/cdev.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/string.h>
#include "fs/fs_room.h"
#include "kapi/device.h"
#include "kern/tell.h"

#define DYNAMIC_MINORS	128

static struct mutex misc_mutex = __MUTEX_INITIALIZER(misc_mutex);
static LIST_HEAD(misc_list);
static bool is_up;
static struct cdev misc_cdev;

static char *misc_devnode(const struct device *dev, umode_t *mode)
{
	const struct miscdevice *misc = dev_get_drvdata(dev);

	*mode = misc->mode;
	return NULL;
}

static const struct class misc_class = { .name = "misc", .devnode = misc_devnode };

static struct miscdevice *misc_find(int minor)
{
	struct miscdevice *misc;

	list_for_each_entry(misc, &misc_list, list)
		if (misc->minor == minor)
			return misc;
	return NULL;
}

static int misc_open(struct inode *inode, struct file *file)
{
	struct miscdevice *misc;
	int error = -ENODEV;

	watch_enter();
	mutex_lock(&misc_mutex);
	watch_leave();
	misc = misc_find((int)iminor(inode));
	if (misc && try_module_get(misc->fops->owner)) {
		file->private_data = misc;
		file->f_op = misc->fops;
		error = file->f_op->open ? file->f_op->open(inode, file) : 0;
		if (error)
			module_put(file->f_op->owner);
	}
	watch_enter();
	mutex_unlock(&misc_mutex);
	watch_leave();
	return error;
}

static const struct file_operations misc_fops = { .open = misc_open };

void misc_boot(void)
{
	INIT_LIST_HEAD(&misc_list);
	mutex_init(&misc_mutex);
	is_up = false;
}

/* The numbers of major 10 are this file's from the first on that is registered. */
static void misc_begin(void)
{
	if (is_up)
		return;
	is_up = true;
	cdev_init(&misc_cdev, &misc_fops);
	cdev_add(&misc_cdev, MKDEV(MISC_MAJOR, 0), MINORMASK + 1);
}

/* -EBUSY: that one, or all, are taken. */
static int minor_choose(int wanted)
{
	if (wanted != MISC_DYNAMIC_MINOR)
		return misc_find(wanted) ? -EBUSY : wanted;
	for (int minor = DYNAMIC_MINORS - 1; minor >= 0; minor--)
		if (!misc_find(minor))
			return minor;
	for (int minor = MISC_DYNAMIC_MINOR + 1; minor <= (int)MINORMASK; minor++)
		if (!misc_find(minor))
			return minor;
	return -EBUSY;
}

static int misc_join(struct miscdevice *misc)
{
	int minor;

	watch_enter();
	mutex_lock(&misc_mutex);
	misc_begin();
	minor = minor_choose(misc->minor);
	if (minor >= 0) {
		misc->minor = minor;
		list_add(&misc->list, &misc_list);
	}
	mutex_unlock(&misc_mutex);
	watch_leave();
	return minor < 0 ? minor : 0;
}

static void misc_part(struct miscdevice *misc)
{
	watch_enter();
	mutex_lock(&misc_mutex);
	list_del_init(&misc->list);
	if (misc->minor > MISC_DYNAMIC_MINOR || misc->minor < DYNAMIC_MINORS)
		misc->minor = MISC_DYNAMIC_MINOR;
	mutex_unlock(&misc_mutex);
	watch_leave();
}

static int misc_show(struct miscdevice *misc, const struct slab_call *call)
{
	struct device *dev = device_make(&misc_class, misc->parent,
					 MKDEV(MISC_MAJOR, misc->minor), misc, call);
	int error;

	if (IS_ERR(dev))
		return PTR_ERR(dev);
	dev->groups = misc->groups;
	error = dev_set_name(dev, "%s", misc->nodename ? misc->nodename : misc->name);
	if (!error)
		error = device_add(dev);
	if (error)
		put_device(dev);
	else
		misc->this_device = dev;
	return error;
}

int misc_register(struct miscdevice *misc)
{
	int error;

	TOUCH(misc);
	TOUCH_TEXT(misc->name);
	TOUCH_TEXT(misc->nodename);
	km_might_sleep("misc_register");
	km_port_point();
	error = misc_join(misc);
	if (error)
		return error;
	error = misc_show(misc, KMALLOC_CALL("misc_register"));
	if (error)
		misc_part(misc);
	return error;
}

void misc_deregister(struct miscdevice *misc)
{
	TOUCH(misc);
	km_might_sleep("misc_deregister");
	if (WARN_ON(!misc->list.next || list_empty(&misc->list)))
		return;
	device_unregister(misc->this_device);
	misc_part(misc);
}
