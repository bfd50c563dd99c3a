// SPDX-License-Identifier: MIT
#include <linux/slab.h>
#include "ring.h"

int ring_buf_make(struct ring *ring, unsigned int size)
{
	ring->data = kmalloc(RING_BYTES, GFP_KERNEL);
	if (!ring->data)
		return -ENOMEM;
	ring->size = size;
	ring->data[size - 1] = 0; /* with size=65: out-of-bounds */
	return 0;
}

void ring_buf_free(struct ring *ring)
{
	kfree(ring->data);
}
