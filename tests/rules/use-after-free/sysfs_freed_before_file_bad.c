// SPDX-License-Identifier: MIT
/* exit frees what show() prints before it takes the file away. */
#include <linux/kobject.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

struct stats {
	struct kobject *dir;
	unsigned long *hits;
};

static struct stats stats;

static ssize_t hits_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	unsigned long sum = 0;

	for (int i = 0; i < 4; i++)
		sum += stats.hits[i]; /* finding: use-after-free */
	return sysfs_emit(buf, "%lu\n", sum);
}

static struct kobj_attribute hits_attribute = __ATTR_RO(hits);

static int __init stats_init(void)
{
	int error = -ENOMEM;

	stats.hits = kcalloc(4, sizeof(*stats.hits), GFP_KERNEL);
	if (!stats.hits)
		return -ENOMEM;
	stats.dir = kobject_create_and_add("hit_stats", kernel_kobj);
	if (stats.dir)
		error = sysfs_create_file(stats.dir, &hits_attribute.attr);
	if (error) {
		kobject_put(stats.dir);
		kfree(stats.hits);
	}
	return error;
}

static void __exit stats_exit(void)
{
	kfree(stats.hits);
	kobject_put(stats.dir);
}

module_init(stats_init);
module_exit(stats_exit);
MODULE_LICENSE("GPL");
