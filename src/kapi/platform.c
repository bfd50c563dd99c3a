/* SPDX-License-Identifier: MIT */
/*
 * platform.c - the platform bus: devices a module describes itself, drivers found by name
 *
 * Owns: platform_bus, and devices made by platform_device_alloc().
 * P1  A device and a driver match when the driver's id table, or else its name, has the device's
 *     name.
 * Task context, may sleep.
 */
#include <linux/platform_device.h>

#include <linux/bug.h>
#include <linux/dma-mapping.h>
#include <linux/errno.h>
#include <linux/printk.h>
#include <linux/string.h>
#include "kapi/device.h"
#include "kapi/kapi.h"
#include "kern/tell.h"

struct platform_object {
	struct platform_device pdev;
	char name[];
};

struct device platform_bus;
static int last_auto_id;

/* -- the bus ---------------------------------------------------------------------------------- */

static const struct platform_device_id *id_find(const struct platform_device_id *id,
						const char *name)
{
	for (; id && id->name[0]; id++)
		if (!strcmp(name, id->name))
			return id;
	return NULL;
}

static int platform_match(struct device *dev, const struct device_driver *drv)
{
	struct platform_device *pdev = to_platform_device(dev);
	const struct platform_driver *pdrv = to_platform_driver(drv);

	if (!pdrv->id_table)
		return !strcmp(pdev->name, drv->name);
	pdev->id_entry = id_find(pdrv->id_table, pdev->name);
	return pdev->id_entry != NULL;
}

static int platform_probe(struct device *dev)
{
	const struct platform_driver *drv = to_platform_driver(dev->driver);

	return drv->probe ? drv->probe(to_platform_device(dev)) : 0;
}

static void platform_remove(struct device *dev)
{
	const struct platform_driver *drv = to_platform_driver(dev->driver);

	if (drv->remove)
		drv->remove(to_platform_device(dev));
}

const struct bus_type platform_bus_type = {
	.name = "platform",
	.match = platform_match,
	.probe = platform_probe,
	.remove = platform_remove,
};

static void bus_device_release(struct device *dev)
{
}

int platform_boot(void)
{
	int error;

	last_auto_id = 0;
	memset(&platform_bus, 0, sizeof(platform_bus));
	platform_bus.init_name = "platform";
	platform_bus.release = bus_device_release;
	error = device_register(&platform_bus);
	if (error) {
		put_device(&platform_bus);
		return error;
	}
	error = bus_register(&platform_bus_type);
	if (error)
		device_unregister(&platform_bus);
	return error;
}

void platform_shutdown(void)
{
	bus_unregister(&platform_bus_type);
	device_unregister(&platform_bus);
}

/* -- devices ---------------------------------------------------------------------------------- */

static void object_release(struct device *dev)
{
	struct platform_device *pdev = to_platform_device(dev);
	const struct slab_call *call = KMALLOC_CALL("platform_device_put");

	kfree_call(pdev->dev.platform_data, call);
	kfree_call(pdev->resource, call);
	kfree_call(container_of(pdev, struct platform_object, pdev), call);
}

static struct platform_device *object_make(const char *name, int id, const struct slab_call *call)
{
	struct platform_object *object;

	touch_text(&(const struct asker){ call->caller, call->frame }, name);
	object = kmalloc_call(sizeof(*object) + strlen(name) + 1, GFP_KERNEL | __GFP_ZERO, call);
	if (!object)
		return NULL;
	strcpy(object->name, name);
	object->pdev.name = object->name;
	object->pdev.id = id;
	device_initialize(&object->pdev.dev);
	object->pdev.dev.release = object_release;
	return &object->pdev;
}

struct platform_device *platform_device_alloc(const char *name, int id)
{
	return object_make(name, id, KMALLOC_CALL("platform_device_alloc"));
}

static void *copy_of(const void *from, size_t bytes, const struct slab_call *call)
{
	void *copy = kmalloc_call(bytes, GFP_KERNEL, call);

	if (copy && touch(from, bytes, false, call->caller, call->frame))
		memcpy(copy, from, bytes);
	return copy;
}

static int resources_add(struct platform_device *pdev, const struct resource *res,
			 unsigned int num, const struct slab_call *call)
{
	struct resource *copy = NULL;

	if (res) {
		copy = copy_of(res, size_mul(num, sizeof(*res)), call);
		if (!copy)
			return -ENOMEM;
	}
	kfree_call(pdev->resource, call);
	pdev->resource = copy;
	pdev->num_resources = num;
	return 0;
}

