/* SPDX-License-Identifier: MIT */
#ifndef RING_H
#define RING_H

#include <linux/types.h>

struct ring {
	char *data;
	unsigned int size, users;
	unsigned long *stats;
};

int ring_buf_make(struct ring *ring, unsigned int size);
void ring_buf_free(struct ring *ring);
#ifdef RING_STATS
int ring_stats_make(struct ring *ring);
void ring_stats_free(struct ring *ring);
#else
static inline int ring_stats_make(struct ring *ring)
{
	return 0;
}
static inline void ring_stats_free(struct ring *ring) { }
#endif

#endif
