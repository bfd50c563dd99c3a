/* SPDX-License-Identifier: MIT */
/*
 * bus.c - buses, drivers, and which driver serves which device
 *
 * Owns: the registered buses, their devices and drivers in the order they came, dev->driver.
 * B1  A walk goes by number, so that what comes and goes during it does no harm; each device it
 *     visits is referenced.
 * B2  probe and remove run with dev->mutex held, and nothing else.
 * B3  A probe that failed, and a driver that let go, leave no managed resource behind.
 * Lock: device_lists for lists; dev->mutex for dev->driver.  Task context, may sleep.
 */
#include "kapi/device.h"
#include "kapi/sysfs.h"
#include "kern/tell.h"

#include <linux/errno.h>
#include <linux/notifier.h>
#include <linux/platform_device.h>
#include <linux/printk.h>
#include <linux/string.h>

struct bus_state {
	struct list_head buses;
	const struct bus_type *bus;
	struct list_head devices, drivers;
	struct blocking_notifier_head notifiers;
};

static LIST_HEAD(buses);

void bus_boot(void)
{
	INIT_LIST_HEAD(&buses);
}

static struct bus_state *bus_find_locked(const struct bus_type *bus)
{
	struct bus_state *state;

	list_for_each_entry(state, &buses, buses)
		if (state->bus == bus)
			return state;
	return NULL;
}

static struct bus_state *bus_find(const struct bus_type *bus)
{
	struct bus_state *state;

	mutex_lock(&device_lists);
	state = bus_find_locked(bus);
	mutex_unlock(&device_lists);
	return state;
}

static void bus_notify(struct device *dev, enum bus_notifier_event event)
{
	struct bus_state *state = dev->bus ? bus_find(dev->bus) : NULL;

	if (state)
		blocking_notifier_call_chain(&state->notifiers, event, dev);
}

/* -- buses ------------------------------------------------------------------------------------ */

static bool bus_name_is_taken_locked(const char *name)
{
	struct bus_state *state;

	list_for_each_entry(state, &buses, buses)
		if (!strcmp(state->bus->name, name))
			return true;
	return false;
}

int bus_register(const struct bus_type *bus)
{
	struct bus_state *state = kmalloc_call(sizeof(*state), GFP_KERNEL,
					       KMALLOC_CALL("bus_register"));
	bool is_taken;

	if (!state)
		return -ENOMEM;
	state->bus = bus;
	INIT_LIST_HEAD(&state->devices);
	INIT_LIST_HEAD(&state->drivers);
	BLOCKING_INIT_NOTIFIER_HEAD(&state->notifiers);
	mutex_lock(&device_lists);
	is_taken = bus_name_is_taken_locked(bus->name);
	if (!is_taken)
		list_add_tail(&state->buses, &buses);
	mutex_unlock(&device_lists);
	if (!is_taken)
		return 0;
	kfree_call(state, KMALLOC_CALL("bus_register"));
	return -EEXIST;
}

void bus_unregister(const struct bus_type *bus)
{
	struct bus_state *state;

	mutex_lock(&device_lists);
	state = bus_find_locked(bus);
	if (state)
		list_del(&state->buses);
	mutex_unlock(&device_lists);
	if (WARN(!state, "bus_unregister: bus '%s' is not registered\n", bus->name))
		return;
	WARN(!list_empty(&state->devices) || !list_empty(&state->drivers),
	     "bus_unregister: bus '%s' still has devices or drivers\n", bus->name);
	kfree_call(state, KMALLOC_CALL("bus_unregister"));
}

int bus_register_notifier(const struct bus_type *bus, struct notifier_block *nb)
{
	struct bus_state *state = bus_find(bus);

	return state ? blocking_notifier_chain_register(&state->notifiers, nb) : -EINVAL;
}

int bus_unregister_notifier(const struct bus_type *bus, struct notifier_block *nb)
{
	struct bus_state *state = bus_find(bus);

	return state ? blocking_notifier_chain_unregister(&state->notifiers, nb) : -EINVAL;
}

/* -- walks: B1 -------------------------------------------------------------------------------- */

static struct device *bus_next_device(const struct bus_type *bus, u64 number)
{
	struct device *dev, *found = NULL;
	struct bus_state *state;

	mutex_lock(&device_lists);
	state = bus_find_locked(bus);
	if (state) {
		list_for_each_entry(dev, &state->devices, km_bus_node) {
			if (dev->km_number > number) {
				found = get_device(dev);
				break;
			}
		}
	}
	mutex_unlock(&device_lists);
	return found;
}

static struct device_driver *bus_next_driver(const struct bus_type *bus, u64 number)
{
	struct device_driver *drv, *found = NULL;
	struct bus_state *state;

	mutex_lock(&device_lists);
	state = bus_find_locked(bus);
	if (state) {
		list_for_each_entry(drv, &state->drivers, km_bus_node) {
			if (drv->km_number > number) {
				found = drv;
				break;
			}
		}
	}
	mutex_unlock(&device_lists);
	return found;
}

