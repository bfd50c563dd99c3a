/* SPDX-License-Identifier: MIT */
/*
 * kobject.h - named, counted objects in a tree, each a directory of /sys
 *
 * What is added shows up in the registry of files (src/kapi/fnode.h) under its path; there is no
 * user space to listen to uevents.
 */
#ifndef _KOBJECT_H_
#define _KOBJECT_H_

#include <linux/types.h>
#include <linux/list.h>
#include <linux/sysfs.h>
#include <linux/compiler.h>
#include <linux/cleanup.h>
#include <linux/container_of.h>
#include <linux/spinlock.h>
#include <linux/kref.h>
#include <linux/kernel.h>
#include <linux/wait.h>
#include <linux/atomic.h>
#include <linux/workqueue.h>
#include <linux/stdarg.h>

#define UEVENT_HELPER_PATH_LEN	256
#define UEVENT_NUM_ENVP		64
#define UEVENT_BUFFER_SIZE	2048

enum kobject_action {
	KOBJ_ADD,
	KOBJ_REMOVE,
	KOBJ_CHANGE,
	KOBJ_MOVE,
	KOBJ_ONLINE,
	KOBJ_OFFLINE,
	KOBJ_BIND,
	KOBJ_UNBIND,
};

struct kobject {
	const char *name;
	struct list_head entry;		/* of kset->list */
	struct kobject *parent;
	struct kset *kset;
	const struct kobj_type *ktype;
	struct kernfs_node *sd;		/* its directory; NULL: not added */
	struct kref kref;
	unsigned int state_initialized:1;
	unsigned int state_in_sysfs:1;
	unsigned int state_add_uevent_sent:1;
	unsigned int state_remove_uevent_sent:1;
	unsigned int uevent_suppress:1;
};

struct kobj_type {
	void (*release)(struct kobject *kobj);
	const struct sysfs_ops *sysfs_ops;
	const struct attribute_group **default_groups;
};

struct kobj_uevent_env {
	char *argv[3];
	char *envp[UEVENT_NUM_ENVP];
	int envp_idx;
	char buf[UEVENT_BUFFER_SIZE];
	int buflen;
};

struct kset_uevent_ops {
	int (* const filter)(const struct kobject *kobj);
	const char *(* const name)(const struct kobject *kobj);
	int (* const uevent)(const struct kobject *kobj, struct kobj_uevent_env *env);
};

struct kobj_attribute {
	struct attribute attr;
	ssize_t (*show)(struct kobject *kobj, struct kobj_attribute *attr, char *buf);
	ssize_t (*store)(struct kobject *kobj, struct kobj_attribute *attr, const char *buf,
			 size_t count);
};

extern const struct sysfs_ops kobj_sysfs_ops KM_SYM(kobj_sysfs_ops);

struct kset {
	struct list_head list;
	spinlock_t list_lock;
	struct kobject kobj;
	const struct kset_uevent_ops *uevent_ops;
};

static inline const char *kobject_name(const struct kobject *kobj)
{
	return kobj->name;
}

static inline const struct kobj_type *get_ktype(const struct kobject *kobj)
{
	return kobj->ktype;
}

/* Absent: kobject_rename - nothing that is driven here renames */
/* Absent: kobject_move - the same */

/* -- one object ------------------------------------------------------------------------------- */
/* 0 or -ENOMEM; a '/' becomes '!' */
__printf(2, 3) int kobject_set_name(struct kobject *kobj, const char *name, ...)
	KM_SYM(kobject_set_name);
__printf(2, 0) int kobject_set_name_vargs(struct kobject *kobj, const char *fmt, va_list vargs)
	KM_SYM(kobject_set_name_vargs);
