/* SPDX-License-Identifier: MIT */
/*
 * zone.h - a node's frames by what devices can reach: free lists, watermarks, reserves
 *
 * Z3  zone_table[node * MAX_NR_ZONES + type]; frame->home >> 2 is that index.
 * Z4  free counts the frames on free_blocks except those of isolated pageblocks, which nobody may
 *     have and which isolated counts.
 * Lock: zone->lock for free_blocks, free, isolated, free_highatomic and the blocks on the lists.
 * free may be read without it (watermark tests).
 */
#ifndef PAGE_ZONE_H
#define PAGE_ZONE_H

#include <linux/list.h>
#include <linux/mmzone.h>
#include <linux/mm_types.h>
#include <asm/percpu.h>
#include "kern/spin.h"
#include "page/gfp.h"

enum zone_mark { MARK_MIN, MARK_LOW, MARK_HIGH, MARK_PROMO, ZONE_MARKS };

#define PCP_ORDERS	(PAGE_ALLOC_COSTLY_ORDER + 1)	/* orders 0..3 have per-CPU lists */
/* kinds of per-CPU list: one of each of the first migrate types, and one that keeps nothing */
#define PCP_STRAIGHT	MIGRATE_PCPTYPES
#define PCP_KINDS	(MIGRATE_PCPTYPES + 1)
#define ZONES		(MAX_NUMNODES * MAX_NR_ZONES)

struct zone_blocks {
	struct list_head list[MIGRATE_TYPES];	/* of page->lru of head frames */
	unsigned long of_type[MIGRATE_TYPES];
	unsigned long count;			/* of all types */
};

struct page_zone {
	struct zone seen;		/* first: what kernel code sees; zone_publish() */
	struct km_spin lock;
	u8 id;				/* index in zone_table */
	u8 node;
	u8 type;			/* enum zone_type */
	bool wakes_boosted;		/* boosted since background reclaim was last woken */
	const char *name;
	unsigned long start_pfn, spanned, present, managed;
	unsigned long free;		/* frames on free_blocks that may be had */
	unsigned long free_highatomic;	/* of these in HIGHATOMIC pageblocks */
	unsigned long isolated;		/* frames on free_blocks of isolated pageblocks */
	unsigned long reserved_highatomic;	/* frames of HIGHATOMIC pageblocks */
	unsigned long mark[ZONE_MARKS];
	unsigned long boost;		/* on top of every mark, until background reclaim is done */
	/* lowmem_reserve, by the zone the caller may use at most */
	unsigned long reserve[MAX_NR_ZONES];
	struct zone_blocks free_blocks[NR_PAGE_ORDERS];
	/* C1 of vmstat.c, under lock: blocks handed out past the lists, and back from the lists */
	unsigned long direct[NR_PAGE_ORDERS], returned[PCP_ORDERS];
	/* frames moved at once between this CPU's list and the zone */
	unsigned int pcp_batch;
	unsigned int pcp_high, pcp_high_max;	/* frames of single pages a CPU may keep */
};

extern struct page_zone zone_table[ZONES];
extern unsigned int node_count;		/* nodes 0 .. node_count - 1 exist */

/* Every zone the machine could have, by node and within a node upwards. */
#define for_each_page_zone(zone)						\
	for ((zone) = zone_table; (zone) < zone_table + node_count * MAX_NR_ZONES; (zone)++)

void zone_boot(void);			/* spans, from memblock; managed and free still 0 */
void zone_boot_lists(void);		/* watermarks, reserves, per-CPU lists: managed is known */
void zone_set_reserves(void);		/* from lowmem_reserve_ratio */
void zone_publish(void);		/* into what kernel code sees */

extern unsigned int lowmem_reserve_ratio[MAX_NR_ZONES];

static inline bool zone_is_populated(const struct page_zone *zone)
{
	return zone->managed != 0;
}

static inline struct page_zone *zone_of(const struct page *page)
{
	return &zone_table[page->home >> 2];
}

static inline struct page_zone *node_zone(unsigned int node, enum zone_type type)
{
	return &zone_table[node * MAX_NR_ZONES + type];
}

