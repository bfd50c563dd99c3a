/* SPDX-License-Identifier: MIT */
/* memblock_room.h - what boot.c does with memblock */
#ifndef PAGE_MEMBLOCK_ROOM_H
#define PAGE_MEMBLOCK_ROOM_H

#include <linux/memblock.h>

#define PAGE_ALIGN_UP(bytes)	(((bytes) + PAGE_SIZE - 1) & PAGE_MASK)

void memblock_boot(void);		/* empty tables */
bool memblock_is_over(void);		/* boot.c: the page allocator has taken the memory */
void *memblock_late_alloc(phys_addr_t bytes);	/* boot.c: zeroed pages, or NULL */

static inline phys_addr_t region_end(const struct memblock_region *region)
{
	return region->base + region->size;
}

/* What of @size fits below the end of the address space. */
static inline phys_addr_t cap_size(phys_addr_t base, phys_addr_t size)
{
	phys_addr_t most = MEMBLOCK_ALLOC_ANYWHERE - base;

	return size < most ? size : most;
}

static inline bool ranges_overlap(phys_addr_t base, phys_addr_t size,
				  const struct memblock_region *region)
{
	return base < region_end(region) && region->base < base + size;
}

/* The first region that ends behind @address; @type->cnt if there is none. */
static inline unsigned long table_after(const struct memblock_type *type, phys_addr_t address)
{
	unsigned long low = 0, high = type->cnt;

	while (low < high) {
		unsigned long middle = low + (high - low) / 2;

		if (region_end(&type->regions[middle]) <= address)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* memblock_table.c */
extern struct memblock_region memblock_memory_regions[INIT_MEMBLOCK_REGIONS];
extern struct memblock_region memblock_reserved_regions[INIT_MEMBLOCK_RESERVED_REGIONS];
extern bool memblock_may_grow;
void table_drop(struct memblock_type *type, unsigned long at);
int table_add(struct memblock_type *type, phys_addr_t base, phys_addr_t size, int nid,
	      enum memblock_flags flags);
int table_remove(struct memblock_type *type, phys_addr_t base, phys_addr_t size);
int table_mark(struct memblock_type *type, phys_addr_t base, phys_addr_t size, bool set,
	       enum memblock_flags flag);
int table_set_node(struct memblock_type *type, phys_addr_t base, phys_addr_t size, int nid);
const struct memblock_region *table_find(const struct memblock_type *type, phys_addr_t address);
void table_free(struct memblock_type *type);	/* a table that grew: its memory, for good */

/* memblock_alloc.c */
phys_addr_t find_range(phys_addr_t size, phys_addr_t align, phys_addr_t start, phys_addr_t end,
		       int nid, enum memblock_flags flags);

#endif
