/* SPDX-License-Identifier: MIT */
/*
 * page_room.h - what slab, vmap, kapi, machine and rules call in page beyond linux/gfp.h and linux/mm.h
 */
#ifndef PAGE_PAGE_ROOM_H
#define PAGE_PAGE_ROOM_H

#include <kmalloc/port.h>
#include <linux/mm_types.h>

int page_boot(bool init_on_alloc, bool init_on_free, bool watched);	/* memblock from km_port_regions(), then the buddy allocator */
unsigned long page_shutdown(void);	/* frames still out (not counting the engine's own, which earlier shutdowns gave back) */

/* Engine-internal allocation: no door, no event, no site of its own.  page_take sets owner; order as given, never compound unless __GFP_COMP. */
struct page *page_take(gfp_t gfp, unsigned int order, enum page_owner owner);
void page_give(struct page *page, unsigned int order);

extern bool page_init_on_alloc, page_init_on_free;

/* Linear map.  frame_of() is NULL for an address that is not in managed or reserved RAM: safe for any pointer. */
struct page *frame_of(const void *address);
struct page *frame_head(struct page *page);	/* head of a compound block, slab or large object; the page itself else */
void *frame_address(const struct page *page);
unsigned long frame_pfn(const struct page *page);
struct page *pfn_frame(unsigned long pfn);	/* NULL for holes */

/* inspect.c: read only, for reports and rules */
struct page_zone_stats {
	const char *name;
	unsigned long start_pfn, spanned, present, managed, free, pcp, min, low, high;
	unsigned long free_blocks[11];
};
unsigned int page_zones(void);
void page_zone_read(unsigned int zone, struct page_zone_stats *ret_stats);
unsigned long page_free_total(void);	/* buddy + per-CPU lists */
void page_drain_all(void);		/* give per-CPU lists back */
bool page_validate(void);		/* walks every zone: B1, B2, counters; false and one printed line on damage */

#endif
