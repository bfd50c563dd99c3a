/* SPDX-License-Identifier: MIT */
/*
 * mmzone.h - nodes, zones, orders, migrate types and their counters
 *
 * struct zone and struct pglist_data show kernel code how a zone and a node stand. They are
 * written by src/page only, and have the members that code outside Linux's mm/ reads.
 */
#ifndef _LINUX_MMZONE_H
#define _LINUX_MMZONE_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/numa.h>
#include <linux/nodemask.h>
#include <asm/page.h>

#define MAX_PAGE_ORDER		10
#define MAX_ORDER_NR_PAGES	(1 << MAX_PAGE_ORDER)
#define NR_PAGE_ORDERS		(MAX_PAGE_ORDER + 1)
#define PAGE_ALLOC_COSTLY_ORDER	3
/* That of x86-64 with huge pages: 2 MiB. */
#define pageblock_order		9
#define pageblock_nr_pages	(1UL << pageblock_order)
#define pageblock_align(pfn) \
	(((pfn) + pageblock_nr_pages - 1) & ~(pageblock_nr_pages - 1))
#define pageblock_start_pfn(pfn)	((pfn) & ~(pageblock_nr_pages - 1))
#define pageblock_end_pfn(pfn)		(((pfn) + pageblock_nr_pages) & ~(pageblock_nr_pages - 1))
#define pageblock_aligned(pfn)		(((pfn) & (pageblock_nr_pages - 1)) == 0)

enum migratetype {
	MIGRATE_UNMOVABLE,
	MIGRATE_MOVABLE,
	MIGRATE_RECLAIMABLE,
	MIGRATE_PCPTYPES,	/* types with per-CPU lists */
	MIGRATE_HIGHATOMIC = MIGRATE_PCPTYPES,
	MIGRATE_ISOLATE,	/* free pages of such a block are not handed out */
	MIGRATE_TYPES
};

extern const char *const migratetype_names[MIGRATE_TYPES] KM_SYM(migratetype_names);
/* Memory so small that one pageblock of each type would be too much: all is unmovable. */
extern int page_group_by_mobility_disabled KM_SYM(page_group_by_mobility_disabled);

#define is_migrate_isolate(type)	((type) == MIGRATE_ISOLATE)
#define is_migrate_cma(type)		false
#define is_migrate_movable(type)	((type) == MIGRATE_MOVABLE)
#define migratetype_is_mergeable(type)	((type) < MIGRATE_PCPTYPES)

#define for_each_migratetype_order(order, type)				\
	for ((order) = 0; (order) < NR_PAGE_ORDERS; (order)++)		\
		for ((type) = 0; (type) < MIGRATE_TYPES; (type)++)

enum zone_type {
	ZONE_DMA,		/* below 16 MiB */
	ZONE_DMA32,		/* below 4 GiB */
	ZONE_NORMAL,
	/* the end of each node with kernelcore= or movablecore=, else empty */
	ZONE_MOVABLE,
	__MAX_NR_ZONES
};
#define MAX_NR_ZONES		__MAX_NR_ZONES

enum zone_watermarks { WMARK_MIN, WMARK_LOW, WMARK_HIGH, WMARK_PROMO, NR_WMARK };

/* -- counters; read them with linux/vmstat.h -------------------------------------------------- */
enum numa_stat_item {
	NUMA_HIT,		/* taken from the node that was wanted */
	NUMA_MISS,		/* taken here, another node was wanted */
	NUMA_FOREIGN,		/* wanted here, taken elsewhere */
	NUMA_INTERLEAVE_HIT,
	NUMA_LOCAL,		/* taken here by a CPU of this node */
	NUMA_OTHER,		/* taken here by a CPU of another node */
	NR_VM_NUMA_EVENT_ITEMS
};

enum zone_stat_item {
	NR_FREE_PAGES,
	NR_ZONE_LRU_BASE,
	NR_ZONE_INACTIVE_ANON = NR_ZONE_LRU_BASE,
	NR_ZONE_ACTIVE_ANON,
	NR_ZONE_INACTIVE_FILE,
	NR_ZONE_ACTIVE_FILE,
	NR_ZONE_UNEVICTABLE,
	NR_ZONE_WRITE_PENDING,
	NR_MLOCK,
	NR_BOUNCE,
	NR_FREE_CMA_PAGES,
	NR_VM_ZONE_STAT_ITEMS
};

