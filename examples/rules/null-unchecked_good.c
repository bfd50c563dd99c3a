/* SPDX-License-Identifier: MIT */
/* null-unchecked_good.c - the state of a device, as it should be */
#include <linux/module.h>
#include <linux/slab.h>

struct ring {
	unsigned int head, tail;
};

static struct ring *ring;

static int __init ring_init(void)
{
	ring = kmalloc(sizeof(*ring), GFP_KERNEL);
	if (!ring)
		return -ENOMEM;
	ring->head = 0;
	ring->tail = 0;
	return 0;
}

static void __exit ring_exit(void)
{
	kfree(ring);
}

module_init(ring_init);
module_exit(ring_exit);

MODULE_DESCRIPTION("an example of null-unchecked");
MODULE_LICENSE("GPL");
