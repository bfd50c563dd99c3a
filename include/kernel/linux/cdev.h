/* SPDX-License-Identifier: MIT */
/* cdev.h - character devices behind device numbers */
#ifndef _LINUX_CDEV_H
#define _LINUX_CDEV_H

#include <linux/device.h>
#include <linux/fs.h>
#include <linux/kdev_t.h>
#include <linux/kobject.h>
#include <linux/list.h>

struct cdev {
	struct kobject kobj;
	struct module *owner;
	const struct file_operations *ops;
	struct list_head list;
	dev_t dev;
	unsigned int count;
	/* the core's: src/fs/chrdev.c */
	bool km_is_own;			/* cdev_alloc() made it: the last user frees it */
	bool km_is_added;
	unsigned int km_users;
	struct device *km_parent;	/* cdev_set_parent() */
};

void cdev_init(struct cdev *cdev, const struct file_operations *fops) KM_SYM(cdev_init);
struct cdev *cdev_alloc(void) KM_SYM(cdev_alloc);
void cdev_put(struct cdev *p) KM_SYM(cdev_put);
/* 0 or a negative errno; the device may be opened before this returns.  May sleep. */
int cdev_add(struct cdev *p, dev_t dev, unsigned count) KM_SYM(cdev_add);
void cdev_set_parent(struct cdev *p, struct kobject *kobj) KM_SYM(cdev_set_parent);
/* With a device that has the same number: /dev has it from then on. */
int cdev_device_add(struct cdev *cdev, struct device *dev) KM_SYM(cdev_device_add);
void cdev_device_del(struct cdev *cdev, struct device *dev) KM_SYM(cdev_device_del);
/* No new open finds it; what is open stays so. */
void cdev_del(struct cdev *p) KM_SYM(cdev_del);

#endif
