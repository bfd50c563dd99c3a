/* SPDX-License-Identifier: MIT */
/* attribute.h - files of a device in /sys */
#ifndef _DEVICE_ATTRIBUTE_H_
#define _DEVICE_ATTRIBUTE_H_

#include <linux/sysfs.h>

struct device;

struct device_attribute {
	struct attribute attr;
	ssize_t (*show)(struct device *dev, struct device_attribute *attr, char *buf);
	ssize_t (*store)(struct device *dev, struct device_attribute *attr, const char *buf,
			 size_t count);
};

struct dev_ext_attribute {
	struct device_attribute attr;
	void *var;
};

#define DEVICE_ATTR(_name, _mode, _show, _store)						\
	struct device_attribute dev_attr_##_name = __ATTR(_name, _mode, _show, _store)
#define DEVICE_ATTR_PREALLOC(_name, _mode, _show, _store)				\
	struct device_attribute dev_attr_##_name = __ATTR_PREALLOC(_name, _mode, _show, _store)
#define DEVICE_ATTR_RW(_name)	struct device_attribute dev_attr_##_name = __ATTR_RW(_name)
#define DEVICE_ATTR_RO(_name)	struct device_attribute dev_attr_##_name = __ATTR_RO(_name)
#define DEVICE_ATTR_WO(_name)	struct device_attribute dev_attr_##_name = __ATTR_WO(_name)
#define DEVICE_ATTR_ADMIN_RW(_name)							\
	struct device_attribute dev_attr_##_name = __ATTR_RW_MODE(_name, 0600)
#define DEVICE_ATTR_ADMIN_RO(_name)							\
	struct device_attribute dev_attr_##_name = __ATTR_RO_MODE(_name, 0400)
#define DEVICE_ULONG_ATTR(_name, _mode, _var)						\
	struct dev_ext_attribute dev_attr_##_name =					\
		{ __ATTR(_name, _mode, device_show_ulong, device_store_ulong), &(_var) }
#define DEVICE_INT_ATTR(_name, _mode, _var)						\
	struct dev_ext_attribute dev_attr_##_name =					\
		{ __ATTR(_name, _mode, device_show_int, device_store_int), &(_var) }
#define DEVICE_BOOL_ATTR(_name, _mode, _var)						\
	struct dev_ext_attribute dev_attr_##_name =					\
		{ __ATTR(_name, _mode, device_show_bool, device_store_bool), &(_var) }
#define DEVICE_STRING_ATTR_RO(_name, _mode, _var)					\
	struct dev_ext_attribute dev_attr_##_name =					\
		{ __ATTR(_name, (_mode) & ~0222, device_show_string, NULL), (_var) }

#define DEVICE_VARIABLE(name)								\
ssize_t device_show_##name(struct device *dev, struct device_attribute *attr, char *buf)	\
	KM_SYM(device_show_##name);							\
ssize_t device_store_##name(struct device *dev, struct device_attribute *attr,		\
			    const char *buf, size_t count) KM_SYM(device_store_##name);
DEVICE_VARIABLE(ulong)
DEVICE_VARIABLE(int)
DEVICE_VARIABLE(bool)
#undef DEVICE_VARIABLE
ssize_t device_show_string(struct device *dev, struct device_attribute *attr, char *buf)
	KM_SYM(device_show_string);

/* Absent: driver_create_file - a driver has no directory here */
/* Absent: bus_create_file - nor has a bus */
/* Absent: class_create_file - nor has a class */

/* As sysfs_create_file() and its kin, of the device's directory. */
int device_create_file(struct device *device, const struct device_attribute *entry)
	KM_SYM(device_create_file) __km_sleeps;
void device_remove_file(struct device *dev, const struct device_attribute *attr)
	KM_SYM(device_remove_file) __km_sleeps;
bool device_remove_file_self(struct device *dev, const struct device_attribute *attr)
	KM_SYM(device_remove_file_self);
int device_create_bin_file(struct device *dev, const struct bin_attribute *attr)
	KM_SYM(device_create_bin_file) __km_sleeps __must_check;
void device_remove_bin_file(struct device *dev, const struct bin_attribute *attr)
	KM_SYM(device_remove_bin_file) __km_sleeps;
int device_add_groups(struct device *dev, const struct attribute_group **groups)
	KM_SYM(device_add_groups) __km_sleeps __must_check;
void device_remove_groups(struct device *dev, const struct attribute_group **groups)
	KM_SYM(device_remove_groups) __km_sleeps;
int device_add_group(struct device *dev, const struct attribute_group *grp)
	KM_SYM(device_add_group) __km_sleeps __must_check;
void device_remove_group(struct device *dev, const struct attribute_group *grp)
	KM_SYM(device_remove_group) __km_sleeps;
/* Until the driver lets go of the device. */
int devm_device_add_group(struct device *dev, const struct attribute_group *grp)
	KM_SYM(devm_device_add_group) __km_sleeps __must_check;

#endif