int bus_for_each_dev(const struct bus_type *bus, struct device *start, void *data,
		     int (*fn)(struct device *dev, void *data))
{
	u64 number = start ? start->km_number : 0;
	struct device *dev;
	int answer = 0;

	while (!answer && (dev = bus_next_device(bus, number))) {
		number = dev->km_number;
		answer = fn(dev, data);
		put_device(dev);
	}
	return answer;
}

int bus_for_each_drv(const struct bus_type *bus, struct device_driver *start, void *data,
		     int (*fn)(struct device_driver *, void *))
{
	u64 number = start ? start->km_number : 0;
	struct device_driver *drv;
	int answer = 0;

	while (!answer && (drv = bus_next_driver(bus, number))) {
		number = drv->km_number;
		answer = fn(drv, data);
	}
	return answer;
}

struct device *bus_find_device(const struct bus_type *bus, struct device *start, const void *data,
			       device_match_t match)
{
	u64 number = start ? start->km_number : 0;
	struct device *dev;

	while ((dev = bus_next_device(bus, number))) {
		number = dev->km_number;
		if (match(dev, data))
			return dev;
		put_device(dev);
	}
	return NULL;
}

int driver_for_each_device(struct device_driver *drv, struct device *start, void *data,
			   int (*fn)(struct device *dev, void *))
{
	u64 number = start ? start->km_number : 0;
	struct device *dev;
	int answer = 0;

	while (!answer && (dev = bus_next_device(drv->bus, number))) {
		number = dev->km_number;
		if (dev->driver == drv)
			answer = fn(dev, data);
		put_device(dev);
	}
	return answer;
}

struct device *driver_find_device(const struct device_driver *drv, struct device *start,
				  const void *data, device_match_t match)
{
	u64 number = start ? start->km_number : 0;
	struct device *dev;

	while ((dev = bus_next_device(drv->bus, number))) {
		number = dev->km_number;
		if (dev->driver == drv && match(dev, data))
			return dev;
		put_device(dev);
	}
	return NULL;
}

struct device_driver *driver_find(const char *name, const struct bus_type *bus)
{
	struct device_driver *drv;

	for (u64 number = 0; (drv = bus_next_driver(bus, number)); number = drv->km_number)
		if (!strcmp(drv->name, name))
			return drv;
	return NULL;
}

/* -- binding: the caller holds dev->mutex ------------------------------------------------------ */

static void unbind_cleanup(struct device *dev)
{
	devres_release_all(dev);
	dev->driver = NULL;
	dev_set_drvdata(dev, NULL);
}

static int call_probe(struct device *dev, const struct device_driver *drv)
{
	if (dev->bus && dev->bus->probe)
		return dev->bus->probe(dev);
	return drv->probe ? drv->probe(dev) : 0;
}

static void call_remove(struct device *dev, const struct device_driver *drv)
{
	if (dev->bus && dev->bus->remove)
		dev->bus->remove(dev);
	else if (drv->remove)
		drv->remove(dev);
}

static void say_probe_failed(struct device *dev, const struct device_driver *drv, int error)
{
	if (error == -EPROBE_DEFER || error == -ENODEV || error == -ENXIO)
		return;
	pr_warn("%s: probe of %s failed with error %d\n", drv->name, dev_name(dev), error);
}

static int driver_bind(struct device *dev, const struct device_driver *drv)
{
	int error;

	if (!list_empty(&dev->devres_head)) {
		dev_crit(dev, "Resources present before probing\n");
		return -EBUSY;
	}
	dev->driver = (struct device_driver *)drv;
	bus_notify(dev, BUS_NOTIFY_BIND_DRIVER);
	error = dev->bus && dev->bus->dma_configure ? dev->bus->dma_configure(dev) : 0;
	if (error)
		goto out;
	error = call_probe(dev, drv);
	if (!error) {
		error = sysfs_groups_add(&dev->kobj, drv->dev_groups,
					 SYSFS_OWN_CALL("driver_register"));
		if (error)
			call_remove(dev, drv);
	}
	if (!error) {
		bus_notify(dev, BUS_NOTIFY_BOUND_DRIVER);
		return 0;
	}
	if (dev->bus && dev->bus->dma_cleanup)
		dev->bus->dma_cleanup(dev);
	say_probe_failed(dev, drv, error);
out:
	bus_notify(dev, BUS_NOTIFY_DRIVER_NOT_BOUND);
	unbind_cleanup(dev);
	return error;
}

static bool driver_matches(struct device *dev, const struct device_driver *drv)
{
	return !dev->bus->match || dev->bus->match(dev, drv) > 0;
}

static void driver_unbind(struct device *dev)
{
	const struct device_driver *drv = dev->driver;

	if (!drv)
		return;
	bus_notify(dev, BUS_NOTIFY_UNBIND_DRIVER);
	sysfs_groups_remove(&dev->kobj, drv->dev_groups);
	call_remove(dev, drv);
	if (dev->bus && dev->bus->dma_cleanup)
		dev->bus->dma_cleanup(dev);
	unbind_cleanup(dev);
	bus_notify(dev, BUS_NOTIFY_UNBOUND_DRIVER);
}

