/* SPDX-License-Identifier: MIT */
/*
 * sysfs.c - files and groups of files of a kobject, as a module asks for them
 *
 * Owns: nothing; directories and files are sysfs_dir.c's.
 * Context: task, may sleep; sysfs_emit() anywhere.
 */
#include "kapi/sysfs.h"

#include <linux/bug.h>
#include <linux/errno.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/sprintf.h>
#include <linux/string.h>
#include "kern/tell.h"

/* False, after Linux's WARN(): there is no directory to put it in. */
static bool has_directory(const struct kobject *kobj, const void *what)
{
	return !WARN_ON(!kobj || !kobj->sd || !what);
}

static bool has_directory_still(const struct kobject *kobj, const char *name)
{
	return !WARN(!kobj || !kobj->sd, "kernfs: can not remove '%s', no directory\n", name);
}

/* -- one file --------------------------------------------------------------------------------- */

int sysfs_create_file(struct kobject *kobj, const struct attribute *attr)
{
	km_might_sleep("sysfs_create_file");
	if (!has_directory(kobj, attr))
		return -EINVAL;
	return sysfs_file_add(kobj, NULL, attr, attr->mode, SYSFS_CALL("sysfs_create_file"));
}

void sysfs_remove_file(struct kobject *kobj, const struct attribute *attr)
{
	km_might_sleep("sysfs_remove_file");
	if (has_directory_still(kobj, attr->name))
		sysfs_file_remove(kobj, NULL, attr, false);
}

bool sysfs_remove_file_self(struct kobject *kobj, const struct attribute *attr)
{
	return has_directory_still(kobj, attr->name) && sysfs_file_remove(kobj, NULL, attr, true);
}

int sysfs_create_files(struct kobject *kobj, const struct attribute * const *ptr)
{
	const struct sysfs_call *call = SYSFS_CALL("sysfs_create_files");
	int error = 0, i;

	km_might_sleep("sysfs_create_files");
	if (!has_directory(kobj, ptr))
		return -EINVAL;
	for (i = 0; ptr[i] && !error; i++)
		error = sysfs_file_add(kobj, NULL, ptr[i], ptr[i]->mode, call);
	if (error)
		for (i--; i > 0; i--)
			sysfs_file_remove(kobj, NULL, ptr[i - 1], false);
	return error;
}

void sysfs_remove_files(struct kobject *kobj, const struct attribute * const *ptr)
{
	km_might_sleep("sysfs_remove_files");
	for (; *ptr && has_directory_still(kobj, (*ptr)->name); ptr++)
		sysfs_file_remove(kobj, NULL, *ptr, false);
}

int sysfs_create_bin_file(struct kobject *kobj, const struct bin_attribute *attr)
{
	km_might_sleep("sysfs_create_bin_file");
	if (!has_directory(kobj, attr))
		return -EINVAL;
	return sysfs_bin_add(kobj, NULL, attr, attr->attr.mode,
			     SYSFS_CALL("sysfs_create_bin_file"));
}

void sysfs_remove_bin_file(struct kobject *kobj, const struct bin_attribute *attr)
{
	km_might_sleep("sysfs_remove_bin_file");
	if (has_directory_still(kobj, attr->attr.name))
		sysfs_file_remove(kobj, NULL, &attr->attr, false);
}

void sysfs_notify(struct kobject *kobj, const char *dir, const char *attr)
{
	TOUCH(kobj);
}

/* -- groups ----------------------------------------------------------------------------------- */

static void group_remove(struct kobject *kobj, const struct attribute_group *group)
{
	for (int i = 0; group->attrs && group->attrs[i]; i++)
		sysfs_file_remove(kobj, group->name, group->attrs[i], false);
	for (int i = 0; group->bin_attrs && group->bin_attrs[i]; i++)
		sysfs_file_remove(kobj, group->name, &group->bin_attrs[i]->attr, false);
}

