/* SPDX-License-Identifier: MIT */
/*
 * alloc.h - the fast road: a block from this CPU's list and back
 *
 * A1  What page_alloc() returns has reference count 1, flags and private 0, _mapcount -1, and
 *     every frame of the block carries the owner.
 * A2  The bodies here test no rule, no watermark and no scope: a block on a CPU's list was
 *     cleared for use when it was moved there.
 */
#ifndef PAGE_ALLOC_H
#define PAGE_ALLOC_H

#include <linux/mm.h>
#include "page/frame.h"
#include "page/pcp.h"

/* A request as the calls for a certain node put it. */
struct page_want {
	gfp_t gfp;
	unsigned int order;
	int node;			/* NUMA_NO_NODE: that of this CPU */
	const nodemask_t *nodes;	/* NULL: any */
};

extern bool page_watched;		/* every public call goes through watched.c; set at boot */
extern gfp_t page_zero_gfp;		/* __GFP_ZERO when memory is always wiped at allocation */
extern bool page_init_on_free;

/* alloc.c: off the fast road */
struct page *page_alloc_cold(gfp_t gfp, unsigned int order, enum page_owner owner);
struct page *page_alloc_at(const struct page_want *want, enum page_owner owner);
/* Only what can be had above the low mark; for callers with a second choice. */
struct page *page_alloc_easy_at(const struct page_want *want, enum page_owner owner);
void page_dress(struct page *page, gfp_t gfp, unsigned int order, enum page_owner owner);
struct page *zones_take(const struct page_ask *ask, enum zone_mark mark);

/* fail.c */
extern bool page_fail_armed;
bool page_fail_now(gfp_t gfp);

/* Is this one of the engine's own requests that a test wants to fail? */
static __always_inline bool page_fails(gfp_t gfp)
{
	return __builtin_expect(page_fail_armed, 0) && page_fail_now(gfp);
}

/* alloc_slow.c */
struct page *page_alloc_slow(const struct page_ask *ask);
/* What rules and other rooms keep for speed, and per-CPU lists; reclaims if @ask may. */
void page_make_room(const struct page_ask *ask);

/* report.c */
void page_report_failure(const struct page_ask *ask);
void page_report_boot(void);
void page_report_bad(struct page *page, const char *reason);
void page_report_memory(void);

/* free.c: off the fast road */
void page_free_cold(struct page *page, unsigned int order);
void page_put_rest(struct page *page, unsigned int order, bool is_compound);

/* exact.c: bodies of the public calls, for their watched twins as well */
void *exact_alloc(size_t bytes, gfp_t gfp, int node);
void exact_free(void *address, size_t bytes);
void block_split(struct page *page, unsigned int order);

/* contig.c */
struct contig_want {
	unsigned long start, end;	/* frames; end 0: anywhere, @pages of them */
	unsigned long pages;
	unsigned int type;		/* enum migratetype, of their pageblocks afterwards */
	gfp_t gfp;
	int node;
	const nodemask_t *nodes;
};
/* 0 and the first frame, or a negative errno */
int contig_alloc(const struct contig_want *want, struct page **ret_page);

/* bulk.c: where single pages go, to the empty slots of an array or to a list */
struct page_slots {
	int count;
	struct list_head *list;
	struct page **array;
};
unsigned long bulk_alloc(const struct page_want *want, const struct page_slots *slots);

static inline void slot_fill(const struct page_slots *slots, unsigned long at, struct page *page)
{
	if (slots->array)
		slots->array[at] = page;
	else
		list_add(&page->lru, slots->list);
}

static __always_inline struct page *page_finish(struct page *page, gfp_t gfp, unsigned int order,
						enum page_owner owner)
{
	page->owner = owner;
	set_page_count(page, 1);
	if (__builtin_expect(order || ((gfp | page_zero_gfp) & __GFP_ZERO), 0))
		page_dress(page, gfp, order, owner);
	return page;
}

static __always_inline struct page *page_alloc(gfp_t gfp, unsigned int order,
					       enum page_owner owner)
{
	if (__builtin_expect(order < PCP_ORDERS, 1)) {
		void *node = pcpu_take(pcp_road[gfp & PCP_ROAD_MASK][order]);

		if (__builtin_expect(node != NULL, 1))
			return page_finish(container_of(node, struct page, lru), gfp, order, owner);
	}
	return page_alloc_cold(gfp, order, owner);
}

/*
 * Flags, mapping and mapcount as a free page must have them; owner one of those handed out; the
 * order it was taken with.
 */
static __always_inline bool page_is_fit(const struct page *page, unsigned int order)
{
	return !((page->flags & PAGE_FLAGS_CHECK_AT_FREE) | (unsigned long)page->mapping |
		 (unsigned int)(page->_mapcount.counter + 1)) &&
	       page->owner >= PAGE_OWNER_PAGES && page->order == order;
}

/* The last reference is gone. */
static __always_inline void page_free(struct page *page, unsigned int order)
{
	if (__builtin_expect(order || page_init_on_free || !page_is_fit(page, 0), 0)) {
		page_free_cold(page, order);
		return;
	}
	page->flags = 0;
	page->private = 0;
	pcp_give(page, 0);
}

/* Drop one reference of a block that was taken with @order. */
static __always_inline void page_put_block(struct page *page, unsigned int order)
{
	bool is_compound = PageHead(page);

	if (__builtin_expect(page_ref_dec_and_test(page), 1))
		page_free(page, order);
	else
		page_put_rest(page, order, is_compound);
}

/*
 * A block that was freed while others still held its first page has lost its tails; the order it
 * had stays in flags until the first page goes as well, so that a rule can tell this from a free
 * with the wrong order.
 */
#define PAGE_PARTED_SHIFT	56
#define PAGE_PARTED_MASK	(0xfUL << PAGE_PARTED_SHIFT)

static inline unsigned int page_asked_order(const struct page *page)
{
	unsigned int parted = (page->flags & PAGE_PARTED_MASK) >> PAGE_PARTED_SHIFT;

	if (parted)
		return parted;
	return PageHead(page) ? page->order : 0;
}

#endif
