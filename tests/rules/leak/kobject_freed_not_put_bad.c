// SPDX-License-Identifier: MIT
/* The object is freed instead of put: its name stays for ever. */
#include <linux/kobject.h>
#include <linux/module.h>
#include <linux/slab.h>

struct channel {
	struct kobject kobj;
	u32 rate;
};

static struct channel *channel;

static void channel_release(struct kobject *kobj)
{
	kfree(container_of(kobj, struct channel, kobj));
}

static const struct kobj_type channel_type = {
	.release = channel_release,
	.sysfs_ops = &kobj_sysfs_ops,
};

static int __init channel_init(void)
{
	int error;

	channel = kzalloc(sizeof(*channel), GFP_KERNEL);
	if (!channel)
		return -ENOMEM;
	error = kobject_init_and_add(&channel->kobj, &channel_type, NULL, "ch"); /* finding: leak */
	if (error)
		kobject_put(&channel->kobj);
	return error;
}

static void __exit channel_exit(void)
{
	kobject_del(&channel->kobj);
	kfree(channel);
}

module_init(channel_init);
module_exit(channel_exit);
MODULE_LICENSE("GPL");
