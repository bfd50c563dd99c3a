/* SPDX-License-Identifier: MIT */
/* The name of a channel is put together on the stack, and has enough room for its number. */
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

struct channel {
	char *name;
};
static struct channel channels[3];

static int name_channel(struct channel *channel, int number)
{
	char text[12];

	sprintf(text, "channel-%d", number);
	channel->name = kstrdup(text, GFP_KERNEL);
	return channel->name ? 0 : -ENOMEM;
}

static void forget(void)
{
	for (int i = 0; i < 3; i++)
		kfree(channels[i].name);
}

static int __init names_init(void)
{
	int error = 0;

	for (int i = 0; i < 3 && !error; i++)
		error = name_channel(&channels[i], i + 8);
	if (error)
		forget();
	return error;
}

static void __exit names_exit(void)
{
	forget();
}

module_init(names_init);
module_exit(names_exit);
MODULE_LICENSE("GPL");
