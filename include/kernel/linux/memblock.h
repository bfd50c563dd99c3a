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
#include <linux/limits.h>
#include <linux/pfn.h>
#include <asm/page.h>

#define INIT_MEMBLOCK_REGIONS		128
#define INIT_MEMBLOCK_RESERVED_REGIONS	INIT_MEMBLOCK_REGIONS
#define MEMBLOCK_ALLOC_ANYWHERE		(~(phys_addr_t)0)
#define MEMBLOCK_ALLOC_ACCESSIBLE	0
#define MEMBLOCK_ALLOC_NOLEAKTRACE	1
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
	int nid;	/* MAX_NUMNODES: not known */
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

/**
 * memblock_add(), memblock_add_node(), memblock_remove(), memblock_reserve(), memblock_phys_free(),
 * memblock_free(), memblock_free_all() - what memory there is, and what of it is taken
 * Neighbours with equal flags and node become one; size 0 changes nothing; memblock_free() of NULL
 * does nothing.   Context: boot.   Return: 0, or -ENOMEM when a table cannot grow.
 * Also: memblock_mark_hotplug(), memblock_clear_hotplug(), memblock_mark_mirror(),
 *       memblock_mark_nomap(), memblock_clear_nomap(), memblock_is_memory(),
 *       memblock_is_map_memory(), memblock_is_reserved(), memblock_is_region_memory(),
 *       memblock_is_region_reserved(), memblock_overlaps_region(), memblock_set_bottom_up(),
 *       memblock_bottom_up(), memblock_set_current_limit(), memblock_get_current_limit(),
 *       memblock_dump_all()
 */
int memblock_add(phys_addr_t base, phys_addr_t size) KM_SYM(memblock_add);
int memblock_add_node(phys_addr_t base, phys_addr_t size, int nid, enum memblock_flags flags)
	KM_SYM(memblock_add_node);
int memblock_remove(phys_addr_t base, phys_addr_t size) KM_SYM(memblock_remove);
int memblock_reserve(phys_addr_t base, phys_addr_t size) KM_SYM(memblock_reserve);
int memblock_phys_free(phys_addr_t base, phys_addr_t size) KM_SYM(memblock_phys_free);
void memblock_free(void *ptr, size_t size) KM_SYM(memblock_free);
void memblock_free_all(void) KM_SYM(memblock_free_all);

/* Tables may grow from here on: memory is known.  Before, a full table refuses with -ENOMEM. */
void memblock_allow_resize(void) KM_SYM(memblock_allow_resize);
void memblock_free_late(phys_addr_t base, phys_addr_t size) KM_SYM(memblock_free_late);
void memblock_discard(void) KM_SYM(memblock_discard);
int memblock_set_node(phys_addr_t base, phys_addr_t size, struct memblock_type *type, int nid)
	KM_SYM(memblock_set_node);

int memblock_mark_hotplug(phys_addr_t base, phys_addr_t size) KM_SYM(memblock_mark_hotplug);
int memblock_clear_hotplug(phys_addr_t base, phys_addr_t size) KM_SYM(memblock_clear_hotplug);
int memblock_mark_mirror(phys_addr_t base, phys_addr_t size) KM_SYM(memblock_mark_mirror);
int memblock_mark_nomap(phys_addr_t base, phys_addr_t size) KM_SYM(memblock_mark_nomap);
int memblock_clear_nomap(phys_addr_t base, phys_addr_t size) KM_SYM(memblock_clear_nomap);
int memblock_reserved_mark_noinit(phys_addr_t base, phys_addr_t size)
	KM_SYM(memblock_reserved_mark_noinit);

/**
 * memblock_phys_alloc_range(), memblock_phys_alloc_try_nid(), memblock_phys_alloc() - reserve a
 * range and return its physical address; 0 if there is none
 * @align: 0: told with a stack, a cache line is taken
 * Context: boot.
 */
phys_addr_t memblock_phys_alloc_range(phys_addr_t size, phys_addr_t align, phys_addr_t start,
				      phys_addr_t end)
	KM_SYM(memblock_phys_alloc_range);
phys_addr_t memblock_alloc_range_nid(phys_addr_t size, phys_addr_t align, phys_addr_t start,
				     phys_addr_t end, int nid, bool exact_nid)
	KM_SYM(memblock_alloc_range_nid);
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

