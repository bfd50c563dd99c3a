/* SPDX-License-Identifier: MIT */
/*
 * memblock.h - memory before the page allocator: two sorted tables of ranges, one for what
 * exists, one for what is taken
 *
 * Boot only, one CPU, no lock. memblock_free_all() hands what is not reserved to the page
 * allocator.
 */
#ifndef _LINUX_MEMBLOCK_H
#define _LINUX_MEMBLOCK_H

#include <linux/types.h>
#include <linux/mm_types.h>
#include <linux/numa.h>
#include <asm/page.h>

#define INIT_MEMBLOCK_REGIONS		128
#define MEMBLOCK_ALLOC_ANYWHERE		(~(phys_addr_t)0)
#define MEMBLOCK_ALLOC_ACCESSIBLE	0
#define MEMBLOCK_LOW_LIMIT		0
#define ARCH_LOW_ADDRESS_LIMIT		0xffffffffUL
#define SMP_CACHE_BYTES_MEMBLOCK	64

enum memblock_flags {
	MEMBLOCK_NONE		= 0x0,
	MEMBLOCK_HOTPLUG	= 0x1,
	MEMBLOCK_MIRROR		= 0x2,
	MEMBLOCK_NOMAP		= 0x4,	/* exists, but is not in the linear map: never handed out */
	MEMBLOCK_DRIVER_MANAGED	= 0x8,
	MEMBLOCK_RSRV_NOINIT	= 0x10,
};

struct memblock_region {
	phys_addr_t base;
	phys_addr_t size;
	enum memblock_flags flags;
};

struct memblock_type {
	unsigned long cnt;		/* regions in use; an empty table has 0 */
	unsigned long max;
	phys_addr_t total_size;
	struct memblock_region *regions;
	char *name;
};

struct memblock {
	bool bottom_up;
	phys_addr_t current_limit;
	struct memblock_type memory;
	struct memblock_type reserved;
};
extern struct memblock memblock KM_SYM(memblock);

int memblock_add(phys_addr_t base, phys_addr_t size) KM_SYM(memblock_add);
int memblock_add_node(phys_addr_t base, phys_addr_t size, int nid, enum memblock_flags flags)
	KM_SYM(memblock_add_node);
int memblock_remove(phys_addr_t base, phys_addr_t size) KM_SYM(memblock_remove);
int memblock_reserve(phys_addr_t base, phys_addr_t size) KM_SYM(memblock_reserve);
int memblock_phys_free(phys_addr_t base, phys_addr_t size) KM_SYM(memblock_phys_free);
void memblock_free(void *ptr, size_t size) KM_SYM(memblock_free);
void memblock_free_all(void) KM_SYM(memblock_free_all);

int memblock_mark_hotplug(phys_addr_t base, phys_addr_t size) KM_SYM(memblock_mark_hotplug);
int memblock_clear_hotplug(phys_addr_t base, phys_addr_t size) KM_SYM(memblock_clear_hotplug);
int memblock_mark_mirror(phys_addr_t base, phys_addr_t size) KM_SYM(memblock_mark_mirror);
int memblock_mark_nomap(phys_addr_t base, phys_addr_t size) KM_SYM(memblock_mark_nomap);
int memblock_clear_nomap(phys_addr_t base, phys_addr_t size) KM_SYM(memblock_clear_nomap);

phys_addr_t memblock_phys_alloc_range(phys_addr_t size, phys_addr_t align, phys_addr_t start,
				      phys_addr_t end)
	KM_SYM(memblock_phys_alloc_range);
phys_addr_t memblock_phys_alloc_try_nid(phys_addr_t size, phys_addr_t align, int nid)
	KM_SYM(memblock_phys_alloc_try_nid);
void *memblock_alloc_try_nid_raw(phys_addr_t size, phys_addr_t align, phys_addr_t min_addr,
				 phys_addr_t max_addr, int nid) KM_SYM(memblock_alloc_try_nid_raw);
void *memblock_alloc_exact_nid_raw(phys_addr_t size, phys_addr_t align, phys_addr_t min_addr,
				   phys_addr_t max_addr, int nid)
	KM_SYM(memblock_alloc_exact_nid_raw);
