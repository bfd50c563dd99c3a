// SPDX-License-Identifier: MIT
/* store() frees the old label while show() may be printing it. */
#include <linux/kobject.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

static struct kobject *dir;
static char *label;
static DEFINE_MUTEX(label_lock);

static ssize_t label_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	const char *text = READ_ONCE(label);

	return sysfs_emit(buf, "%s\n", text ? text : ""); /* finding: use-after-free */
}

static ssize_t label_store(struct kobject *kobj, struct kobj_attribute *attr, const char *buf,
			   size_t count)
{
	char *text = kstrndup(buf, count, GFP_KERNEL);

	if (!text)
		return -ENOMEM;
	mutex_lock(&label_lock);
	swap(text, label);
	mutex_unlock(&label_lock);
	kfree(text);
	return count;
}

static struct kobj_attribute label_attribute = __ATTR_RW(label);

static int __init label_init(void)
{
	int error;

	label = kstrdup("none", GFP_KERNEL);
	if (!label)
		return -ENOMEM;
	dir = kobject_create_and_add("label", kernel_kobj);
	error = dir ? sysfs_create_file(dir, &label_attribute.attr) : -ENOMEM;
	if (error) {
		kobject_put(dir);
		kfree(label);
	}
	return error;
}

static void __exit label_exit(void)
{
	kobject_put(dir);
	kfree(label);
}

module_init(label_init);
module_exit(label_exit);
MODULE_LICENSE("GPL");
