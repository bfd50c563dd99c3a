/* SPDX-License-Identifier: MIT */
/*
 * platform_device.h - devices that a module describes itself, and drivers found by name
 */
#ifndef _PLATFORM_DEVICE_H_
#define _PLATFORM_DEVICE_H_

#include <linux/device.h>
#include <linux/mod_devicetable.h>

#define PLATFORM_DEVID_NONE	(-1)
#define PLATFORM_DEVID_AUTO	(-2)

struct platform_device {
	const char *name;
	int id;
	bool id_auto;
	struct device dev;
	u64 platform_dma_mask;
	struct device_dma_parameters dma_parms;
	u32 num_resources;
	struct resource *resource;
	const struct platform_device_id *id_entry;
};

#define platform_get_device_id(pdev)	((pdev)->id_entry)
#define dev_is_platform(dev)		((dev)->bus == &platform_bus_type)
#define to_platform_device(x)		container_of((x), struct platform_device, dev)

extern const struct bus_type platform_bus_type KM_SYM(platform_bus_type);
extern struct device platform_bus KM_SYM(platform_bus);


/**
 * platform_device_register() - make a device known; its release() is the caller's affair
 * Return: 0, or a negative errno, and then platform_device_put().
 */
int platform_device_register(struct platform_device *pdev) KM_SYM(platform_device_register)
	__km_sleeps;
void platform_device_unregister(struct platform_device *pdev) KM_SYM(platform_device_unregister)
	__km_sleeps;
int platform_add_devices(struct platform_device **devs, int num) KM_SYM(platform_add_devices);

/* In steps: the device is the core's, and freed with its last reference. */
struct platform_device *platform_device_alloc(const char *name, int id)
	KM_SYM(platform_device_alloc);
/* copies */
int platform_device_add_resources(struct platform_device *pdev, const struct resource *res,
				  unsigned int num) KM_SYM(platform_device_add_resources);
int platform_device_add_data(struct platform_device *pdev, const void *data, size_t size)
	KM_SYM(platform_device_add_data);
int platform_device_add(struct platform_device *pdev) KM_SYM(platform_device_add) __km_sleeps;
void platform_device_del(struct platform_device *pdev) KM_SYM(platform_device_del);
void platform_device_put(struct platform_device *pdev) KM_SYM(platform_device_put);

struct platform_device_info {
	struct device *parent;
	const char *name;
	int id;
	const struct resource *res;
	unsigned int num_res;
	const void *data;
	size_t size_data;
	u64 dma_mask;
};
/* the device, or ERR_PTR() */
struct platform_device *platform_device_register_full(const struct platform_device_info *pdevinfo)
	KM_SYM(platform_device_register_full) __km_sleeps;

static inline __km_sleeps struct platform_device *
platform_device_register_resndata(struct device *parent, const char *name, int id,
				  const struct resource *res, unsigned int num, const void *data,
				  size_t size)
{
	struct platform_device_info info = {
		.parent = parent, .name = name, .id = id, .res = res, .num_res = num,
		.data = data, .size_data = size,
	};

	return platform_device_register_full(&info);
}

static inline __km_sleeps struct platform_device *
platform_device_register_simple(const char *name, int id, const struct resource *res,
				unsigned int num)
{
	return platform_device_register_resndata(NULL, name, id, res, num, NULL, 0);
}

static inline __km_sleeps struct platform_device *
platform_device_register_data(struct device *parent, const char *name, int id, const void *data,
			      size_t size)
{
	return platform_device_register_resndata(parent, name, id, NULL, 0, data, size);
}

struct resource *platform_get_resource(struct platform_device *pdev, unsigned int type,
				       unsigned int num) KM_SYM(platform_get_resource);
struct resource *platform_get_resource_byname(struct platform_device *pdev, unsigned int type,
					      const char *name)
	KM_SYM(platform_get_resource_byname);
/* its memory, claimed and mapped until the driver is unbound; ERR_PTR() */
static inline __km_sleeps void __iomem *
devm_platform_get_and_ioremap_resource(struct platform_device *pdev, unsigned int index,
				       struct resource **res)
{
	struct resource *memory = platform_get_resource(pdev, IORESOURCE_MEM, index);

