/* SPDX-License-Identifier: MIT */
/* driver.h - what serves devices of a bus */
#ifndef _DEVICE_DRIVER_H_
#define _DEVICE_DRIVER_H_

#include <linux/kobject.h>
#include <linux/pm.h>
#include <linux/device/bus.h>
#include <linux/module.h>

enum probe_type {
	PROBE_DEFAULT_STRATEGY,
	PROBE_PREFER_ASYNCHRONOUS,	/* probed at once, as the others */
	PROBE_FORCE_SYNCHRONOUS,
};

struct of_device_id;
struct acpi_device_id;

struct device_driver {
	const char *name;
	const struct bus_type *bus;
	struct module *owner;
	const char *mod_name;
	bool suppress_bind_attrs;
	enum probe_type probe_type;
	const struct of_device_id *of_match_table;
	const struct acpi_device_id *acpi_match_table;
	int (*probe)(struct device *dev);
	void (*sync_state)(struct device *dev);
	int (*remove)(struct device *dev);
	void (*shutdown)(struct device *dev);
	int (*suspend)(struct device *dev, pm_message_t state);
	int (*resume)(struct device *dev);
	const struct attribute_group **groups;
	const struct attribute_group **dev_groups;
	const struct dev_pm_ops *pm;
	void (*coredump)(struct device *dev);
	/* the core's */
	struct list_head km_bus_node;
	u64 km_number;
};

/* 0; -EBUSY when a driver of that name is there; -EINVAL when its bus is not registered */
int driver_register(struct device_driver *drv) KM_SYM(driver_register) __km_sleeps __must_check;
void driver_unregister(struct device_driver *drv) KM_SYM(driver_unregister) __km_sleeps;
struct device_driver *driver_find(const char *name, const struct bus_type *bus)
	KM_SYM(driver_find);
int driver_for_each_device(struct device_driver *drv, struct device *start, void *data,
			   int (*fn)(struct device *dev, void *))
	KM_SYM(driver_for_each_device) __must_check;
struct device *driver_find_device(const struct device_driver *drv, struct device *start,
				  const void *data, device_match_t match)
	KM_SYM(driver_find_device);

#define module_driver(__driver, __register, __unregister, ...)		\
static int __init __driver##_init(void)					\
{									\
	return __register(&(__driver), ##__VA_ARGS__);			\
}									\
module_init(__driver##_init);						\
static void __exit __driver##_exit(void)				\
{									\
	__unregister(&(__driver), ##__VA_ARGS__);			\
}									\
module_exit(__driver##_exit)

#define builtin_driver(__driver, __register, ...)			\
static int __init __driver##_init(void)					\
{									\
	return __register(&(__driver), ##__VA_ARGS__);			\
}									\
device_initcall(__driver##_init)

#endif