/**
 * memblock_alloc(), memblock_alloc_raw(), memblock_alloc_from(), memblock_alloc_low(),
 * memblock_alloc_node() - zeroed memory (_raw: as it is), from the top of what may be had
 * Context: boot.   Return: its address; NULL if there is none.  Once the page allocator is up:
 *          warned of, and served from there.
 * Also:    memblock_alloc_try_nid(), memblock_alloc_try_nid_raw(), memblock_alloc_exact_nid_raw()
 */
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
unsigned long memblock_addrs_overlap(phys_addr_t base1, phys_addr_t size1, phys_addr_t base2,
				     phys_addr_t size2) KM_SYM(memblock_addrs_overlap);
bool memblock_validate_numa_coverage(unsigned long threshold_bytes)
	KM_SYM(memblock_validate_numa_coverage);
unsigned long memblock_estimated_nr_free_pages(void) KM_SYM(memblock_estimated_nr_free_pages);
void memblock_enforce_memory_limit(phys_addr_t memory_limit) KM_SYM(memblock_enforce_memory_limit);
void memblock_cap_memory_range(phys_addr_t base, phys_addr_t size)
	KM_SYM(memblock_cap_memory_range);
void memblock_mem_limit_remove_map(phys_addr_t limit) KM_SYM(memblock_mem_limit_remove_map);
int memblock_search_pfn_nid(unsigned long pfn, unsigned long *start_pfn, unsigned long *end_pfn)
	KM_SYM(memblock_search_pfn_nid);
phys_addr_t memblock_phys_mem_size(void) KM_SYM(memblock_phys_mem_size);
phys_addr_t memblock_reserved_size(void) KM_SYM(memblock_reserved_size);
phys_addr_t memblock_start_of_DRAM(void) KM_SYM(memblock_start_of_DRAM);
phys_addr_t memblock_end_of_DRAM(void) KM_SYM(memblock_end_of_DRAM);
void memblock_set_current_limit(phys_addr_t limit) KM_SYM(memblock_set_current_limit);
phys_addr_t memblock_get_current_limit(void) KM_SYM(memblock_get_current_limit);
void memblock_trim_memory(phys_addr_t align) KM_SYM(memblock_trim_memory);
void memblock_dump_all(void) KM_SYM(memblock_dump_all);

/**
 * memblock_set_bottom_up() - hand out the lowest fitting range, not the highest
 * Context: boot.   Also: memblock_bottom_up().
 */
static inline void memblock_set_bottom_up(bool enable)
{
	memblock.bottom_up = enable;
}

static inline bool memblock_bottom_up(void)
{
	return memblock.bottom_up;
}

static inline bool memblock_is_hotpluggable(struct memblock_region *m)
{
	return m->flags & MEMBLOCK_HOTPLUG;
}

static inline bool memblock_is_mirror(struct memblock_region *m)
{
	return m->flags & MEMBLOCK_MIRROR;
}

static inline bool memblock_is_nomap(struct memblock_region *m)
{
	return m->flags & MEMBLOCK_NOMAP;
}

static inline bool memblock_is_reserved_noinit(struct memblock_region *m)
{
	return m->flags & MEMBLOCK_RSRV_NOINIT;
}

static inline bool memblock_is_driver_managed(struct memblock_region *m)
{
	return m->flags & MEMBLOCK_DRIVER_MANAGED;
}

static inline void memblock_set_region_node(struct memblock_region *r, int nid)
{
	r->nid = nid;
}

static inline int memblock_get_region_node(const struct memblock_region *r)
{
	return r->nid;
}

/* Whole pages of memory: the part of a page at either end does not count. */
static inline unsigned long memblock_region_memory_base_pfn(const struct memblock_region *reg)
{
	return PFN_UP(reg->base);
}

static inline unsigned long memblock_region_memory_end_pfn(const struct memblock_region *reg)
{
	return PFN_DOWN(reg->base + reg->size);
}

/* Pages touched by what is reserved: the part of a page counts. */
static inline unsigned long memblock_region_reserved_base_pfn(const struct memblock_region *reg)
{
	return PFN_DOWN(reg->base);
}

static inline unsigned long memblock_region_reserved_end_pfn(const struct memblock_region *reg)
{
	return PFN_UP(reg->base + reg->size);
}

/*
 * The next, or with _rev the one before, of the ranges that are in @type_a and not in @type_b
 * (NULL: nothing is taken away).  *@idx is 0, or ULLONG_MAX for _rev, at the start, and ULLONG_MAX
 * when there are no more; between it belongs to these functions.  Regions of memory are passed over
 * that are on another node than @nid (NUMA_NO_NODE: none), or special and not asked for by @flags.
 */
