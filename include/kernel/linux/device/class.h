/* SPDX-License-Identifier: MIT */
/* class.h - classes of devices: what gives a device number its name in /dev */
#ifndef _DEVICE_CLASS_H_
#define _DEVICE_CLASS_H_

#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/pm.h>
#include <linux/types.h>

struct device;
struct kobj_uevent_env;
struct attribute_group;

struct class {
	const char *name;
	const struct attribute_group **class_groups;
	const struct attribute_group **dev_groups;
	int (*dev_uevent)(const struct device *dev, struct kobj_uevent_env *env);
	char *(*devnode)(const struct device *dev, umode_t *mode);
	void (*class_release)(const struct class *class);
	void (*dev_release)(struct device *dev);
	int (*shutdown_pre)(struct device *dev);
	const struct dev_pm_ops *pm;
};

/* ERR_PTR(-ENOMEM); ERR_PTR(-EEXIST): the name is taken.  May sleep. */
struct class *class_create(const char *name) KM_SYM(class_create);
void class_destroy(const struct class *cls) KM_SYM(class_destroy);
int class_register(const struct class *class) KM_SYM(class_register) __must_check;
void class_unregister(const struct class *class) KM_SYM(class_unregister);
static inline bool class_is_registered(const struct class *class)
{
	return class != NULL;
}

/* A device of the class, and /dev/NAME if @devt has a major; ERR_PTR. */
__printf(5, 6) struct device *device_create(const struct class *cls, struct device *parent,
					    dev_t devt, void *drvdata, const char *fmt, ...)
	KM_SYM(device_create);
__printf(6, 7) struct device *device_create_with_groups(const struct class *cls,
							struct device *parent, dev_t devt,
							void *drvdata,
							const struct attribute_group **groups,
							const char *fmt, ...)
	KM_SYM(device_create_with_groups);
void device_destroy(const struct class *cls, dev_t devt) KM_SYM(device_destroy);

#endif