	if (res)
		*res = memory;
	return devm_ioremap_resource(&pdev->dev, memory);
}

static inline __km_sleeps void __iomem *
devm_platform_ioremap_resource(struct platform_device *pdev, unsigned int index)
{
	return devm_platform_get_and_ioremap_resource(pdev, index, NULL);
}

static inline __km_sleeps void __iomem *
devm_platform_ioremap_resource_byname(struct platform_device *pdev, const char *name)
{
	return devm_ioremap_resource(&pdev->dev,
				     platform_get_resource_byname(pdev, IORESOURCE_MEM, name));
}

/* an interrupt number, or -ENXIO */
int platform_get_irq(struct platform_device *pdev, unsigned int num) KM_SYM(platform_get_irq);
int platform_get_irq_optional(struct platform_device *pdev, unsigned int num)
	KM_SYM(platform_get_irq_optional);
int platform_get_irq_byname(struct platform_device *pdev, const char *name)
	KM_SYM(platform_get_irq_byname);
int platform_get_irq_byname_optional(struct platform_device *pdev, const char *name)
	KM_SYM(platform_get_irq_byname_optional);
int platform_irq_count(struct platform_device *pdev) KM_SYM(platform_irq_count);

struct platform_driver {
	int (*probe)(struct platform_device *);
	union {
		void (*remove)(struct platform_device *);
		void (*remove_new)(struct platform_device *);
	};
	void (*shutdown)(struct platform_device *);
	int (*suspend)(struct platform_device *, pm_message_t state);
	int (*resume)(struct platform_device *);
	struct device_driver driver;
	const struct platform_device_id *id_table;
	bool prevent_deferred_probe;
	bool driver_managed_dma;
};

#define to_platform_driver(drv)	container_of((drv), struct platform_driver, driver)

int __platform_driver_register(struct platform_driver *drv, struct module *owner)
	KM_SYM(__platform_driver_register) __km_sleeps;
void platform_driver_unregister(struct platform_driver *drv) KM_SYM(platform_driver_unregister)
	__km_sleeps;
/* -ENODEV when no device was bound */
int __platform_driver_probe(struct platform_driver *drv, int (*probe)(struct platform_device *),
			    struct module *module) KM_SYM(__platform_driver_probe);
/* A device and the driver that probes it, both or neither */
struct platform_device *__platform_create_bundle(struct platform_driver *drv,
						 int (*probe)(struct platform_device *),
						 struct resource *res, unsigned int n_res,
						 const void *data, size_t size,
						 struct module *module)
	KM_SYM(__platform_create_bundle);
int __platform_register_drivers(struct platform_driver *const *drivers, unsigned int count,
				struct module *owner) KM_SYM(__platform_register_drivers);
void platform_unregister_drivers(struct platform_driver *const *drivers, unsigned int count)
	KM_SYM(platform_unregister_drivers);
#define platform_driver_register(drv)		__platform_driver_register(drv, THIS_MODULE)
#define platform_driver_probe(drv, probe)	__platform_driver_probe(drv, probe, THIS_MODULE)
#define platform_create_bundle(driver, probe, res, n_res, data, size)	\
	__platform_create_bundle(driver, probe, res, n_res, data, size, THIS_MODULE)
#define platform_register_drivers(drivers, count)	\
	__platform_register_drivers(drivers, count, THIS_MODULE)

static inline void *platform_get_drvdata(const struct platform_device *pdev)
{
	return dev_get_drvdata(&pdev->dev);
}

static inline void platform_set_drvdata(struct platform_device *pdev, void *data)
{
	dev_set_drvdata(&pdev->dev, data);
}

#define module_platform_driver(__platform_driver)	\
	module_driver(__platform_driver, platform_driver_register, platform_driver_unregister)
#define builtin_platform_driver(__platform_driver)	\
	builtin_driver(__platform_driver, platform_driver_register)

#endif
