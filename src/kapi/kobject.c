/* SPDX-License-Identifier: MIT */
/*
 * kobject.c - the life of a kobject: name, references, its place in /sys
 *
 * Owns: name, parent, kset, state bits.  Not: its directory's files (sysfs_dir.c); a device's life
 * (device.c).
 * K1  The memory of a kobject is its owner's until ktype->release(); only the name is ours.
 * K2  An added kobject has a reference on its parent, and on its kset.
 * K3  The last put takes the directory away if nobody did, then calls release(), then frees the
 *     name.
 * Task context, may sleep, but for kobject_get(), and kobject_put() of one that stays.
 */
#include "kapi/device.h"
#include "kapi/sysfs.h"

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/printk.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "kern/tell.h"

/* -- those that are always there --------------------------------------------------------------- */

static struct kobject fixed[6];
static struct kernfs_node fixed_dirs[6];
struct kobject *kernel_kobj = &fixed[0];
struct kobject *mm_kobj = &fixed[1];
struct kobject *firmware_kobj = &fixed[2];
struct kobject *hypervisor_kobj = &fixed[3];
struct kobject *power_kobj = &fixed[4];
struct kobject *fs_kobj = &fixed[5];

static void dynamic_release(struct kobject *kobj)
{
	kfree_call(kobj, KMALLOC_CALL("kobject_put"));
}

static const struct kobj_type dynamic_ktype = {
	.release = dynamic_release,
	.sysfs_ops = &kobj_sysfs_ops,
};

void kobject_boot(void)
{
	static const char *const names[][2] = {
		{ "kernel", "/sys/kernel" },	 { "mm", "/sys/kernel/mm" },
		{ "firmware", "/sys/firmware" }, { "hypervisor", "/sys/hypervisor" },
		{ "power", "/sys/power" },	 { "fs", "/sys/fs" },
	};

	for (int i = 0; i < 6; i++) {
		memset(&fixed[i], 0, sizeof(fixed[i]));
		kobject_init(&fixed[i], &dynamic_ktype);
		fixed[i].name = names[i][0];
		fixed[i].state_in_sysfs = 1;
		sysfs_dir_fix(&fixed[i], &fixed_dirs[i], names[i][1]);
	}
}

/* -- what a file of a plain kobject calls ------------------------------------------------------ */

static ssize_t attr_show(struct kobject *kobj, struct attribute *attr, char *buf)
{
	struct kobj_attribute *kattr = container_of(attr, struct kobj_attribute, attr);

	if (!kattr->show)
		return -EIO;
	return sysfs_count(kattr->show(kobj, kattr, buf), kattr->show);
}

static ssize_t attr_store(struct kobject *kobj, struct attribute *attr, const char *buf,
			  size_t count)
{
	struct kobj_attribute *kattr = container_of(attr, struct kobj_attribute, attr);

	return kattr->store ? kattr->store(kobj, kattr, buf, count) : -EIO;
}

const struct sysfs_ops kobj_sysfs_ops = { .show = attr_show, .store = attr_store };

/* -- names ------------------------------------------------------------------------------------ */

static int name_set(struct kobject *kobj, const char *format, va_list args,
		    const struct slab_call *call)
{
	va_list copy;
	char *text;
	int length;

	if (kobj->name && !format)
		return 0;
	touch_format(&(const struct asker){ call->caller, call->frame }, format, args);
	va_copy(copy, args);
	length = vsnprintf(NULL, 0, format, copy);
	va_end(copy);
	text = kmalloc_call(length + 1, GFP_KERNEL, call);
	if (!text)
		return -ENOMEM;
	vsnprintf(text, length + 1, format, args);
	strreplace(text, '/', '!');
	if (kobj->name)
		kfree_call(kobj->name, call);
	kobj->name = text;
	return 0;
}

int kobject_set_name_vargs(struct kobject *kobj, const char *fmt, va_list vargs)
{
	return name_set(kobj, fmt, vargs, KMALLOC_CALL("kobject_set_name"));
}

int kobject_set_name(struct kobject *kobj, const char *name, ...)
{
	va_list args;
	int error;

	va_start(args, name);
	error = name_set(kobj, name, args, KMALLOC_CALL("kobject_set_name"));
	va_end(args);
	return error;
}

char *kobject_get_path(const struct kobject *kobj, gfp_t flag)
{
	const char *path = kobj->sd ? kobj->sd->path + strlen("/sys") : NULL;
	char *copy = path ? kmalloc_call(strlen(path) + 1, flag, KMALLOC_CALL("kobject_get_path"))
			  : NULL;

	return copy ? strcpy(copy, path) : NULL;
}

/* -- life ------------------------------------------------------------------------------------- */