int platform_device_add_resources(struct platform_device *pdev, const struct resource *res,
				  unsigned int num)
{
	return resources_add(pdev, res, num, KMALLOC_CALL("platform_device_add_resources"));
}

static int data_add(struct platform_device *pdev, const void *data, size_t size,
		    const struct slab_call *call)
{
	void *copy = NULL;

	if (data) {
		copy = copy_of(data, size, call);
		if (!copy)
			return -ENOMEM;
	}
	kfree_call(pdev->dev.platform_data, call);
	pdev->dev.platform_data = copy;
	return 0;
}

int platform_device_add_data(struct platform_device *pdev, const void *data, size_t size)
{
	return data_add(pdev, data, size, KMALLOC_CALL("platform_device_add_data"));
}

static int device_set_id_name(struct platform_device *pdev)
{
	switch (pdev->id) {
	case PLATFORM_DEVID_NONE:
		return dev_set_name(&pdev->dev, "%s", pdev->name);
	case PLATFORM_DEVID_AUTO:
		pdev->id = __atomic_fetch_add(&last_auto_id, 1, __ATOMIC_RELAXED);
		pdev->id_auto = true;
		return dev_set_name(&pdev->dev, "%s.%d.auto", pdev->name, pdev->id);
	default:
		return dev_set_name(&pdev->dev, "%s.%d", pdev->name, pdev->id);
	}
}

/* As on Linux: 32 bits, until the driver says what the device can do. */
static void set_dma_masks(struct platform_device *pdev)
{
	pdev->dev.dma_parms = &pdev->dma_parms;
	if (!pdev->dev.coherent_dma_mask)
		pdev->dev.coherent_dma_mask = DMA_BIT_MASK(32);
	if (!pdev->dev.dma_mask) {
		pdev->platform_dma_mask = DMA_BIT_MASK(32);
		pdev->dev.dma_mask = &pdev->platform_dma_mask;
	}
}

int platform_device_add(struct platform_device *pdev)
{
	int error;

	if (!pdev)
		return -EINVAL;
	if (!pdev->dev.parent)
		pdev->dev.parent = &platform_bus;
	pdev->dev.bus = &platform_bus_type;
	set_dma_masks(pdev);
	error = device_set_id_name(pdev);
	if (error)
		return error;
	error = device_add(&pdev->dev);
	if (error && pdev->id_auto)
		pdev->id = PLATFORM_DEVID_AUTO;
	return error;
}

int platform_device_register(struct platform_device *pdev)
{
	device_initialize(&pdev->dev);
	return platform_device_add(pdev);
}

void platform_device_del(struct platform_device *pdev)
{
	if (IS_ERR_OR_NULL(pdev))
		return;
	device_del(&pdev->dev);
	if (pdev->id_auto)
		pdev->id = PLATFORM_DEVID_AUTO;
}

void platform_device_put(struct platform_device *pdev)
{
	if (!IS_ERR_OR_NULL(pdev))
		put_device(&pdev->dev);
}

void platform_device_unregister(struct platform_device *pdev)
{
	platform_device_del(pdev);
	platform_device_put(pdev);
}

static struct platform_device *registered(const struct platform_device_info *pdevinfo,
					  const struct slab_call *call)
{
	struct platform_device *pdev = object_make(pdevinfo->name, pdevinfo->id, call);
	int error;

	if (!pdev)
		return ERR_PTR(-ENOMEM);
	pdev->dev.parent = pdevinfo->parent;
	if (pdevinfo->dma_mask) {
		pdev->platform_dma_mask = pdevinfo->dma_mask;
		pdev->dev.dma_mask = &pdev->platform_dma_mask;
		pdev->dev.coherent_dma_mask = pdevinfo->dma_mask;
	}
	error = resources_add(pdev, pdevinfo->res, pdevinfo->num_res, call);
	if (!error)
		error = data_add(pdev, pdevinfo->data, pdevinfo->size_data, call);
	if (!error)
		error = platform_device_add(pdev);
	if (!error)
		return pdev;
	platform_device_put(pdev);
	return ERR_PTR(error);
}

struct platform_device *platform_device_register_full(const struct platform_device_info *pdevinfo)
{
	return registered(pdevinfo, KMALLOC_CALL("platform_device_register_full"));
}

