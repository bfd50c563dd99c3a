/* SPDX-License-Identifier: MIT */
/* Descriptors are copied into a ring by assignment; it was allocated for all its entries. */
#include <linux/module.h>
#include <linux/slab.h>

struct descriptor {
	u64 address;
	u32 length, flags;
	u8 tag[24];
};
#define ENTRIES 4

static struct descriptor *ring;

static void post(unsigned int at, const struct descriptor *descriptor)
{
	ring[at] = *descriptor;
}

static int __init ring_init(void)
{
	struct descriptor descriptor = { .length = 64 };

	ring = kmalloc(sizeof(*ring) * ENTRIES, GFP_KERNEL);
	if (!ring)
		return -ENOMEM;
	for (unsigned int i = 0; i < ENTRIES; i++) {
		descriptor.address = i * 64;
		post(i, &descriptor);
	}
	return 0;
}

static void __exit ring_exit(void)
{
	kfree(ring);
}

module_init(ring_init);
module_exit(ring_exit);
MODULE_LICENSE("GPL");
