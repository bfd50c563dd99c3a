// SPDX-License-Identifier: MIT
/* A channel leaves the list before its last reference goes. */
#include <linux/kobject.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>

struct channel {
	struct kobject kobj;
	struct list_head link;
	u32 rate;
};

static LIST_HEAD(channels);
static struct kset *set;

static void channel_release(struct kobject *kobj)
{
	kfree(container_of(kobj, struct channel, kobj));
}

static const struct kobj_type channel_type = {
	.release = channel_release,
	.sysfs_ops = &kobj_sysfs_ops,
};

static int channel_add(u32 rate)
{
	struct channel *channel = kzalloc(sizeof(*channel), GFP_KERNEL);
	int error;

	if (!channel)
		return -ENOMEM;
	channel->rate = rate;
	channel->kobj.kset = set;
	error = kobject_init_and_add(&channel->kobj, &channel_type, NULL, "channel%u", rate);
	if (error) {
		kobject_put(&channel->kobj);
		return error;
	}
	kobject_uevent(&channel->kobj, KOBJ_ADD);
	list_add(&channel->link, &channels);
	return 0;
}

static void channels_remove(void)
{
	struct channel *channel, *next;

	list_for_each_entry_safe(channel, next, &channels, link) {
		list_del(&channel->link);
		kobject_put(&channel->kobj);
	}
}

static int __init channel_init(void)
{
	int error;

	set = kset_create_and_add("channels", NULL, kernel_kobj);
	if (!set)
		return -ENOMEM;
	error = channel_add(8000);
	if (error)
		kset_unregister(set);
	return error;
}

static void __exit channel_exit(void)
{
	channels_remove();
	kset_unregister(set);
}

module_init(channel_init);
module_exit(channel_exit);
MODULE_LICENSE("GPL");
