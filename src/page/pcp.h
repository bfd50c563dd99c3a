/* SPDX-License-Identifier: MIT */
/* pcp.h - this CPU's own short lists of free blocks, orders 0 to 3 */
#ifndef PAGE_PCP_H
#define PAGE_PCP_H

#include <linux/container_of.h>
#include "page/zone.h"

void pcp_boot(struct page_zone *zone);
struct page *pcp_refill(struct page_zone *zone, unsigned int order, unsigned long limit);
void pcp_spill(struct page_zone *zone, unsigned int order, unsigned int blocks);
void pcp_overflow(const struct page *page);	/* the list it went to is over its high mark */
void pcp_drain_here(void);		/* this CPU's lists, all zones; any context */
void pcp_drain_everywhere(void);	/* every CPU's lists; task context */
unsigned long pcp_pages(const struct page_zone *zone);

static inline struct page *pcp_take(struct page_zone *zone, unsigned int order)
{
	void *node = pcpu_take(zone->pcp[order]);

	return node ? container_of(node, struct page, lru) : NULL;
}

/* The block's frames are FREE, INTERIOR behind the head, as in buddy_give_locked(). */
static inline void pcp_give(struct page_zone *zone, struct page *page, unsigned int order)
{
	page->owner = PAGE_OWNER_PCP;
	page->order = order;
	if (__builtin_expect(pcpu_give(zone->pcp[order], &page->lru), 0))
		pcp_overflow(page);
}

#endif
