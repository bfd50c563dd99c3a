/* SPDX-License-Identifier: MIT */
/*
 * kobject.h - the name and the reference count inside a struct device
 *
 * There is no sysfs here and no tree of objects: only what struct device needs.
 */
#ifndef _KOBJECT_H_
#define _KOBJECT_H_

#include <linux/types.h>
#include <linux/list.h>
#include <linux/kref.h>
#include <linux/kernel.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

/* Absent: kobject_add - no sysfs */
/* Absent: kobject_init_and_add - no sysfs */
/* Absent: kset_create_and_add - no sysfs */

struct kobject {
	const char *name;
	struct kobject *parent;
	struct kref kref;
	unsigned int state_initialized:1;
	unsigned int state_in_sysfs:1;	/* the device is added */
};

static inline const char *kobject_name(const struct kobject *kobj)
{
	return kobj->name;
}

#endif