void *memblock_alloc_try_nid(phys_addr_t size, phys_addr_t align, phys_addr_t min_addr,
			     phys_addr_t max_addr, int nid) KM_SYM(memblock_alloc_try_nid);

static inline phys_addr_t memblock_phys_alloc(phys_addr_t size, phys_addr_t align)
{
	return memblock_phys_alloc_range(size, align, 0, MEMBLOCK_ALLOC_ACCESSIBLE);
}

static inline void *memblock_alloc(phys_addr_t size, phys_addr_t align)
{
	return memblock_alloc_try_nid(size, align, MEMBLOCK_LOW_LIMIT,
				      MEMBLOCK_ALLOC_ACCESSIBLE, NUMA_NO_NODE);
}

static inline void *memblock_alloc_raw(phys_addr_t size, phys_addr_t align)
{
	return memblock_alloc_try_nid_raw(size, align, MEMBLOCK_LOW_LIMIT,
				      MEMBLOCK_ALLOC_ACCESSIBLE, NUMA_NO_NODE);
}

static inline void *memblock_alloc_from(phys_addr_t size, phys_addr_t align, phys_addr_t min_addr)
{
	return memblock_alloc_try_nid(size, align, min_addr,
				      MEMBLOCK_ALLOC_ACCESSIBLE, NUMA_NO_NODE);
}

static inline void *memblock_alloc_low(phys_addr_t size, phys_addr_t align)
{
	return memblock_alloc_try_nid(size, align, MEMBLOCK_LOW_LIMIT,
				      ARCH_LOW_ADDRESS_LIMIT, NUMA_NO_NODE);
}

static inline void *memblock_alloc_node(phys_addr_t size, phys_addr_t align, int nid)
{
	return memblock_alloc_try_nid(size, align, MEMBLOCK_LOW_LIMIT,
				      MEMBLOCK_ALLOC_ACCESSIBLE, nid);
}

bool memblock_is_memory(phys_addr_t addr) KM_SYM(memblock_is_memory);
bool memblock_is_map_memory(phys_addr_t addr) KM_SYM(memblock_is_map_memory);
bool memblock_is_reserved(phys_addr_t addr) KM_SYM(memblock_is_reserved);
bool memblock_is_region_memory(phys_addr_t base, phys_addr_t size)
	KM_SYM(memblock_is_region_memory);
bool memblock_is_region_reserved(phys_addr_t base, phys_addr_t size)
	KM_SYM(memblock_is_region_reserved);
bool memblock_overlaps_region(struct memblock_type *type, phys_addr_t base, phys_addr_t size)
	KM_SYM(memblock_overlaps_region);
phys_addr_t memblock_phys_mem_size(void) KM_SYM(memblock_phys_mem_size);
phys_addr_t memblock_reserved_size(void) KM_SYM(memblock_reserved_size);
phys_addr_t memblock_start_of_DRAM(void) KM_SYM(memblock_start_of_DRAM);
phys_addr_t memblock_end_of_DRAM(void) KM_SYM(memblock_end_of_DRAM);
void memblock_set_current_limit(phys_addr_t limit) KM_SYM(memblock_set_current_limit);
phys_addr_t memblock_get_current_limit(void) KM_SYM(memblock_get_current_limit);
void memblock_trim_memory(phys_addr_t align) KM_SYM(memblock_trim_memory);
void memblock_dump_all(void) KM_SYM(memblock_dump_all);

static inline void memblock_set_bottom_up(bool enable)
{
	memblock.bottom_up = enable;
}

static inline bool memblock_bottom_up(void)
{
	return memblock.bottom_up;
}

/* Next range that is in memory and not reserved, from *@index on; false at the end. 0 starts. */
bool memblock_next_free(u64 *index, phys_addr_t *ret_start, phys_addr_t *ret_end)
	KM_SYM(memblock_next_free);

#define for_each_mem_region(region) \
	for (region = memblock.memory.regions;				\
	     region < memblock.memory.regions + memblock.memory.cnt; region++)
#define for_each_reserved_mem_region(region) \
	for (region = memblock.reserved.regions;			\
	     region < memblock.reserved.regions + memblock.reserved.cnt; region++)

#endif
