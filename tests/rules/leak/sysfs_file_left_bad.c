// SPDX-License-Identifier: MIT
/* remove() leaves a file behind in a directory that is not the module's. */
#include <linux/kobject.h>
#include <linux/module.h>
#include <linux/sysfs.h>

static unsigned long hits;

static ssize_t hits_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%lu\n", hits);
}

static ssize_t hits_store(struct kobject *kobj, struct kobj_attribute *attr, const char *buf,
			  size_t count)
{
	int error = kstrtoul(buf, 0, &hits);

	return error ? error : count;
}

static struct kobj_attribute hits_attribute = __ATTR_RW(hits);
static struct kobj_attribute limit_attribute = __ATTR(limit, 0200, NULL, hits_store);
static struct attribute *cache_attrs[] = { &hits_attribute.attr, NULL };
static const struct attribute_group cache_group = { .name = "cache_hits", .attrs = cache_attrs };

static int __init hits_init(void)
{
	int error = sysfs_create_group(kernel_kobj, &cache_group);

	if (error)
		return error;
	error = sysfs_create_file(kernel_kobj, &limit_attribute.attr); /* finding: leak */
	if (error)
		sysfs_remove_group(kernel_kobj, &cache_group);
	return error;
}

static void __exit hits_exit(void)
{
	sysfs_remove_group(kernel_kobj, &cache_group);
}

module_init(hits_init);
module_exit(hits_exit);
MODULE_LICENSE("GPL");