void kobject_init(struct kobject *kobj, const struct kobj_type *ktype)
{
	if (WARN(!kobj || !ktype, "kobject (%p): must have a ktype to be initialized properly!\n",
		 kobj))
		return;
	WARN(kobj->state_initialized,
	     "kobject (%p): tried to init an initialized object, something is seriously wrong.\n",
	     kobj);
	kref_init(&kobj->kref);
	INIT_LIST_HEAD(&kobj->entry);
	kobj->state_in_sysfs = 0;
	kobj->state_add_uevent_sent = 0;
	kobj->state_remove_uevent_sent = 0;
	kobj->state_initialized = 1;
	kobj->sd = NULL;
	kobj->ktype = ktype;
}

static void kset_join(struct kobject *kobj)
{
	kset_get(kobj->kset);
	spin_lock(&kobj->kset->list_lock);
	list_add_tail(&kobj->entry, &kobj->kset->list);
	spin_unlock(&kobj->kset->list_lock);
}

static void kset_leave(struct kobject *kobj)
{
	if (!kobj->kset)
		return;
	spin_lock(&kobj->kset->list_lock);
	list_del_init(&kobj->entry);
	spin_unlock(&kobj->kset->list_lock);
	kset_put(kobj->kset);
}

static int directory_make(struct kobject *kobj)
{
	char path[SYSFS_PATH];
	int error;

	scnprintf(path, sizeof(path), "%s/%s",
		  kobj->parent && kobj->parent->sd ? kobj->parent->sd->path : "/sys",
		  kobject_name(kobj));
	error = sysfs_dir_make(kobj, path);
	if (error)
		return error;
	error = sysfs_groups_add(kobj, kobj->ktype->default_groups,
				 SYSFS_OWN_CALL("kobject_add"));
	if (error)
		sysfs_dir_remove(kobj);
	return error;
}

static int add_named(struct kobject *kobj)
{
	int error;

	if (WARN(!kobj->name || !kobj->name[0],
		 "kobject: (%p): attempted to be registered with empty name!\n", kobj))
		return -EINVAL;
	kobject_get(kobj->parent);
	if (kobj->kset) {
		if (!kobj->parent)
			kobj->parent = kobject_get(&kobj->kset->kobj);
		kset_join(kobj);
	}
	error = directory_make(kobj);
	if (!error) {
		kobj->state_in_sysfs = 1;
		return 0;
	}
	kset_leave(kobj);
	kobject_put(kobj->parent);
	kobj->parent = NULL;
	if (error == -EEXIST)
		pr_err("kobject_add_internal failed for %s with -EEXIST, don't try to register "
		       "things with the same name in the same directory.\n", kobject_name(kobj));
	else
		pr_err("kobject_add_internal failed for %s (error: %d)\n", kobject_name(kobj),
		       error);
	return error;
}

static int add(struct kobject *kobj, struct kobject *parent, const char *format, va_list args,
	       const struct slab_call *call)
{
	int error;

	if (WARN(!kobj->state_initialized, "kobject '%s' (%p): tried to add an uninitialized "
		 "object, something is seriously wrong.\n",
		 kobj->name ? kobj->name : "(null)", kobj))
		return -EINVAL;
	error = name_set(kobj, format, args, call);
	if (error) {
		pr_err("kobject: can not set name properly!\n");
		return error;
	}
	kobj->parent = parent;
	return add_named(kobj);
}

int kobject_add(struct kobject *kobj, struct kobject *parent, const char *fmt, ...)
{
	const struct slab_call *call = KMALLOC_CALL("kobject_add");
	va_list args;
	int error;

	if (!kobj)
		return -EINVAL;
	va_start(args, fmt);
	error = add(kobj, parent, fmt, args, call);
	va_end(args);
	return error;
}

int kobject_init_and_add(struct kobject *kobj, const struct kobj_type *ktype,
			 struct kobject *parent, const char *fmt, ...)
{
	const struct slab_call *call = KMALLOC_CALL("kobject_init_and_add");
	va_list args;
	int error;

	kobject_init(kobj, ktype);
	va_start(args, fmt);
	error = add(kobj, parent, fmt, args, call);
	va_end(args);
	return error;
}

/* Its directory, its set; the parent that then has a reference too many. */
static struct kobject *leave_tree(struct kobject *kobj)
{
	struct kobject *parent = kobj->parent;

	if (kobj->sd) {
		sysfs_groups_remove(kobj, kobj->ktype->default_groups);
		sysfs_dir_remove(kobj);
	}
	kobj->state_in_sysfs = 0;
	kset_leave(kobj);
	kobj->parent = NULL;
	return parent;
}

void kobject_del(struct kobject *kobj)
{
	if (!kobj)
		return;
	km_might_sleep("kobject_del");
	if (kobj->state_in_sysfs)
		kobject_put(leave_tree(kobj));
}

