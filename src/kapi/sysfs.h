/* SPDX-License-Identifier: MIT */
/*
 * sysfs.h - what the files of the room share of /sys: directories, and the files in them
 *
 * A directory is a kobject's (kobj->sd).  Each file is a node of the registry (fnode.h): one of
 * text is FNODE_TEXT, whose show() and store() call the attribute's; a binary one is FNODE_FILE.
 */
#ifndef KAPI_SYSFS_H
#define KAPI_SYSFS_H

#include <linux/kobject.h>
#include <linux/sysfs.h>
#include "kapi/fnode.h"
#include "watch/watch.h"

#define SYSFS_PATH	160

struct kernfs_node {
	char path[SYSFS_PATH];		/* "/sys/kernel/ring" */
	struct km_fnode *node;		/* its name is taken; NULL: it is always there */
	struct list_head files;
};

/* Who asked: a rule may refuse it, and is told of what must be taken away again. */
struct sysfs_call {
	const char *what;
	uintptr_t caller, frame;
	bool is_told;			/* its files are a thing of the caller's to remove */
};
#define SYSFS_CALL(name)	\
	(&(struct sysfs_call){ (name), WATCH_CALLER(), WATCH_FRAME(), true })
/* Files that go by themselves, with the directory of their kobject. */
#define SYSFS_OWN_CALL(name)	\
	(&(struct sysfs_call){ (name), WATCH_CALLER(), WATCH_FRAME(), false })

/* sysfs_dir.c: 0; -EEXIST, -ENOMEM, -ENAMETOOLONG */
int sysfs_dir_make(struct kobject *kobj, const char *path);
/* With all its files.  No call of one is under way then, nor begins. */
void sysfs_dir_remove(struct kobject *kobj);
/* One that is always there. */
void sysfs_dir_fix(struct kobject *kobj, struct kernfs_node *dir, const char *path);
int sysfs_file_add(struct kobject *kobj, const char *group, const struct attribute *attr,
		   umode_t mode, const struct sysfs_call *call);
int sysfs_bin_add(struct kobject *kobj, const char *group, const struct bin_attribute *attr,
		  umode_t mode, const struct sysfs_call *call);
/* A directory of the group is there: some file of it is. */
bool sysfs_group_is_there(struct kobject *kobj, const char *group);
/* false: there is none.  @is_self: out of its own store(). */
bool sysfs_file_remove(struct kobject *kobj, const char *group, const struct attribute *attr,
		       bool is_self);

/* What show() answered; one that says it wrote a whole page or more is told of. */
ssize_t sysfs_count(ssize_t count, const void *show);

/* sysfs.c */
/* false, after a WARN(): not the page that show() was given, or a place outside it */
bool sysfs_takes(const char *what, const char *buf, int at);
int sysfs_groups_add(struct kobject *kobj, const struct attribute_group **groups,
		     const struct sysfs_call *call);
void sysfs_groups_remove(struct kobject *kobj, const struct attribute_group **groups);

/* kobject.c */
void kobject_boot(void);
extern const struct kobj_type device_ktype;	/* device_sysfs.c */

#endif