int platform_add_devices(struct platform_device **devs, int num)
{
	for (int i = 0; i < num; i++) {
		int error = platform_device_register(devs[i]);

		if (!error)
			continue;
		while (--i >= 0)
			platform_device_unregister(devs[i]);
		return error;
	}
	return 0;
}

/* -- what a device was given ------------------------------------------------------------------ */

struct resource *platform_get_resource(struct platform_device *pdev, unsigned int type,
				       unsigned int num)
{
	for (u32 i = 0; i < pdev->num_resources; i++)
		if (resource_type(&pdev->resource[i]) == type && num-- == 0)
			return &pdev->resource[i];
	return NULL;
}

struct resource *platform_get_resource_byname(struct platform_device *pdev, unsigned int type,
					      const char *name)
{
	for (u32 i = 0; i < pdev->num_resources; i++) {
		struct resource *res = &pdev->resource[i];

		if (resource_type(res) == type && res->name && !strcmp(res->name, name))
			return res;
	}
	return NULL;
}

int platform_get_irq_optional(struct platform_device *pdev, unsigned int num)
{
	const struct resource *res = platform_get_resource(pdev, IORESOURCE_IRQ, num);

	return res ? (int)res->start : -ENXIO;
}

int platform_get_irq(struct platform_device *pdev, unsigned int num)
{
	int irq = platform_get_irq_optional(pdev, num);

	if (irq < 0)
		dev_err(&pdev->dev, "error %pe: IRQ index %u not found\n", ERR_PTR(irq), num);
	return irq;
}

int platform_irq_count(struct platform_device *pdev)
{
	int count = 0;

	while (platform_get_resource(pdev, IORESOURCE_IRQ, count))
		count++;
	return count;
}

int platform_get_irq_byname_optional(struct platform_device *pdev, const char *name)
{
	const struct resource *res = platform_get_resource_byname(pdev, IORESOURCE_IRQ, name);

	return res ? (int)res->start : -ENXIO;
}

int platform_get_irq_byname(struct platform_device *pdev, const char *name)
{
	int irq = platform_get_irq_byname_optional(pdev, name);

	if (irq < 0)
		dev_err(&pdev->dev, "error %pe: IRQ %s not found\n", ERR_PTR(irq), name);
	return irq;
}

/* -- drivers ---------------------------------------------------------------------------------- */

int __platform_driver_register(struct platform_driver *drv, struct module *owner)
{
	drv->driver.owner = owner;
	drv->driver.bus = &platform_bus_type;
	return driver_register(&drv->driver);
}

void platform_driver_unregister(struct platform_driver *drv)
{
	driver_unregister(&drv->driver);
}

static int any_device(struct device *dev, const void *unused)
{
	return 1;
}

int __platform_driver_probe(struct platform_driver *drv, int (*probe)(struct platform_device *),
			    struct module *owner)
{
	struct device *bound;
	int error;

	drv->probe = probe;
	error = __platform_driver_register(drv, owner);
	if (error)
		return error;
	bound = driver_find_device(&drv->driver, NULL, NULL, any_device);
	/* The probe function may be gone after this call. */
	drv->probe = NULL;
	if (!bound) {
		platform_driver_unregister(drv);
		return -ENODEV;
	}
	put_device(bound);
	return 0;
}

struct platform_device *__platform_create_bundle(struct platform_driver *drv,
						 int (*probe)(struct platform_device *),
						 struct resource *res, unsigned int n_res,
						 const void *data, size_t size,
						 struct module *module)
{
	const struct platform_device_info info = {
		.name = drv->driver.name, .id = PLATFORM_DEVID_NONE,
		.res = res, .num_res = n_res, .data = data, .size_data = size,
	};
	struct platform_device *pdev = registered(&info, KMALLOC_CALL("platform_create_bundle"));
	int error;

	if (IS_ERR(pdev))
		return pdev;
	error = __platform_driver_probe(drv, probe, module);
	if (!error)
		return pdev;
	platform_device_unregister(pdev);
	return ERR_PTR(error);
}

int __platform_register_drivers(struct platform_driver *const *drivers, unsigned int count,
				struct module *owner)
{
	for (unsigned int i = 0; i < count; i++) {
		int error = __platform_driver_register(drivers[i], owner);

		if (!error)
			continue;
		while (i--)
			platform_driver_unregister(drivers[i]);
		return error;
	}
	return 0;
}

void platform_unregister_drivers(struct platform_driver *const *drivers, unsigned int count)
{
	while (count--)
		platform_driver_unregister(drivers[count]);
}
