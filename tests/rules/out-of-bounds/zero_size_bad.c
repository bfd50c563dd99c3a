/* SPDX-License-Identifier: MIT */
/* A device without channels has a table of 0 bytes, and its first entry is written all the same. */
#include <linux/module.h>
#include <linux/slab.h>

struct channel {
	u32 gain;
	u32 offset;
};

struct device_info {
	unsigned int channels;
	struct channel *table;
};

static struct device_info info;
static unsigned int channels;
module_param(channels, uint, 0444);

static int table_make(struct device_info *device)
{
	device->table = kcalloc(device->channels, sizeof(*device->table), GFP_KERNEL);
	if (!device->table)
		return -ENOMEM;
	device->table[0].offset = 100; /* finding: out-of-bounds */
	return 0;
}

static int __init info_init(void)
{
	info.channels = channels;
	return table_make(&info);
}

static void __exit info_exit(void)
{
	kfree(info.table);
}

module_init(info_init);
module_exit(info_exit);
MODULE_LICENSE("GPL");