static int attach_locked(struct device *dev)
{
	struct device_driver *drv;

	if (dev->driver)
		return 1;
	for (u64 number = 0; !dev->km_is_dead && (drv = bus_next_driver(dev->bus, number));
	     number = drv->km_number)
		if (driver_matches(dev, drv) && !driver_bind(dev, drv))
			return 1;
	return 0;
}

int device_attach(struct device *dev)
{
	int answer;

	if (!dev->bus)
		return 0;
	device_lock(dev);
	answer = attach_locked(dev);
	device_unlock(dev);
	return answer;
}

static int attach_device(struct device *dev, void *data)
{
	const struct device_driver *drv = data;

	device_lock(dev);
	if (!dev->driver && !dev->km_is_dead && driver_matches(dev, drv))
		driver_bind(dev, drv);
	device_unlock(dev);
	return 0;
}

int driver_attach(const struct device_driver *drv)
{
	return bus_for_each_dev(drv->bus, NULL, (void *)drv, attach_device);
}

int device_driver_attach(const struct device_driver *drv, struct device *dev)
{
	int error = -EBUSY;

	device_lock(dev);
	if (dev->km_is_dead)
		error = -ENODEV;
	else if (!dev->driver)
		error = driver_bind(dev, drv);
	device_unlock(dev);
	return error;
}

void device_release_driver(struct device *dev)
{
	device_lock(dev);
	driver_unbind(dev);
	device_unlock(dev);
}

int device_reprobe(struct device *dev)
{
	if (dev->driver)
		device_release_driver(dev);
	return device_attach(dev) < 0 ? -ENODEV : 0;
}

bool device_is_bound(struct device *dev)
{
	return dev->driver != NULL;
}

static int rescan(struct device *dev, void *unused)
{
	int answer = device_attach(dev);

	return answer < 0 ? answer : 0;
}

int bus_rescan_devices(const struct bus_type *bus)
{
	return bus_for_each_dev(bus, NULL, NULL, rescan);
}

/* -- what device.c calls ---------------------------------------------------------------------- */

int bus_add_device(struct device *dev)
{
	struct bus_state *state;

	if (!dev->bus)
		return 0;
	mutex_lock(&device_lists);
	state = bus_find_locked(dev->bus);
	if (state)
		list_add_tail(&dev->km_bus_node, &state->devices);
	mutex_unlock(&device_lists);
	if (!state) {
		pr_err("%s: cannot add device '%s' to unregistered bus '%s'\n", __func__,
		       dev_name(dev), dev->bus->name);
		return -EINVAL;
	}
	bus_notify(dev, BUS_NOTIFY_ADD_DEVICE);
	return 0;
}

void bus_probe_device(struct device *dev)
{
	if (dev->bus)
		rescan(dev, NULL);
}

void bus_remove_device(struct device *dev)
{
	if (dev->bus)
		bus_notify(dev, BUS_NOTIFY_DEL_DEVICE);
	device_release_driver(dev);
	if (!dev->bus)
		return;
	bus_notify(dev, BUS_NOTIFY_REMOVED_DEVICE);
	mutex_lock(&device_lists);
	list_del_init(&dev->km_bus_node);
	mutex_unlock(&device_lists);
}

/* -- drivers ---------------------------------------------------------------------------------- */

int driver_register(struct device_driver *drv)
{
	struct bus_state *state;
	int error = 0;

	km_might_sleep("driver_register");
	if (drv->bus && driver_find(drv->name, drv->bus)) {
		pr_err("Error: Driver '%s' is already registered, aborting...\n", drv->name);
		return -EBUSY;
	}
	mutex_lock(&device_lists);
	state = drv->bus ? bus_find_locked(drv->bus) : NULL;
	if (state) {
		drv->km_number = device_number();
		list_add_tail(&drv->km_bus_node, &state->drivers);
	} else {
		error = -EINVAL;
	}
	mutex_unlock(&device_lists);
	if (error) {
		pr_err("Driver '%s' was unable to register with bus_type '%s' because the bus was "
		       "not initialized.\n", drv->name, drv->bus ? drv->bus->name : "(null)");
		return error;
	}
	undone_new(drv->bus == &platform_bus_type ? "platform_driver_register" : "driver_register",
		   drv, WATCH_CALLER(), WATCH_FRAME());
	return driver_attach(drv);
}

static int let_go(struct device *dev, void *unused)
{
	device_release_driver(dev);
	return 0;
}

void driver_unregister(struct device_driver *drv)
{
	km_might_sleep("driver_unregister");
	if (WARN(!drv->km_number, "Unexpected driver unregister!\n"))
		return;
	resource_gone("driver", drv, WATCH_CALLER(), WATCH_FRAME());
	mutex_lock(&device_lists);
	list_del_init(&drv->km_bus_node);
	mutex_unlock(&device_lists);
	if (driver_for_each_device(drv, NULL, NULL, let_go) == 0)
		drv->km_number = 0;
}