/* count 1; from now on kobject_put() gives it back, never kfree() */
void kobject_init(struct kobject *kobj, const struct kobj_type *ktype) KM_SYM(kobject_init);
/**
 * kobject_add() - name an object and make its directory
 * Context: task, may sleep.
 * Return:  0; -EINVAL: not initialised, or no name; -EEXIST; -ENOMEM.  After a failure
 *          kobject_put(), which frees the name too.
 */
__printf(3, 4) int kobject_add(struct kobject *kobj, struct kobject *parent, const char *fmt, ...)
	KM_SYM(kobject_add) __km_sleeps __must_check;
__printf(4, 5) int kobject_init_and_add(struct kobject *kobj, const struct kobj_type *ktype,
					struct kobject *parent, const char *fmt, ...)
	KM_SYM(kobject_init_and_add) __km_sleeps __must_check;
/* No directory, no files any more; the reference that kobject_init() gave stays. */
void kobject_del(struct kobject *kobj) KM_SYM(kobject_del) __km_sleeps;
/* NULL: no memory, or the name is taken */
struct kobject *kobject_create_and_add(const char *name, struct kobject *parent)
	KM_SYM(kobject_create_and_add) __km_sleeps __must_check;
struct kobject *kobject_get(struct kobject *kobj) KM_SYM(kobject_get);
struct kobject *kobject_get_unless_zero(struct kobject *kobj)
	KM_SYM(kobject_get_unless_zero) __must_check;
/* With the last reference its directory goes, ktype->release() is called, the name is freed. */
void kobject_put(struct kobject *kobj) KM_SYM(kobject_put);
/* "/kernel/ring"; to be given to kfree() */
char *kobject_get_path(const struct kobject *kobj, gfp_t flag) KM_SYM(kobject_get_path);

DEFINE_FREE(kobject_put, struct kobject *, if (_T) kobject_put(_T))

/* -- sets ------------------------------------------------------------------------------------- */
void kset_init(struct kset *kset) KM_SYM(kset_init);
int kset_register(struct kset *kset) KM_SYM(kset_register) __km_sleeps __must_check;
void kset_unregister(struct kset *kset) KM_SYM(kset_unregister) __km_sleeps;
/* NULL: no memory, or the name is taken */
struct kset *kset_create_and_add(const char *name, const struct kset_uevent_ops *u,
				 struct kobject *parent_kobj)
	KM_SYM(kset_create_and_add) __km_sleeps __must_check;
/* with a reference; NULL: none of that name */
struct kobject *kset_find_obj(struct kset *kset, const char *name) KM_SYM(kset_find_obj);

static inline struct kset *to_kset(struct kobject *kobj)
{
	return kobj ? container_of(kobj, struct kset, kobj) : NULL;
}

static inline struct kset *kset_get(struct kset *k)
{
	return k ? to_kset(kobject_get(&k->kobj)) : NULL;
}

static inline void kset_put(struct kset *k)
{
	kobject_put(&k->kobj);
}

/* -- uevents: made up, and heard by nobody ----------------------------------------------------- */
int kobject_uevent(struct kobject *kobj, enum kobject_action action)
	KM_SYM(kobject_uevent) __km_sleeps;
int kobject_uevent_env(struct kobject *kobj, enum kobject_action action, char *envp[])
	KM_SYM(kobject_uevent_env) __km_sleeps;
__printf(2, 3) int add_uevent_var(struct kobj_uevent_env *env, const char *format, ...)
	KM_SYM(add_uevent_var);

/* /sys/kernel, /sys/kernel/mm, /sys/firmware, /sys/hypervisor, /sys/power, /sys/fs */
extern struct kobject *kernel_kobj KM_SYM(kernel_kobj);
extern struct kobject *mm_kobj KM_SYM(mm_kobj);
extern struct kobject *firmware_kobj KM_SYM(firmware_kobj);
extern struct kobject *hypervisor_kobj KM_SYM(hypervisor_kobj);
extern struct kobject *power_kobj KM_SYM(power_kobj);
extern struct kobject *fs_kobj KM_SYM(fs_kobj);

#endif
