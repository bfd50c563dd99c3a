/* SPDX-License-Identifier: MIT */
/*
 * device.c - the life of a struct device: name, references, family
 *
 * Owns: kobj, parent, km_siblings, km_children, km_number.  Not: its driver (bus.c), what it holds
 * (devres.c).
 * D1  The memory of a device is its owner's until release(); nothing here frees it.
 * D2  An added device is on one list of siblings, and has references on itself and its parent.
 * D3  The last put releases what the device still holds, then calls release(), then frees the name.
 * Lock: device_lists for lists; never held while a user's function runs.  Task context, may sleep.
 */
#include "kapi/device.h"
#include "kapi/kapi.h"
#include "kapi/sysfs.h"
#include "kern/tell.h"

#include <linux/errno.h>
#include <linux/printk.h>
#include <linux/sprintf.h>
#include <linux/string.h>

struct mutex device_lists = __MUTEX_INITIALIZER(device_lists);
static LIST_HEAD(root_devices);		/* without a parent */
static u64 last_number;

/* A run that was cut short leaves its devices behind. */
void device_boot(void)
{
	mutex_init(&device_lists);
	INIT_LIST_HEAD(&root_devices);
	last_number = 0;
	kobject_boot();
	bus_boot();
}

u64 device_number(void)
{
	return ++last_number;
}

/* -- names ------------------------------------------------------------------------------------ */

/**
 * dev_set_name() - give a device its name
 * @name: format; a '/' in the result becomes '!'
 * Context: task, may sleep.   Return: 0, or -ENOMEM, and the name is as it was.
 */
int dev_set_name(struct device *dev, const char *name, ...)
{
	const struct slab_call *call = KMALLOC_CALL("dev_set_name");
	va_list args, copy;
	int length;
	char *text;

	va_start(args, name);
	touch_format(ASKER(), name, args);
	va_copy(copy, args);
	length = vsnprintf(NULL, 0, name, copy);
	va_end(copy);
	text = kmalloc_call(length + 1, GFP_KERNEL, call);
	if (text)
		vsnprintf(text, length + 1, name, args);
	va_end(args);
	if (!text)
		return -ENOMEM;
	strreplace(text, '/', '!');
	if (dev->kobj.name)
		kfree_call(dev->kobj.name, call);
	dev->kobj.name = text;
	return 0;
}

/* What a device without a name is called; 0, -EINVAL for nothing to call it, -ENOMEM. */
static int device_find_name(struct device *dev)
{
	int error = 0;

	if (dev->init_name)
		error = dev_set_name(dev, "%s", dev->init_name);
	else if (!dev->kobj.name && dev->bus && dev->bus->dev_name)
		error = dev_set_name(dev, "%s%u", dev->bus->dev_name, dev->id);
	if (error)
		return error;
	dev->init_name = NULL;
	return dev->kobj.name ? 0 : -EINVAL;
}

/* -- references ------------------------------------------------------------------------------- */

void device_initialize(struct device *dev)
{
	WARN(dev->kobj.state_initialized,
	     "kobject (%p): tried to init an initialized object, something is seriously wrong.\n",
	     &dev->kobj);
	kref_init(&dev->kobj.kref);
	INIT_LIST_HEAD(&dev->kobj.entry);
	dev->kobj.ktype = &device_ktype;
	dev->kobj.sd = NULL;
	dev->kobj.state_initialized = 1;
	dev->kobj.state_in_sysfs = 0;
	mutex_init(&dev->mutex);
	spin_lock_init(&dev->devres_lock);
	INIT_LIST_HEAD(&dev->devres_head);
	INIT_LIST_HEAD(&dev->dma_pools);
	INIT_LIST_HEAD(&dev->km_bus_node);
	INIT_LIST_HEAD(&dev->km_siblings);
	INIT_LIST_HEAD(&dev->km_children);
	dev->numa_node = NUMA_NO_NODE;
	dev->km_is_dead = false;
}

