/* SPDX-License-Identifier: MIT */
/*
 * device.h - devices and drivers that a test owns, on a bus "kunit"
 */
#ifndef _KUNIT_DEVICE_H
#define _KUNIT_DEVICE_H

#include <kunit/test.h>

struct device;
struct device_driver;

/* Registered; gone when the test ends. Return: the driver, or ERR_PTR. */
struct device_driver *kunit_driver_create(struct kunit *test, const char *name)
	KM_SYM(kunit_driver_create);
/* With a driver of its own, of the same name. Return: the device, or ERR_PTR. */
struct device *kunit_device_register(struct kunit *test, const char *name)
	KM_SYM(kunit_device_register);
struct device *kunit_device_register_with_driver(struct kunit *test, const char *name,
						 const struct device_driver *drv)
	KM_SYM(kunit_device_register_with_driver);
/* Before the test ends. */
void kunit_device_unregister(struct kunit *test, struct device *dev)
	KM_SYM(kunit_device_unregister);

#endif
