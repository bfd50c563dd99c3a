/* SPDX-License-Identifier: MIT */
/* The count keeps its type. */
#include <linux/module.h>
#include <linux/slab.h>

struct slot {
	u64 address;
	u32 length, flags;
};

static unsigned int slots = 65537 + 99;
module_param(slots, uint, 0444);

static struct slot *ring;

static int ring_make(unsigned int count)
{
	ring = kmalloc_array(count, sizeof(*ring), GFP_KERNEL);
	return ring ? 0 : -ENOMEM;
}

static int __init count_of_16_bits_init(void)
{
	return ring_make(min(slots, 256u));
}

static void __exit count_of_16_bits_exit(void)
{
	kfree(ring);
}

module_init(count_of_16_bits_init);
module_exit(count_of_16_bits_exit);
MODULE_LICENSE("GPL");
