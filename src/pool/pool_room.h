/* SPDX-License-Identifier: MIT */
/* pool_room.h - what kapi, rules and machine call in pool beyond the Linux names */
#ifndef POOL_POOL_ROOM_H
#define POOL_POOL_ROOM_H

#include <linux/types.h>
#include <kern/option.h>

extern const struct boot_option pool_options[];	/* swiotlb= */

/* watched: elements of a reserve and free DMA blocks are filled with poison and checked */
void pool_boot(bool watched);

/* What the coherent memory at @address takes from RAM; 0: none starts there. */
size_t pool_coherent_bytes(const void *address);
/* a rule that answered KM_TAKE gives coherent memory back; no event */
void pool_release_coherent(void *address);

#endif
