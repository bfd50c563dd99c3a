/* SPDX-License-Identifier: MIT */
/*
 * zone.h - a range of frames by what devices can reach, its free lists and its watermarks
 *
 * Lock: zone->lock for free_blocks, free and the blocks on them. free may be read without it
 * (watermark tests).
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

struct zone_blocks {
	struct list_head list;		/* of page->lru of head frames */
	unsigned long count;
};

struct page_zone {
	struct km_spin lock;
	u8 id;				/* enum zone_type */
	const char *name;
	unsigned long start_pfn, spanned, present, managed;
	unsigned long free;		/* frames on free_blocks */
	unsigned long mark[ZONE_MARKS];
	/* lowmem_reserve, by the zone the caller may use at most */
	unsigned long reserve[MAX_NR_ZONES];
	struct zone_blocks free_blocks[NR_PAGE_ORDERS];
	/* frames moved at once between this CPU's list and the zone */
	unsigned int pcp_batch;
	struct pcpu_head pcp[PCP_ORDERS][KM_MAX_CPUS];	/* of page->lru */
};

extern struct page_zone page_zone[MAX_NR_ZONES];

/*
 * First populated zone for the four zone bits of a gfp; never NULL (an empty zone if there is
 * none).
 */
extern struct page_zone *zone_first[16];

void zone_boot(void);			/* spans, from memblock; managed and free still 0 */
void zone_boot_lists(void);		/* watermarks, reserves, per-CPU lists: managed is known */

static inline bool zone_is_populated(const struct page_zone *zone)
{
	return zone->managed != 0;
}

static inline struct page_zone *zone_of(const struct page *page)
{
	return &page_zone[page->zone_id];
}

/* -- watermark.c ------------------------------------------------------------------------------ */
extern unsigned long min_free_kbytes;
void watermark_boot(void);
unsigned long watermark_min_free_kbytes(unsigned long lowmem_kbytes);
/*
 * Free frames of @zone that @ask has to leave alone, starting from @mark; the lower zone's
 * reserve is added.
 */
unsigned long watermark_limit(const struct page_zone *zone, enum zone_mark mark,
			      const struct page_ask *ask);
bool watermark_is_ok(const struct page_zone *zone, unsigned int order, unsigned long limit);

/* -- buddy.c ---------------------------------------------------------------------------------- */
struct page *buddy_take_locked(struct page_zone *zone, unsigned int order);
void buddy_give_locked(struct page_zone *zone, struct page *page, unsigned int order);
bool buddy_validate(struct page_zone *zone);

#endif
