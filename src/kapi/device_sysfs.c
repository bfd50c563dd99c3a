/* SPDX-License-Identifier: MIT */
/*
 * device_sysfs.c - the directory of a device in /sys, and the files in it
 *
 * Owns: nothing.  A device's files are those of its class, type and bus and its own groups, for
 * as long as it is added; those of its driver for as long as the driver has it.
 * Task context, may sleep.
 */
#include "kapi/device.h"
#include "kapi/devres.h"
#include "kapi/sysfs.h"

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/kstrtox.h>
#include <linux/printk.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "kern/tell.h"

/* -- what a file of a device calls ------------------------------------------------------------- */

static ssize_t attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct device_attribute *dattr = container_of(attr, struct device_attribute, attr);

	if (!dattr->show)
		return -EIO;
	return sysfs_count(dattr->show(kobj_to_dev(kobj), dattr, buf), dattr->show);
}

static ssize_t attr_store(struct kobject *kobj, struct attribute *attr, const char *buf,
			  size_t count)
{
	struct device_attribute *dattr = container_of(attr, struct device_attribute, attr);

	return dattr->store ? dattr->store(kobj_to_dev(kobj), dattr, buf, count) : -EIO;
}

static const struct sysfs_ops device_ops = { .show = attr_show, .store = attr_store };
const struct kobj_type device_ktype = { .sysfs_ops = &device_ops };

/* -- the directory ----------------------------------------------------------------------------- */

int device_dir_make(struct device *dev)
{
	const struct kobject *parent = dev->parent ? &dev->parent->kobj : NULL;
	char path[SYSFS_PATH];

	/* Of a class it has a link there, which is the name that users know. */
	if (dev->class)
		scnprintf(path, sizeof(path), "/sys/class/%s/%s", dev->class->name,
			  dev_name(dev));
	else
		scnprintf(path, sizeof(path), "%s/%s",
			  parent && parent->sd ? parent->sd->path : "/sys/devices",
			  dev_name(dev));
	return sysfs_dir_make(&dev->kobj, path);
}

int device_files_add(struct device *dev)
{
	const struct sysfs_call *call = SYSFS_OWN_CALL("device_add");
	const struct attribute_group **groups[] = {
		dev->class ? dev->class->dev_groups : NULL,
		dev->type ? dev->type->groups : NULL,
		dev->bus ? dev->bus->dev_groups : NULL,
		dev->groups,
	};
	int error = 0;

	for (size_t i = 0; i < ARRAY_SIZE(groups) && !error; i++)
		error = sysfs_groups_add(&dev->kobj, groups[i], call);
	return error;
}

/* -- files that a module adds ------------------------------------------------------------------ */

int device_create_file(struct device *dev, const struct device_attribute *attr)
{
	km_might_sleep("device_create_file");
	if (!dev)
		return 0;
	WARN((attr->attr.mode & 0222) && !attr->store,
	     "Attribute %s: write permission without 'store'\n", attr->attr.name);
	WARN((attr->attr.mode & 0444) && !attr->show,
	     "Attribute %s: read permission without 'show'\n", attr->attr.name);
	if (WARN_ON(!dev->kobj.sd))
		return -EINVAL;
	return sysfs_file_add(&dev->kobj, NULL, &attr->attr, attr->attr.mode,
			      SYSFS_CALL("device_create_file"));
}

void device_remove_file(struct device *dev, const struct device_attribute *attr)
{
	if (dev)
		sysfs_remove_file(&dev->kobj, &attr->attr);
}

bool device_remove_file_self(struct device *dev, const struct device_attribute *attr)
{
	return dev && sysfs_remove_file_self(&dev->kobj, &attr->attr);
}

int device_create_bin_file(struct device *dev, const struct bin_attribute *attr)
{
	km_might_sleep("device_create_bin_file");
	if (!dev || WARN_ON(!dev->kobj.sd))
		return -EINVAL;
	return sysfs_bin_add(&dev->kobj, NULL, attr, attr->attr.mode,
			     SYSFS_CALL("device_create_bin_file"));
}

void device_remove_bin_file(struct device *dev, const struct bin_attribute *attr)
{
	if (dev)
		sysfs_remove_bin_file(&dev->kobj, attr);
}

int device_add_groups(struct device *dev, const struct attribute_group **groups)
{
	km_might_sleep("device_add_groups");
	return sysfs_groups_add(&dev->kobj, groups, SYSFS_CALL("device_add_groups"));
}

void device_remove_groups(struct device *dev, const struct attribute_group **groups)
{
	km_might_sleep("device_remove_groups");
	sysfs_groups_remove(&dev->kobj, groups);
}

int device_add_group(struct device *dev, const struct attribute_group *grp)
{
	const struct attribute_group *groups[] = { grp, NULL };

	km_might_sleep("device_add_group");
	return sysfs_groups_add(&dev->kobj, groups, SYSFS_CALL("device_add_group"));
}

void device_remove_group(struct device *dev, const struct attribute_group *grp)
{
	const struct attribute_group *groups[] = { grp, NULL };

	device_remove_groups(dev, groups);
}

struct group_of {
	struct device *dev;
	const struct attribute_group *groups[2];
};

static void group_goes(struct device *dev, void *data)
{
	struct group_of *group = data;

	sysfs_groups_remove(&dev->kobj, group->groups);
}

int devm_device_add_group(struct device *dev, const struct attribute_group *grp)
{
	struct group_of *group = devres_alloc(group_goes, sizeof(*group), GFP_KERNEL);
	int error;

	km_might_sleep("devm_device_add_group");
	if (!group)
		return -ENOMEM;
	*group = (struct group_of){ dev, { grp, NULL } };
	error = sysfs_groups_add(&dev->kobj, group->groups,
				 SYSFS_OWN_CALL("devm_device_add_group"));
	if (error) {
		devres_free(group);
		return error;
	}
	devres_add(dev, group);
	return 0;
}

/* -- files that hold one variable -------------------------------------------------------------- */

static void *variable(struct device_attribute *attr)
{
	return container_of(attr, struct dev_ext_attribute, attr)->var;
}

ssize_t device_show_ulong(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%lx\n", *(unsigned long *)variable(attr));
}

ssize_t device_store_ulong(struct device *dev, struct device_attribute *attr, const char *buf,
			   size_t count)
{
	unsigned long value;
	int error = kstrtoul(buf, 0, &value);

	if (error)
		return error;
	*(unsigned long *)variable(attr) = value;
	return count;
}

ssize_t device_show_int(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%d\n", *(int *)variable(attr));
}

ssize_t device_store_int(struct device *dev, struct device_attribute *attr, const char *buf,
			 size_t count)
{
	long value;
	int error = kstrtol(buf, 0, &value);

	if (error)
		return error;
	if (value > INT_MAX || value < INT_MIN)
		return -EINVAL;
	*(int *)variable(attr) = value;
	return count;
}

ssize_t device_show_bool(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%d\n", *(bool *)variable(attr));
}

ssize_t device_store_bool(struct device *dev, struct device_attribute *attr, const char *buf,
			  size_t count)
{
	return kstrtobool(buf, variable(attr)) < 0 ? -EINVAL : (ssize_t)count;
}

ssize_t device_show_string(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%s\n", (char *)variable(attr));
}
