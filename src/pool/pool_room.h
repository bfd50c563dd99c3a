/* SPDX-License-Identifier: MIT */
/* pool_room.h - what kapi and machine call in pool beyond the Linux names */
#ifndef POOL_POOL_ROOM_H
#define POOL_POOL_ROOM_H

#include <linux/types.h>

/* watched: elements of a reserve and free DMA blocks are filled with poison and checked */
void pool_boot(bool watched);

#endif
