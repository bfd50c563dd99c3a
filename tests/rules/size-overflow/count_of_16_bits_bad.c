/* SPDX-License-Identifier: MIT */
/* kmalloc_array() checks its own product, not the count it is given. */
#include <linux/module.h>
#include <linux/slab.h>

struct slot {
	u64 address;
	u32 length, flags;
};

static unsigned int slots = 65537 + 99;
module_param(slots, uint, 0444);

static struct slot *ring;

static int ring_make(u16 count)
{
	ring = kmalloc_array(count, sizeof(*ring), GFP_KERNEL); /* finding: size-overflow */
	return ring ? 0 : -ENOMEM;
}

static int __init count_of_16_bits_init(void)
{
	return ring_make(slots);
}

static void __exit count_of_16_bits_exit(void)
{
	kfree(ring);
}

module_init(count_of_16_bits_init);
module_exit(count_of_16_bits_exit);
MODULE_LICENSE("GPL");
