/* SPDX-License-Identifier: MIT */
/*
 * device.h - devices: names, references, parents, drivers, and what they hold
 *
 * There is no hardware and no user space behind them: a device is what a module
 * registers, and a driver is bound to it when one of the same bus matches.
 */
#ifndef _DEVICE_H_
#define _DEVICE_H_

#include <linux/dev_printk.h>
#include <linux/ioport.h>
#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/compiler.h>
#include <linux/types.h>
#include <linux/mutex.h>
#include <linux/pm.h>
#include <linux/atomic.h>
#include <linux/gfp.h>
#include <linux/overflow.h>
#include <linux/cleanup.h>
#include <linux/slab.h>
#include <linux/device/bus.h>
#include <linux/device/driver.h>
#include <linux/device/devres.h>
#include <linux/device/class.h>
#include <linux/device/attribute.h>

struct device_node;
struct fwnode_handle;
struct dma_map_ops;
struct attribute_group;

struct device_type {
	const char *name;
	const struct attribute_group **groups;
	void (*release)(struct device *dev);
	const struct dev_pm_ops *pm;
};

struct device_dma_parameters {
	unsigned int max_segment_size;
	unsigned int min_align_mask;
	unsigned long segment_boundary_mask;
};

struct device {
	struct kobject kobj;
	struct device *parent;
	const char *init_name;		/* the name until device_add() has copied it */
	const struct device_type *type;
	const struct bus_type *bus;
	struct device_driver *driver;	/* bound, or being probed */
	void *platform_data;
	void *driver_data;
	struct mutex mutex;		/* held around probe and remove */
	/* always NULL: bus addresses are physical ones */
	const struct dma_map_ops *dma_ops;
	/* what dma_map_*() may reach; NULL: the device has no DMA */
	u64 *dma_mask;
	u64 coherent_dma_mask;		/* what dma_alloc_*() may reach */
	u64 bus_dma_limit;		/* highest address the bus carries; 0: no limit */
	struct device_dma_parameters *dma_parms;
	struct list_head dma_pools;
	struct device_node *of_node;
	struct fwnode_handle *fwnode;
	int numa_node;
	dev_t devt;
	u32 id;
	spinlock_t devres_lock;
	struct list_head devres_head;
	const struct class *class;
	const struct attribute_group **groups;
	void (*release)(struct device *dev);
	/* the core's; see src/kapi/device.c and src/pool/dma_pool.c */
	struct list_head km_bus_node;
	struct list_head km_siblings, km_children;
	u64 km_number;
	bool km_is_dead;
};

#define kobj_to_dev(__kobj)	container_of(__kobj, struct device, kobj)

/* Absent: device_link_add - devices here do not supply each other */

static inline const char *dev_name(const struct device *dev)
{
	return dev->init_name ? dev->init_name : kobject_name(&dev->kobj);
}

static inline const char *dev_bus_name(const struct device *dev)
{
	return dev->bus ? dev->bus->name : "";
}

/* 0 or -ENOMEM; a '/' becomes '!' */
int dev_set_name(struct device *dev, const char *name, ...) KM_SYM(dev_set_name) __printf(2, 3);
/* the driver's name, or the bus's, or "" */
const char *dev_driver_string(const struct device *dev) KM_SYM(dev_driver_string);

static inline int dev_to_node(struct device *dev)
{
	return dev->numa_node;
}

static inline void set_dev_node(struct device *dev, int node)
{
	dev->numa_node = node;
}

static inline void *dev_get_drvdata(const struct device *dev)
{
	return dev->driver_data;
}

static inline void dev_set_drvdata(struct device *dev, void *data)
{
	dev->driver_data = data;
}

static inline void *dev_get_platdata(const struct device *dev)
{
	return dev->platform_data;
}

static inline int device_is_registered(struct device *dev)
{
	return dev->kobj.state_in_sysfs;
}

