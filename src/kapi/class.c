/* SPDX-License-Identifier: MIT */
/*
 * class.c - classes, the devices that are made in one, and their names in /dev
 *
 * Owns: the memory of a class and of a device that device_create() made.
 * L1  A device with a major number has a node in /dev as long as it is added.
 * L2  What device_create() made is freed with its last reference.
 * Lock: device_lists to look for a device by number.  Task context, may sleep.
 */
#include "kapi/device.h"
#include "kapi/fnode.h"
#include "kern/tell.h"

#include <linux/errno.h>
#include <linux/sprintf.h>
#include <linux/string.h>

struct class *class_create(const char *name)
{
	struct class *class = kmalloc_call(sizeof(*class), GFP_KERNEL | __GFP_ZERO,
					   KMALLOC_CALL("class_create"));

	if (!class)
		return ERR_PTR(-ENOMEM);
	TOUCH_TEXT(name);
	class->name = name;
	return class;
}

void class_destroy(const struct class *class)
{
	if (!IS_ERR_OR_NULL(class))
		kfree_call(class, KMALLOC_CALL("class_destroy"));
}

int class_register(const struct class *class)
{
	km_might_sleep("class_register");
	return 0;
}

void class_unregister(const struct class *class)
{
	km_might_sleep("class_unregister");
}

/* -- /dev ------------------------------------------------------------------------------------- */

static void node_name(struct device *dev, umode_t *mode, char *name, size_t room)
{
	char *made = dev->class && dev->class->devnode ? dev->class->devnode(dev, mode) : NULL;

	strscpy(name, made ? made : dev_name(dev), room);
	if (made)
		kfree_call(made, KMALLOC_CALL("device_add"));
	else
		strreplace(name, '!', '/');
}

/* A name that is taken, or no memory, is no failure of the device's: as in Linux nobody is told. */
void devnode_add(struct device *dev)
{
	struct km_fnode *node;
	umode_t mode = 0;
	char name[80];

	if (!MAJOR(dev->devt))
		return;
	node_name(dev, &mode, name, sizeof(name));
	node = fnode_new(FNODE_CHAR, S_IFCHR | (mode ? mode & 0777 : 0600), "/dev/%s", name);
	if (!node)
		return;
	node->inode.i_rdev = dev->devt;
	node->data = dev;
	if (fnode_add(node))
		fnode_drop(node);
}

void devnode_remove(struct device *dev)
{
	struct km_fnode *node = NULL;

	if (!MAJOR(dev->devt))
		return;
	while ((node = fnode_next(node))) {
		if (node->kind != FNODE_CHAR || node->data != dev)
			continue;
		fnode_remove(node);
		fnode_put(node);
		return;
	}
}

/* -- devices of a class ----------------------------------------------------------------------- */

static void device_create_release(struct device *dev)
{
	kfree_call(dev, KMALLOC_CALL("device_destroy"));
}

struct device *device_make(const struct class *class, struct device *parent, dev_t devt,
			   void *drvdata, const struct slab_call *call)
{
	struct device *dev;

	if (IS_ERR_OR_NULL(class))
		return ERR_PTR(-ENODEV);
	dev = kmalloc_call(sizeof(*dev), GFP_KERNEL | __GFP_ZERO, call);
	if (!dev)
		return ERR_PTR(-ENOMEM);
	device_initialize(dev);
	dev->devt = devt;
	dev->class = class;
	dev->parent = parent;
	dev->release = device_create_release;
	dev_set_drvdata(dev, drvdata);
	return dev;
}

static struct device *make_named(struct device *dev, const struct attribute_group **groups,
				 const char *format, va_list args)
{
	char name[80];
	int error;

	if (IS_ERR(dev))
		return dev;
	vsnprintf(name, sizeof(name), format, args);
	dev->groups = groups;
	error = dev_set_name(dev, "%s", name);
	if (!error)
		error = device_add(dev);
	if (!error)
		return dev;
	put_device(dev);
	return ERR_PTR(error);
}

struct device *device_create(const struct class *class, struct device *parent, dev_t devt,
			     void *drvdata, const char *fmt, ...)
{
	struct device *dev = device_make(class, parent, devt, drvdata,
					 KMALLOC_CALL("device_create"));
	va_list args;

	va_start(args, fmt);
	touch_format(ASKER(), fmt, args);
	dev = make_named(dev, NULL, fmt, args);
	va_end(args);
	return dev;
}

struct device *device_create_with_groups(const struct class *class, struct device *parent,
					 dev_t devt, void *drvdata,
					 const struct attribute_group **groups,
					 const char *fmt, ...)
{
	struct device *dev = device_make(class, parent, devt, drvdata,
					 KMALLOC_CALL("device_create_with_groups"));
	va_list args;

	va_start(args, fmt);
	touch_format(ASKER(), fmt, args);
	dev = make_named(dev, groups, fmt, args);
	va_end(args);
	return dev;
}

/* The last that was made with this number. */
void device_destroy(const struct class *class, dev_t devt)
{
	struct km_fnode *node = NULL;
	struct device *dev;

	km_might_sleep("device_destroy");
	while ((node = fnode_next(node))) {
		dev = node->data;
		if (node->kind != FNODE_CHAR || node->inode.i_rdev != devt || !dev ||
		    dev->class != class)
			continue;
		device_unregister(dev);
		fnode_put(node);
		return;
	}
}
