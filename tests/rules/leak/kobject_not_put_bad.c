// SPDX-License-Identifier: MIT
/* init's error path forgets the directory it has made. */
#include <linux/kobject.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

static struct kobject *dir;
static int *levels;

static ssize_t level_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%d\n", levels[0]);
}

static struct kobj_attribute level_attribute = __ATTR_RO(level);

static int __init meter_init(void)
{
	int error;

	dir = kobject_create_and_add("meter", kernel_kobj); /* finding: leak */
	if (!dir)
		return -ENOMEM;
	levels = kcalloc(8, sizeof(*levels), GFP_KERNEL);
	if (!levels)
		return -ENOMEM;
	error = sysfs_create_file(dir, &level_attribute.attr);
	if (error) {
		kfree(levels);
		kobject_put(dir);
	}
	return error;
}

static void __exit meter_exit(void)
{
	kobject_put(dir);
	kfree(levels);
}

module_init(meter_init);
module_exit(meter_exit);
MODULE_LICENSE("GPL");