/* K3 */
static void kobject_end(struct kref *kref)
{
	struct kobject *kobj = container_of(kref, struct kobject, kref), *parent = NULL;
	const char *name;

	if (kobj->ktype == &device_ktype) {
		device_end(kref);
		return;
	}
	if (kobj->state_in_sysfs)
		parent = leave_tree(kobj);
	name = kobj->name;
	kobj->state_initialized = 0;
	if (kobj->ktype->release)
		kobj->ktype->release(kobj);
	/* kobj may be gone. */
	if (name)
		kfree_call(name, KMALLOC_CALL("kobject_put"));
	kobject_put(parent);
}

struct kobject *kobject_get(struct kobject *kobj)
{
	if (!kobj)
		return NULL;
	TOUCH(kobj);
	WARN(!kobj->state_initialized,
	     "kobject: '%s' (%p): is not initialized, yet kobject_get() is being called.\n",
	     kobj->name ? kobj->name : "(null)", kobj);
	kref_get(&kobj->kref);
	return kobj;
}

struct kobject *kobject_get_unless_zero(struct kobject *kobj)
{
	if (!kobj)
		return NULL;
	TOUCH(kobj);
	return kref_get_unless_zero(&kobj->kref) ? kobj : NULL;
}

void kobject_put(struct kobject *kobj)
{
	if (!kobj)
		return;
	TOUCH(kobj);
	if (WARN(!kobj->state_initialized,
		 "kobject: '%s' (%p): is not initialized, yet kobject_put() is being called.\n",
		 kobj->name ? kobj->name : "(null)", kobj))
		return;
	kref_put(&kobj->kref, kobject_end);
}

static int add_text(struct kobject *kobj, struct kobject *parent, const struct slab_call *call,
		    const char *format, ...)
{
	va_list args;
	int error;

	va_start(args, format);
	error = add(kobj, parent, format, args, call);
	va_end(args);
	return error;
}

struct kobject *kobject_create_and_add(const char *name, struct kobject *parent)
{
	const struct slab_call *call = KMALLOC_CALL("kobject_create_and_add");
	struct kobject *kobj = kmalloc_call(sizeof(*kobj), GFP_KERNEL | __GFP_ZERO, call);
	int error;

	if (!kobj)
		return NULL;
	kobject_init(kobj, &dynamic_ktype);
	error = add_text(kobj, parent, call, "%s", name);
	if (!error)
		return kobj;
	pr_warn("kobject_create_and_add: kobject_add error: %d\n", error);
	kobject_put(kobj);
	return NULL;
}

/* -- sets ------------------------------------------------------------------------------------- */

static void kset_release(struct kobject *kobj)
{
	kfree_call(to_kset(kobj), KMALLOC_CALL("kset_unregister"));
}

static const struct kobj_type kset_ktype = {
	.release = kset_release,
	.sysfs_ops = &kobj_sysfs_ops,
};

static void lists_init(struct kset *kset)
{
	INIT_LIST_HEAD(&kset->list);
	spin_lock_init(&kset->list_lock);
}

void kset_init(struct kset *kset)
{
	kobject_init(&kset->kobj, kset->kobj.ktype ? kset->kobj.ktype : &kset_ktype);
	lists_init(kset);
}

int kset_register(struct kset *k)
{
	km_might_sleep("kset_register");
	if (!k)
		return -EINVAL;
	if (!k->kobj.ktype) {
		pr_err("must have a ktype to be initialized properly!\n");
		return -EINVAL;
	}
	kset_init(k);
	return add_named(&k->kobj);
}

void kset_unregister(struct kset *k)
{
	if (!k)
		return;
	kobject_del(&k->kobj);
	kobject_put(&k->kobj);
}

struct kset *kset_create_and_add(const char *name, const struct kset_uevent_ops *u,
				 struct kobject *parent_kobj)
{
	const struct slab_call *call = KMALLOC_CALL("kset_create_and_add");
	struct kset *kset = kmalloc_call(sizeof(*kset), GFP_KERNEL | __GFP_ZERO, call);

	if (!kset)
		return NULL;
	kset->uevent_ops = u;
	kobject_init(&kset->kobj, &kset_ktype);
	lists_init(kset);
	if (!add_text(&kset->kobj, parent_kobj, call, "%s", name))
		return kset;
	kobject_put(&kset->kobj);
	return NULL;
}

struct kobject *kset_find_obj(struct kset *kset, const char *name)
{
	struct kobject *kobj, *found = NULL;

	spin_lock(&kset->list_lock);
	list_for_each_entry(kobj, &kset->list, entry) {
		if (kobject_name(kobj) && !strcmp(kobject_name(kobj), name)) {
			found = kobject_get_unless_zero(kobj);
			break;
		}
	}
	spin_unlock(&kset->list_lock);
	return found;
}
