/* SPDX-License-Identifier: MIT */
/*
 * pcp.h - this CPU's own short lists of free blocks: by zone, migrate type and order (0 to 3)
 *
 * P3  pcp_road[gfp & PCP_ROAD_MASK] are the lists of the zone a request turns to first, where that
 *     is the same for every CPU. On a machine of several nodes it is not, and the road leads to
 *     pcp_none, which is always empty: the cold road then knows the node (alloc.c). So it is
 *     for movable pages, for whether a page may be one depends on the task's scopes.
 * P4  pcp_back[frame->home] are the lists a freed block goes to, whichever CPU frees it: a CPU has
 *     lists of remote zones too, as in Linux.
 */
#ifndef PAGE_PCP_H
#define PAGE_PCP_H

#include <linux/container_of.h>
#include "page/zone.h"

#define PCP_ROAD_MASK	(GFP_ZONEMASK | __GFP_RECLAIMABLE)
#define PCP_ROADS	32

extern struct pcpu_head *pcp_road[PCP_ROADS][PCP_ORDERS];
extern struct pcpu_head *pcp_back[ZONES * PCP_KINDS][PCP_ORDERS];

void pcp_boot(void);			/* lists for every zone with memory */
void pcp_set_limits(void);		/* batch and high, from the watermarks */
void pcp_set_roads(void);
void pcp_shutdown(void);
extern unsigned int percpu_pagelist_high_fraction;	/* 0: by the low mark */

struct page *pcp_refill(struct page_zone *zone, const struct page_ask *ask, unsigned long limit);
void pcp_spill(struct page_zone *zone, unsigned int kind, unsigned int order, unsigned int blocks);
void pcp_overflow(const struct page *page);	/* the list it went to is over its high mark */
void pcp_drain_here(void);		/* this CPU's lists, all zones; any context */
void pcp_drain_everywhere(void);	/* every CPU's lists; task context */
unsigned long pcp_pages(const struct page_zone *zone);
unsigned long pcp_pages_of(const struct page_zone *zone, unsigned int cpu);

/* The lists of all CPUs, indexed by CPU. */
static inline struct pcpu_head *pcp_heads(const struct page_zone *zone, unsigned int kind,
					  unsigned int order)
{
	return pcp_back[zone->id * PCP_KINDS + kind][order];
}

static inline struct page *pcp_take(const struct page_zone *zone, unsigned int kind,
				    unsigned int order)
{
	void *node = pcpu_take(pcp_heads(zone, kind, order));

	return node ? container_of(node, struct page, lru) : NULL;
}

/* The block's frames are FREE, INTERIOR behind the head, as in buddy_give_locked(). */
static inline void pcp_give(struct page *page, unsigned int order)
{
	page->owner = PAGE_OWNER_PCP;
	page->order = order;
	if (__builtin_expect(pcpu_give(pcp_back[page->home][order], &page->lru), 0))
		pcp_overflow(page);
}

#endif
