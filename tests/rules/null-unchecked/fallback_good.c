/* SPDX-License-Identifier: MIT */
/* The same: the last resort is tested too. */
#include <linux/module.h>
#include <linux/mm.h>
#include <linux/slab.h>

static char *ring;
static size_t ring_bytes;

static int __init ring_init(void)
{
	ring_bytes = 64 * 1024;
	ring = kvzalloc(ring_bytes, GFP_KERNEL);
	if (!ring) {
		ring_bytes = 512;
		ring = kzalloc(ring_bytes, GFP_KERNEL);
		if (!ring)
			return -ENOMEM;
	}
	ring[ring_bytes - 1] = 1;
	return 0;
}

static void __exit ring_exit(void)
{
	kvfree(ring);
}

module_init(ring_init);
module_exit(ring_exit);
MODULE_LICENSE("GPL");