void __next_mem_range(u64 *idx, int nid, enum memblock_flags flags, struct memblock_type *type_a,
		      struct memblock_type *type_b, phys_addr_t *out_start, phys_addr_t *out_end,
		      int *out_nid) KM_SYM(__next_mem_range);
void __next_mem_range_rev(u64 *idx, int nid, enum memblock_flags flags,
			  struct memblock_type *type_a, struct memblock_type *type_b,
			  phys_addr_t *out_start, phys_addr_t *out_end, int *out_nid)
	KM_SYM(__next_mem_range_rev);
/* Regions of memory in whole pages; @nid MAX_NUMNODES: of any node. *@idx -1: start and end. */
void __next_mem_pfn_range(int *idx, int nid, unsigned long *out_start_pfn,
			  unsigned long *out_end_pfn, int *out_nid) KM_SYM(__next_mem_pfn_range);

#define __for_each_mem_range(i, type_a, type_b, nid, flags, p_start, p_end, p_nid)	\
	for (i = 0, __next_mem_range(&i, nid, flags, type_a, type_b, p_start, p_end, p_nid); \
	     i != (u64)ULLONG_MAX;							\
	     __next_mem_range(&i, nid, flags, type_a, type_b, p_start, p_end, p_nid))
#define __for_each_mem_range_rev(i, type_a, type_b, nid, flags, p_start, p_end, p_nid)	\
	for (i = (u64)ULLONG_MAX,							\
	     __next_mem_range_rev(&i, nid, flags, type_a, type_b, p_start, p_end, p_nid); \
	     i != (u64)ULLONG_MAX;							\
	     __next_mem_range_rev(&i, nid, flags, type_a, type_b, p_start, p_end, p_nid))
#define for_each_mem_range(i, p_start, p_end)						\
	__for_each_mem_range(i, &memblock.memory, NULL, NUMA_NO_NODE,			\
			     MEMBLOCK_HOTPLUG | MEMBLOCK_DRIVER_MANAGED, p_start, p_end, NULL)
#define for_each_mem_range_rev(i, p_start, p_end)					\
	__for_each_mem_range_rev(i, &memblock.memory, NULL, NUMA_NO_NODE,		\
				 MEMBLOCK_HOTPLUG | MEMBLOCK_DRIVER_MANAGED, p_start, p_end, NULL)
#define for_each_reserved_mem_range(i, p_start, p_end)					\
	__for_each_mem_range(i, &memblock.reserved, NULL, NUMA_NO_NODE, MEMBLOCK_NONE,	\
			     p_start, p_end, NULL)
#define for_each_free_mem_range(i, nid, flags, p_start, p_end, p_nid)			\
	__for_each_mem_range(i, &memblock.memory, &memblock.reserved, nid, flags,	\
			     p_start, p_end, p_nid)
#define for_each_free_mem_range_reverse(i, nid, flags, p_start, p_end, p_nid)		\
	__for_each_mem_range_rev(i, &memblock.memory, &memblock.reserved, nid, flags,	\
				 p_start, p_end, p_nid)
#define for_each_mem_pfn_range(i, nid, p_start, p_end, p_nid)				\
	for (i = -1, __next_mem_pfn_range(&i, nid, p_start, p_end, p_nid);		\
	     i >= 0; __next_mem_pfn_range(&i, nid, p_start, p_end, p_nid))

#define for_each_mem_region(region) \
	for (region = memblock.memory.regions;				\
	     region < memblock.memory.regions + memblock.memory.cnt; region++)
#define for_each_reserved_mem_region(region) \
	for (region = memblock.reserved.regions;			\
	     region < memblock.reserved.regions + memblock.reserved.cnt; region++)

/* Of the machine's memory, once it has booted. */
extern unsigned long min_low_pfn KM_SYM(min_low_pfn);
extern unsigned long max_low_pfn KM_SYM(max_low_pfn);
extern unsigned long max_pfn KM_SYM(max_pfn);
extern unsigned long long max_possible_pfn KM_SYM(max_possible_pfn);

/* Absent: alloc_large_system_hash - sizes the boot-time tables of a whole kernel */
/* Absent: memblock_physmem_add - only for CONFIG_HAVE_MEMBLOCK_PHYS_MAP, which is s390's */

#endif
