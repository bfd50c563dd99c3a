/* SPDX-License-Identifier: MIT */
/* Entries are taken out of a radix tree, and what they stood for is forgotten. */
#include <linux/module.h>
#include <linux/radix-tree.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct channel {
	unsigned long number;
	u32 rate;
};

static RADIX_TREE(channels, GFP_ATOMIC);
static DEFINE_SPINLOCK(channels_lock);

static int channel_add(unsigned long number)
{
	struct channel *channel = kzalloc(sizeof(*channel), GFP_KERNEL); /* finding: leak */
	int error;

	if (!channel)
		return -ENOMEM;
	channel->number = number;
	error = radix_tree_preload(GFP_KERNEL);
	if (error)
		goto free;
	spin_lock(&channels_lock);
	error = radix_tree_insert(&channels, number, channel);
	spin_unlock(&channels_lock);
	radix_tree_preload_end();
	if (!error)
		return 0;
free:
	kfree(channel);
	return error;
}

static void channels_free(void)
{
	struct radix_tree_iter iter;
	void **slot;

	radix_tree_for_each_slot(slot, &channels, &iter, 0)
		radix_tree_delete(&channels, iter.index);
}

static int __init channels_init(void)
{
	int error = 0;

	for (unsigned long i = 0; i < 4 && !error; i++)
		error = channel_add(i * 1000);
	if (error)
		channels_free();
	else if (channel_add(2000) != -EEXIST || !radix_tree_lookup(&channels, 3000))
		pr_err("channels are not where they were put\n");
	return error;
}

static void __exit channels_exit(void)
{
	channels_free();
}

module_init(channels_init);
module_exit(channels_exit);
MODULE_LICENSE("GPL");