void device_end(struct kref *kref)
{
	struct device *dev = container_of(kref, struct device, kobj.kref);
	const char *name = dev->kobj.name;

	/* D3: also of a device that no driver ever had. */
	devres_release_all(dev);
	dev->kobj.state_initialized = 0;
	if (dev->release)
		dev->release(dev);
	else if (dev->type && dev->type->release)
		dev->type->release(dev);
	else if (dev->class && dev->class->dev_release)
		dev->class->dev_release(dev);
	else
		WARN(1, "Device '%s' does not have a release() function, it is broken and must be "
		     "fixed. See Documentation/core-api/kobject.rst.\n", dev_name(dev));
	/* dev may be gone. */
	if (name)
		kfree_call(name, KMALLOC_CALL("put_device"));
}

struct device *get_device(struct device *dev)
{
	if (dev)
		kref_get(&dev->kobj.kref);
	return dev;
}

void put_device(struct device *dev)
{
	if (!dev)
		return;
	if (WARN(!dev->kobj.state_initialized,
		 "kobject: '%s' (%p): is not initialized, yet kobject_put() is being called.\n",
		 dev->kobj.name ? dev_name(dev) : "(null)", &dev->kobj))
		return;
	kref_put(&dev->kobj.kref, device_end);
}

bool kill_device(struct device *dev)
{
	bool was_dead = dev->km_is_dead;

	device_lock_assert(dev);
	dev->km_is_dead = true;
	return !was_dead;
}

/* -- family ----------------------------------------------------------------------------------- */

static struct list_head *siblings_of(struct device *parent)
{
	return parent ? &parent->km_children : &root_devices;
}

/* Linux refuses it in sysfs: one directory, one name. */
static bool name_is_taken(struct device *parent, const struct device *dev)
{
	struct device *other;

	list_for_each_entry(other, siblings_of(parent), km_siblings)
		if (other->bus == dev->bus && !strcmp(dev_name(other), dev_name(dev)))
			return true;
	return false;
}

static int device_join(struct device *dev)
{
	bool is_taken;

	mutex_lock(&device_lists);
	is_taken = name_is_taken(dev->parent, dev);
	if (!is_taken) {
		dev->km_number = device_number();
		list_add_tail(&dev->km_siblings, siblings_of(dev->parent));
		dev->kobj.state_in_sysfs = 1;
	}
	mutex_unlock(&device_lists);
	if (!is_taken)
		return 0;
	pr_err("kobject_add_internal failed for %s with -EEXIST, don't try to register things "
	       "with the same name in the same directory.\n", dev_name(dev));
	return -EEXIST;
}

static void device_part(struct device *dev)
{
	mutex_lock(&device_lists);
	list_del_init(&dev->km_siblings);
	dev->kobj.state_in_sysfs = 0;
	mutex_unlock(&device_lists);
}

/* To rules an added device is a thing that must be taken away again. */
static void tell_device(enum km_point point, const struct device *dev, const char *what,
			uintptr_t caller, uintptr_t frame)
{
	struct km_event event = {
		.point = point, .family = KM_FAMILY_DEVRES, .what = what, .object = dev,
		.caller = caller, .frame = frame,
	};

	watch_tell(&event);
}

int device_add(struct device *dev)
{
	int error;

	if (!dev)
		return -EINVAL;
	km_might_sleep("device_add");
	error = device_find_name(dev);
	if (error)
		return error;
	get_device(dev);
	get_device(dev->parent);
	error = device_join(dev);
	if (error)
		goto out_put;
	error = device_dir_make(dev);
	if (!error)
		error = device_files_add(dev);
	if (!error)
		error = bus_add_device(dev);
	if (error)
		goto out_part;
	tell_device(KM_POINT_RESOURCE_NEW, dev, "device_add", WATCH_CALLER(), WATCH_FRAME());
	devnode_add(dev);
	bus_probe_device(dev);
	return 0;
out_part:
	sysfs_dir_remove(&dev->kobj);
	device_part(dev);
out_put:
	put_device(dev->parent);
	put_device(dev);
	return error;
}

int device_register(struct device *dev)
{
	km_might_sleep("device_register");
	device_initialize(dev);
	return device_add(dev);
}