static inline __km_sleeps void device_lock(struct device *dev)
{
	mutex_lock(&dev->mutex);
}

static inline int device_lock_interruptible(struct device *dev)
{
	return mutex_lock_interruptible(&dev->mutex);
}

static inline int device_trylock(struct device *dev)
{
	return mutex_trylock(&dev->mutex);
}

static inline void device_unlock(struct device *dev)
{
	mutex_unlock(&dev->mutex);
}

DEFINE_GUARD(device, struct device *, device_lock(_T), device_unlock(_T))

static inline void device_lock_assert(struct device *dev)
{
	lockdep_assert_held(&dev->mutex);
}

/* -- life ------------------------------------------------------------------------------------- */
/* reference count 1, empty lists; a name that was set before stays */
void device_initialize(struct device *dev) KM_SYM(device_initialize);
/**
 * device_add() - make a device known, and look for its driver
 * Context: task, may sleep.
 * Return:  0; -EINVAL without a name; -EEXIST for a name its parent has; -ENOMEM.  After a failure
 *          put_device(), never kfree().
 */
int device_add(struct device *dev) KM_SYM(device_add) __km_sleeps __must_check;
int device_register(struct device *dev) KM_SYM(device_register) __km_sleeps __must_check;
void device_del(struct device *dev) KM_SYM(device_del) __km_sleeps;
void device_unregister(struct device *dev) KM_SYM(device_unregister) __km_sleeps;
struct device *get_device(struct device *dev) KM_SYM(get_device);
/* With the last reference managed resources go and release() is called; NULL does nothing. */
void put_device(struct device *dev) KM_SYM(put_device);
/* no driver will be bound from now on; false: it was dead already.  The caller holds its lock. */
bool kill_device(struct device *dev) KM_SYM(kill_device);

DEFINE_FREE(device_del, struct device *, if (_T) device_del(_T))
DEFINE_FREE(put_device, struct device *, if (_T) put_device(_T))

struct device *__root_device_register(const char *name, struct module *owner)
	KM_SYM(__root_device_register);
#define root_device_register(name)	__root_device_register(name, THIS_MODULE)
void root_device_unregister(struct device *root) KM_SYM(root_device_unregister);

int device_for_each_child(struct device *dev, void *data, int (*fn)(struct device *, void *))
	KM_SYM(device_for_each_child);
int device_for_each_child_reverse(struct device *dev, void *data,
				  int (*fn)(struct device *, void *))
	KM_SYM(device_for_each_child_reverse);
/* with a reference */
struct device *device_find_child(struct device *dev, void *data,
				 int (*match)(struct device *, void *)) KM_SYM(device_find_child);
struct device *device_find_child_by_name(struct device *parent, const char *name)
	KM_SYM(device_find_child_by_name);

/* -- drivers ---------------------------------------------------------------------------------- */
/* 1: bound; 0: no driver fits; or a negative errno */
int device_attach(struct device *dev) KM_SYM(device_attach) __must_check;
int driver_attach(const struct device_driver *drv) KM_SYM(driver_attach) __must_check;
int device_driver_attach(const struct device_driver *drv, struct device *dev)
	KM_SYM(device_driver_attach) __must_check;
void device_release_driver(struct device *dev) KM_SYM(device_release_driver);
int device_reprobe(struct device *dev) KM_SYM(device_reprobe) __must_check;
bool device_is_bound(struct device *dev) KM_SYM(device_is_bound);

/* -- per-CPU memory for as long as the device is bound ----------------------------------------- */
void __percpu *__devm_alloc_percpu(struct device *dev, size_t size, size_t align)
	KM_SYM(__devm_alloc_percpu);
void devm_free_percpu(struct device *dev, void __percpu *pdata) KM_SYM(devm_free_percpu);
#define devm_alloc_percpu(dev, type)	\
	((typeof(type) __percpu *)__devm_alloc_percpu((dev), sizeof(type), __alignof__(type)))

#endif
