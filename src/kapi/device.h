/* SPDX-License-Identifier: MIT */
/* device.h - what the files of the device core share */
#ifndef KAPI_DEVICE_H
#define KAPI_DEVICE_H

#include <linux/device.h>
#include "slab/slab.h"

/* device.c */
/* The next in an order that stays while others come and go: 0, 1, 2 ... */
u64 device_number(void);
extern struct mutex device_lists;	/* every list of devices, drivers, buses */

/* class.c */
void devnode_add(struct device *dev);
void devnode_remove(struct device *dev);
/* Initialised, without a name yet, to be freed with its last reference; ERR_PTR. */
struct device *device_make(const struct class *class, struct device *parent, dev_t devt,
			   void *drvdata, const struct slab_call *call);
void device_end(struct kref *kref);	/* the last reference went */

/* device_sysfs.c */
int device_dir_make(struct device *dev);	/* 0; -EEXIST, -ENOMEM */
int device_files_add(struct device *dev);

/* bus.c */
int bus_add_device(struct device *dev);		/* 0; -EINVAL: its bus is not registered */
void bus_probe_device(struct device *dev);
void bus_remove_device(struct device *dev);
void bus_boot(void);

#endif
