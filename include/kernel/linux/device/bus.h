/* SPDX-License-Identifier: MIT */
/*
 * bus.h - brings devices and drivers together; no hardware is looked for
 */
#ifndef _DEVICE_BUS_H_
#define _DEVICE_BUS_H_

#include <linux/kobject.h>
#include <linux/pm.h>

struct device;
struct device_driver;
struct notifier_block;
struct attribute_group;

/* dev_groups become files of each device; other groups and power management are stored. */
struct bus_type {
	const char *name;
	const char *dev_name;		/* devices without a name are called this and their id */
	const struct attribute_group **bus_groups;
	const struct attribute_group **dev_groups;
	const struct attribute_group **drv_groups;
	/* NULL: every driver of the bus fits every device */
	int (*match)(struct device *dev, const struct device_driver *drv);
	int (*probe)(struct device *dev);
	void (*sync_state)(struct device *dev);
	void (*remove)(struct device *dev);
	void (*shutdown)(struct device *dev);
	int (*online)(struct device *dev);
	int (*offline)(struct device *dev);
	int (*suspend)(struct device *dev, pm_message_t state);
	int (*resume)(struct device *dev);
	int (*num_vf)(struct device *dev);
	int (*dma_configure)(struct device *dev);
	void (*dma_cleanup)(struct device *dev);
	const struct dev_pm_ops *pm;
	bool driver_override;
};

/* 0, -ENOMEM, or -EEXIST for a name that is taken */
int bus_register(const struct bus_type *bus) KM_SYM(bus_register) __must_check;
void bus_unregister(const struct bus_type *bus) KM_SYM(bus_unregister);
/* try drivers for devices that have none */
int bus_rescan_devices(const struct bus_type *bus) KM_SYM(bus_rescan_devices) __must_check;

typedef int (*device_match_t)(struct device *dev, const void *data);
int device_match_name(struct device *dev, const void *name) KM_SYM(device_match_name);
int device_match_devt(struct device *dev, const void *pdevt) KM_SYM(device_match_devt);
int device_match_any(struct device *dev, const void *unused) KM_SYM(device_match_any);

/* Stops when @fn answers something else than 0, which is then the result. */
int bus_for_each_dev(const struct bus_type *bus, struct device *start, void *data,
		     int (*fn)(struct device *dev, void *data)) KM_SYM(bus_for_each_dev);
int bus_for_each_drv(const struct bus_type *bus, struct device_driver *start, void *data,
		     int (*fn)(struct device_driver *, void *)) KM_SYM(bus_for_each_drv);
/* with a reference; NULL: none behind @start */
struct device *bus_find_device(const struct bus_type *bus, struct device *start, const void *data,
			       device_match_t match) KM_SYM(bus_find_device);
static inline struct device *bus_find_device_by_name(const struct bus_type *bus,
						     struct device *start, const char *name)
{
	return bus_find_device(bus, start, name, device_match_name);
}

static inline struct device *bus_find_next_device(const struct bus_type *bus, struct device *cur)
{
	return bus_find_device(bus, cur, NULL, device_match_any);
}

enum bus_notifier_event {
	BUS_NOTIFY_ADD_DEVICE,
	BUS_NOTIFY_DEL_DEVICE,
	BUS_NOTIFY_REMOVED_DEVICE,
	BUS_NOTIFY_BIND_DRIVER,
	BUS_NOTIFY_BOUND_DRIVER,
	BUS_NOTIFY_UNBIND_DRIVER,
	BUS_NOTIFY_UNBOUND_DRIVER,
	BUS_NOTIFY_DRIVER_NOT_BOUND,
};
int bus_register_notifier(const struct bus_type *bus, struct notifier_block *nb)
	KM_SYM(bus_register_notifier);
int bus_unregister_notifier(const struct bus_type *bus, struct notifier_block *nb)
	KM_SYM(bus_unregister_notifier);

#endif