static int group_files_add(struct kobject *kobj, const struct attribute_group *group,
			   const struct sysfs_call *call)
{
	int error = 0;

	for (int i = 0; group->attrs && group->attrs[i] && !error; i++) {
		struct attribute *attr = group->attrs[i];
		umode_t mode = group->is_visible ? group->is_visible(kobj, attr, i) : attr->mode;

		if (mode & SYSFS_GROUP_INVISIBLE)
			break;
		if (mode)
			error = sysfs_file_add(kobj, group->name, attr, mode, call);
	}
	for (int i = 0; group->bin_attrs && group->bin_attrs[i] && !error; i++) {
		struct bin_attribute *attr = group->bin_attrs[i];
		umode_t mode = group->is_bin_visible ? group->is_bin_visible(kobj, attr, i)
						     : attr->attr.mode;

		if (mode)
			error = sysfs_bin_add(kobj, group->name, attr, mode, call);
	}
	return error;
}

static int group_add(struct kobject *kobj, const struct attribute_group *group,
		     const struct sysfs_call *call)
{
	int error;

	if (WARN(!group->attrs && !group->bin_attrs,
		 "sysfs: (bin_)attrs not set by subsystem for group: %s/%s\n", kobject_name(kobj),
		 group->name ? group->name : ""))
		return -EINVAL;
	if (group->name && sysfs_group_is_there(kobj, group->name)) {
		pr_warn("sysfs: cannot create duplicate filename '%s/%s'\n", kobj->sd->path,
			group->name);
		return -EEXIST;
	}
	error = group_files_add(kobj, group, call);
	if (error)
		group_remove(kobj, group);
	return error;
}

int sysfs_groups_add(struct kobject *kobj, const struct attribute_group **groups,
		     const struct sysfs_call *call)
{
	int error = 0, i;

	if (!groups)
		return 0;
	if (!has_directory(kobj, groups))
		return -EINVAL;
	for (i = 0; groups[i] && !error; i++)
		error = group_add(kobj, groups[i], call);
	if (error)
		for (i--; i > 0; i--)
			group_remove(kobj, groups[i - 1]);
	return error;
}

void sysfs_groups_remove(struct kobject *kobj, const struct attribute_group **groups)
{
	for (int i = 0; groups && groups[i] && kobj->sd; i++)
		group_remove(kobj, groups[i]);
}

int sysfs_create_group(struct kobject *kobj, const struct attribute_group *grp)
{
	km_might_sleep("sysfs_create_group");
	if (!has_directory(kobj, grp))
		return -EINVAL;
	return group_add(kobj, grp, SYSFS_CALL("sysfs_create_group"));
}

int sysfs_create_groups(struct kobject *kobj, const struct attribute_group **groups)
{
	km_might_sleep("sysfs_create_groups");
	return sysfs_groups_add(kobj, groups, SYSFS_CALL("sysfs_create_groups"));
}

void sysfs_remove_group(struct kobject *kobj, const struct attribute_group *grp)
{
	km_might_sleep("sysfs_remove_group");
	if (has_directory_still(kobj, grp->name ? grp->name : "group"))
		group_remove(kobj, grp);
}

void sysfs_remove_groups(struct kobject *kobj, const struct attribute_group **groups)
{
	km_might_sleep("sysfs_remove_groups");
	sysfs_groups_remove(kobj, groups);
}

/* -- what show() writes with ------------------------------------------------------------------- */

bool sysfs_takes(const char *what, const char *buf, int at)
{
	return !WARN(!buf || offset_in_page(buf) || at < 0 || at >= (int)PAGE_SIZE,
		     "invalid %s: buf:%p at:%d\n", what, buf, at);
}

int sysfs_emit(char *buf, const char *fmt, ...)
{
	va_list args;
	int length;

	if (!sysfs_takes("sysfs_emit", buf, 0))
		return 0;
	va_start(args, fmt);
	length = vscnprintf(buf, PAGE_SIZE, fmt, args);
	va_end(args);
	return length;
}

int sysfs_emit_at(char *buf, int at, const char *fmt, ...)
{
	va_list args;
	int length;

	if (!sysfs_takes("sysfs_emit_at", buf, at))
		return 0;
	va_start(args, fmt);
	length = vscnprintf(buf + at, PAGE_SIZE - at, fmt, args);
	va_end(args);
	return length;
}
