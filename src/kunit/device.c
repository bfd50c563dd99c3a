// SPDX-License-Identifier: MIT
/*
 * device.c - devices and drivers that a test owns, on a bus of their own
 *
 * Owns: the bus, as long as suites run.
 * D1  A device is bound to the driver it was made with, and to no other.
 * D2  A device goes before the driver that was made for it.
 * Lock: none of its own.  Context: task, may sleep.
 */
#include <kunit/device.h>

#include "kunit.h"

#include <linux/device.h>
#include <linux/err.h>
#include <linux/sprintf.h>
#include <watch/watch.h>

struct test_device {
	struct device dev;
	const struct device_driver *driver;	/* D1 */
	bool owns_driver;
};

static int is_for(struct device *dev, const struct device_driver *drv)
{
	return container_of(dev, struct test_device, dev)->driver == drv;
}

static const struct bus_type test_bus = { .name = "kunit", .match = is_for };

/* What the bus itself takes is the core's. */
int device_bus_begin(void)
{
	int error;

	watch_enter();
	error = bus_register(&test_bus);
	watch_leave();
	return error;
}

void device_bus_end(void)
{
	watch_enter();
	bus_unregister(&test_bus);
	watch_leave();
}

KUNIT_DEFINE_ACTION_WRAPPER(driver_gone, driver_unregister, struct device_driver *)
KUNIT_DEFINE_ACTION_WRAPPER(device_gone, device_unregister, struct device *)

struct device_driver *kunit_driver_create(struct kunit *test, const char *name)
{
	struct device_driver *driver = kunit_kzalloc(test, sizeof(*driver), GFP_KERNEL);
	char *own = driver ? kunit_kmalloc(test, strlen(name) + 1, GFP_KERNEL) : NULL;
	int error;

	if (!own)
		return ERR_PTR(-ENOMEM);
	driver->name = strcpy(own, name);
	driver->bus = &test_bus;
	driver->owner = THIS_MODULE;
	error = driver_register(driver);
	if (!error)
		error = kunit_add_action_or_reset(test, driver_gone, driver);
	return error ? ERR_PTR(error) : driver;
}

static void device_release(struct device *dev)
{
	kfree(container_of(dev, struct test_device, dev));
}

static struct test_device *device_make(struct kunit *test, const char *name,
				       const struct device_driver *drv)
{
	struct test_device *made = kzalloc(sizeof(*made), GFP_KERNEL);
	int error;

	if (!made)
		return ERR_PTR(-ENOMEM);
	made->driver = drv;
	made->dev.release = device_release;
	made->dev.bus = &test_bus;
	error = dev_set_name(&made->dev, "%s.%s", test->name, name);
	if (error) {
		kfree(made);
		return ERR_PTR(error);
	}
	error = device_register(&made->dev);
	if (error) {
		put_device(&made->dev);
		return ERR_PTR(error);
	}
	error = kunit_add_action_or_reset(test, device_gone, &made->dev);
	return error ? ERR_PTR(error) : made;
}

struct device *kunit_device_register_with_driver(struct kunit *test, const char *name,
						 const struct device_driver *drv)
{
	struct test_device *made = device_make(test, name, drv);

	return IS_ERR(made) ? ERR_CAST(made) : &made->dev;
}

struct device *kunit_device_register(struct kunit *test, const char *name)
{
	struct device_driver *driver = kunit_driver_create(test, name);
	struct test_device *made;

	if (IS_ERR(driver))
		return ERR_CAST(driver);
	made = device_make(test, name, driver);
	if (IS_ERR(made)) {
		kunit_release_action(test, driver_gone, driver);
		return ERR_CAST(made);
	}
	made->owns_driver = true;
	return &made->dev;
}

void kunit_device_unregister(struct kunit *test, struct device *dev)
{
	struct test_device *made = container_of(dev, struct test_device, dev);
	struct device_driver *driver = made->owns_driver ? (void *)made->driver : NULL;

	kunit_release_action(test, device_gone, dev);
	if (driver)
		kunit_release_action(test, driver_gone, driver);	/* D2 */
}