void device_del(struct device *dev)
{
	struct device *parent = dev->parent;

	km_might_sleep("device_del");
	if (WARN(!dev->kobj.state_in_sysfs, "device_del: device '%s' is not added\n",
		 dev->kobj.name ? dev_name(dev) : "(null)"))
		return;
	device_lock(dev);
	kill_device(dev);
	device_unlock(dev);
	devnode_remove(dev);
	bus_remove_device(dev);
	sysfs_dir_remove(&dev->kobj);
	tell_device(KM_POINT_RESOURCE_GONE, dev, "device_del", WATCH_CALLER(), WATCH_FRAME());
	device_part(dev);
	/* What is held may itself hold a reference: waiting for the last one would be for ever. */
	devres_release_all(dev);
	put_device(dev);
	put_device(parent);
}

void device_unregister(struct device *dev)
{
	km_might_sleep("device_unregister");
	device_del(dev);
	put_device(dev);
}

/* -- children --------------------------------------------------------------------------------- */

/* The child whose number follows @number (is_reverse: precedes it), with a reference. */
static struct device *child_next(struct device *parent, u64 number, bool is_reverse)
{
	struct device *child, *best = NULL;

	mutex_lock(&device_lists);
	list_for_each_entry(child, &parent->km_children, km_siblings) {
		bool is_behind = is_reverse ? child->km_number < number
					    : child->km_number > number;

		if (!is_behind)
			continue;
		best = child;
		if (!is_reverse)
			break;
	}
	get_device(best);
	mutex_unlock(&device_lists);
	return best;
}

static int for_each_child(struct device *parent, void *data, int (*fn)(struct device *, void *),
			  bool is_reverse, struct device **ret_stopped_at)
{
	u64 number = is_reverse ? ~0ULL : 0;
	struct device *child;
	int answer = 0;

	while (!answer && (child = child_next(parent, number, is_reverse))) {
		number = child->km_number;
		answer = fn(child, data);
		if (answer && ret_stopped_at)
			*ret_stopped_at = child;
		else
			put_device(child);
	}
	return answer;
}

int device_for_each_child(struct device *dev, void *data, int (*fn)(struct device *, void *))
{
	return for_each_child(dev, data, fn, false, NULL);
}

int device_for_each_child_reverse(struct device *dev, void *data,
				  int (*fn)(struct device *, void *))
{
	return for_each_child(dev, data, fn, true, NULL);
}

struct device *device_find_child(struct device *dev, void *data,
				 int (*match)(struct device *, void *))
{
	struct device *found = NULL;

	if (dev)
		for_each_child(dev, data, match, false, &found);
	return found;
}

static int child_has_name(struct device *dev, void *name)
{
	return !strcmp(dev_name(dev), name);
}

struct device *device_find_child_by_name(struct device *parent, const char *name)
{
	return device_find_child(parent, (void *)name, child_has_name);
}

int device_match_name(struct device *dev, const void *name)
{
	return !strcmp(dev_name(dev), name);
}

int device_match_devt(struct device *dev, const void *pdevt)
{
	return dev->devt == *(const dev_t *)pdevt;
}

int device_match_any(struct device *dev, const void *unused)
{
	return 1;
}

/* -- root devices ----------------------------------------------------------------------------- */

static void root_release(struct device *dev)
{
	kfree_call(dev, KMALLOC_CALL("root_device_unregister"));
}

/**
 * __root_device_register() - a device that is only a parent
 * Context: task, may sleep.   Return: the device, or ERR_PTR(-ENOMEM), ERR_PTR(-EEXIST).
 */
struct device *__root_device_register(const char *name, struct module *owner)
{
	struct device *root = kmalloc_call(sizeof(*root), GFP_KERNEL | __GFP_ZERO,
					   KMALLOC_CALL("root_device_register"));
	int error;

	if (!root)
		return ERR_PTR(-ENOMEM);
	error = dev_set_name(root, "%s", name);
	if (error) {
		kfree_call(root, KMALLOC_CALL("root_device_register"));
		return ERR_PTR(error);
	}
	root->release = root_release;
	error = device_register(root);
	if (error) {
		put_device(root);
		return ERR_PTR(error);
	}
	return root;
}

void root_device_unregister(struct device *root)
{
	device_unregister(root);
}
