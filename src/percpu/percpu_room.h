/* SPDX-License-Identifier: MIT */
/* percpu_room.h - what slab, vmap, machine and rules call in percpu beyond linux/percpu.h */
#ifndef PERCPU_PERCPU_ROOM_H
#define PERCPU_PERCPU_ROOM_H

#include <linux/types.h>

int percpu_boot(bool watched);
unsigned long percpu_shutdown(void);	/* areas left */
/* a rule that answered KM_TAKE gives the area back; no event */
void percpu_release(void *pointer);

/* Of the port's vmap range, the bytes at its end that belong to this room. */
size_t percpu_vmap_bytes(size_t range_bytes);

/* inspect.c: read only */
struct percpu_stats {
	unsigned long chunks;		/* the first one, that boot made, included */
	unsigned long areas;		/* handed out */
	unsigned long frames;		/* that chunks and their records hold */
	size_t taken_bytes;		/* of one unit, over all chunks */
	size_t free_bytes;
};
void percpu_read_stats(struct percpu_stats *ret_stats);
bool percpu_validate(void);		/* C1..C4, L1 of every chunk; false and one printed line */
void percpu_flush(void);		/* what waits for the worker is done after it */

#endif
