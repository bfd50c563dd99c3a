/* SPDX-License-Identifier: MIT */
/* memblock_room.h - what boot.c does with memblock */
#ifndef PAGE_MEMBLOCK_ROOM_H
#define PAGE_MEMBLOCK_ROOM_H

#include <linux/memblock.h>

#define PAGE_ALIGN_UP(bytes)	(((bytes) + PAGE_SIZE - 1) & PAGE_MASK)

void memblock_boot(void);		/* empty tables */
bool memblock_is_over(void);		/* boot.c: the page allocator has taken the memory */
void *memblock_late_alloc(phys_addr_t bytes);	/* boot.c: zeroed pages, or NULL */

#endif
