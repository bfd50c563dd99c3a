// SPDX-License-Identifier: MIT
#include <linux/module.h>
#include <linux/slab.h>
#include "ring.h"

static unsigned int size = 16;
module_param(size, uint, 0444);
MODULE_PARM_DESC(size, "bytes in the ring");

static struct ring *ring;

static int __init ring_init(void)
{
	int error;

	ring = kzalloc(sizeof(*ring), GFP_KERNEL); /* finding: leak */
	if (!ring)
		return -ENOMEM;
	error = ring_buf_make(ring, size);
	if (error)
		return error;
	error = ring_stats_make(ring);
	if (error) {
		ring_buf_free(ring);
		kfree(ring);
		return error;
	}
	pr_info("%s: %s of %u bytes\n", KBUILD_MODNAME, RING_TITLE, size);
	return 0;
}

static void __exit ring_exit(void)
{
	ring_stats_free(ring);
	ring_buf_free(ring);
	kfree(ring);
}

module_init(ring_init);
module_exit(ring_exit);
MODULE_DESCRIPTION("a ring of bytes that forgets itself when its buffer cannot be had");
MODULE_LICENSE("GPL");
