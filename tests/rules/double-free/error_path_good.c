/* SPDX-License-Identifier: MIT */
/* The function that failed has cleaned up: its caller does not do it again. */
#include <linux/module.h>
#include <linux/slab.h>

struct channel {
	void *ring;
};

static void channel_free(struct channel *channel)
{
	kfree(channel->ring);
	kfree(channel);
}

static int channel_start(struct channel *channel)
{
	if (channel->ring)
		return 0;
	channel_free(channel);
	return -ENOMEM;
}

static int __init channel_init(void)
{
	struct channel *channel = kzalloc(sizeof(*channel), GFP_KERNEL);
	int error;

	if (!channel)
		return -ENOMEM;
	error = channel_start(channel);
	if (error)
		return 0;
	return 0;
}

static void __exit channel_exit(void)
{
}

module_init(channel_init);
module_exit(channel_exit);
MODULE_LICENSE("GPL");