/* -- node.c ----------------------------------------------------------------------------------- */
/*
 * Where a request of a node looks, best first: the node's own zones from the highest type down,
 * then those of the nearest other node, and so on. Zones without memory are left out.
 */
struct zone_list {
	u8 count;
	u8 zone[ZONES];			/* index in zone_table */
};
extern struct zone_list node_list[MAX_NUMNODES];
extern u8 node_of_cpu[KM_MAX_CPUS];
extern u8 node_apart[MAX_NUMNODES][MAX_NUMNODES];	/* node_distance() */

void node_boot(void);			/* how many, and which frames each has; from memblock */
void node_boot_lists(void);		/* zones have their memory: lists, masks, distances */
void node_shutdown(void);
unsigned int node_cpus(unsigned int node);
/* The node frame @pfn belongs to, and the first frame behind that node's. */
unsigned int node_of_pfn(unsigned long pfn, unsigned long *ret_end);
unsigned long node_present(void);		/* frames of all nodes */
/* First frame of ZONE_MOVABLE on @node; ~0UL: it has none. */
unsigned long node_movable_start(unsigned int node);
int node_set_fake(const char *value);		/* numa= */
int node_set_kernelcore(const char *value);
int node_set_movablecore(const char *value);

/* May @ask have frames of @zone, by type and node? */
static inline bool zone_serves(const struct page_zone *zone, const struct page_ask *ask)
{
	return zone->type <= ask->zone_top && (!ask->this_node || zone->node == ask->node) &&
	       (!ask->nodes || node_isset(zone->node, *ask->nodes));
}

static inline unsigned int node_here(void)
{
	return node_of_cpu[km_port_cpu()];
}

/* -- watermark.c ------------------------------------------------------------------------------ */
extern unsigned long min_free_kbytes;
extern unsigned long min_free_kbytes_wanted;		/* 0: as memory is */
extern unsigned int watermark_scale_factor, watermark_boost_factor;
void watermark_set(void);		/* from the variables above; per-CPU lists follow */
unsigned long watermark_min_free_kbytes(unsigned long lowmem_kbytes);
/*
 * Free frames of @zone that @ask has to leave alone, starting from @mark; the lower zone's
 * reserve is added.
 */
unsigned long watermark_limit(const struct page_zone *zone, enum zone_mark mark,
			      const struct page_ask *ask);
/* For a request that may not touch the HIGHATOMIC reserve. */
bool watermark_is_ok(const struct page_zone *zone, unsigned int order, unsigned long limit);
bool watermark_allows(const struct page_zone *zone, const struct page_ask *ask,
		      unsigned long limit);
/* A pageblock of another type was broken into: keep more free until reclaim has caught up. */
void watermark_boost_locked(struct page_zone *zone);
/* Background reclaim is done with @boost frames of it. */
void watermark_unboost(struct page_zone *zone, unsigned long boost);

/* -- vmstat.c --------------------------------------------------------------------------------- */
void vmstat_boot(void);
/* On a machine of several nodes: @zone gave a block for @ask. */
void vmstat_numa(const struct page_zone *zone, const struct page_ask *ask);
unsigned long vmstat_blocks(const struct page_zone *zone);	/* handed out since boot */
unsigned long vmstat_pages(const struct page_zone *zone);

/* -- buddy.c ---------------------------------------------------------------------------------- */
/* The smallest block of @type that fits; NULL: none of this type, others may have some. */
struct page *buddy_take_locked(struct page_zone *zone, unsigned int order, enum migratetype type);
/* Out of the free block @page of order @have: its first 2^order frames. */
struct page *buddy_carve_locked(struct page_zone *zone, struct page *page, unsigned int have,
				unsigned int order);
void buddy_give_locked(struct page_zone *zone, struct page *page, unsigned int order);
/* Off its list and back, when its pageblock changes type; merge: also with what lies beside it. */
void buddy_unlink_locked(struct page_zone *zone, struct page *page, unsigned int order);
void buddy_link_locked(struct page_zone *zone, struct page *page, unsigned int order);
void buddy_merge_locked(struct page_zone *zone, struct page *page, unsigned int order);
bool buddy_validate(struct page_zone *zone);

#endif