enum node_stat_item {
	NR_LRU_BASE,
	NR_INACTIVE_ANON = NR_LRU_BASE,
	NR_ACTIVE_ANON,
	NR_INACTIVE_FILE,
	NR_ACTIVE_FILE,
	NR_UNEVICTABLE,
	NR_SLAB_RECLAIMABLE_B,
	NR_SLAB_UNRECLAIMABLE_B,
	NR_ISOLATED_ANON,
	NR_ISOLATED_FILE,
	NR_ANON_MAPPED,
	NR_FILE_MAPPED,
	NR_FILE_PAGES,
	NR_FILE_DIRTY,
	NR_WRITEBACK,
	NR_SHMEM,
	NR_KERNEL_MISC_RECLAIMABLE,
	NR_KERNEL_STACK_KB,
	NR_PAGETABLE,
	NR_VM_NODE_STAT_ITEMS
};

/* -- what kernel code sees of a node and a zone ----------------------------------------------- */
struct zone;

typedef struct pglist_data {
	int node_id;
	int nr_zones;			/* 1 + the highest populated zone's type */
	unsigned long node_start_pfn;
	unsigned long node_present_pages;
	unsigned long node_spanned_pages;
} pg_data_t;

struct zone {
	unsigned long _watermark[NR_WMARK];
	unsigned long watermark_boost;
	unsigned long nr_reserved_highatomic;
	long lowmem_reserve[MAX_NR_ZONES];
	int node;
	unsigned int km_type;		/* enum zone_type; use zone_idx() */
	struct pglist_data *zone_pgdat;
	unsigned long zone_start_pfn;
	atomic64_t managed_pages;
	unsigned long spanned_pages;
	unsigned long present_pages;
	const char *name;
};

extern struct pglist_data *node_data[MAX_NUMNODES] KM_SYM(node_data);
/* NULL for a node the machine does not have. */
#define NODE_DATA(nid)		(node_data[nid])
#define node_present_pages(nid)	(NODE_DATA(nid)->node_present_pages)
#define node_spanned_pages(nid)	(NODE_DATA(nid)->node_spanned_pages)
#define node_start_pfn(nid)	(NODE_DATA(nid)->node_start_pfn)
#define node_end_pfn(nid)	(node_start_pfn(nid) + node_spanned_pages(nid))

/* One after another, all nodes' zones or the populated ones; NULL ends. */
struct zone *km_first_zone(void) KM_SYM(first_zone);
struct zone *next_zone(struct zone *zone) KM_SYM(next_zone);
struct zone *km_populated_zone(struct zone *zone) KM_SYM(populated_zone_from);
#define for_each_zone(zone) \
	for ((zone) = km_first_zone(); (zone); (zone) = next_zone(zone))
#define for_each_populated_zone(zone)					\
	for ((zone) = km_populated_zone(km_first_zone()); (zone);		\
	     (zone) = km_populated_zone(next_zone(zone)))

static inline int zone_idx(const struct zone *zone)
{
	return (int)zone->km_type;
}

static inline int zone_to_nid(const struct zone *zone)
{
	return zone->node;
}

static inline unsigned long zone_managed_pages(const struct zone *zone)
{
	return (unsigned long)zone->managed_pages.counter;
}

static inline bool managed_zone(const struct zone *zone)
{
	return zone_managed_pages(zone) != 0;
}

static inline bool populated_zone(const struct zone *zone)
{
	return zone->present_pages != 0;
}

static inline unsigned long zone_end_pfn(const struct zone *zone)
{
	return zone->zone_start_pfn + zone->spanned_pages;
}

static inline bool zone_spans_pfn(const struct zone *zone, unsigned long pfn)
{
	return zone->zone_start_pfn <= pfn && pfn < zone_end_pfn(zone);
}

static inline unsigned long wmark_pages(const struct zone *zone, enum zone_watermarks mark)
{
	return zone->_watermark[mark] + zone->watermark_boost;
}

#define min_wmark_pages(zone)	wmark_pages((zone), WMARK_MIN)
#define low_wmark_pages(zone)	wmark_pages((zone), WMARK_LOW)
#define high_wmark_pages(zone)	wmark_pages((zone), WMARK_HIGH)
#define promo_wmark_pages(zone)	wmark_pages((zone), WMARK_PROMO)
/* No high memory on a 64-bit machine: every page has an address. */
#define is_highmem(zone)	((void)(zone), 0)
#define is_highmem_idx(type)	((void)(type), 0)

#define PFN_SECTION_SHIFT	(SECTION_SIZE_BITS - PAGE_SHIFT)
#define SECTION_SIZE_BITS	27
#define PAGES_PER_SECTION	(1UL << PFN_SECTION_SHIFT)

#endif
