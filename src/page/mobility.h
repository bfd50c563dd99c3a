/* SPDX-License-Identifier: MIT */
/*
 * mobility.h - pageblocks: which type each has, and who may break into which
 *
 * M1  All frames of a pageblock have the same mobility and, by it, the same kind of per-CPU list.
 */
#ifndef PAGE_MOBILITY_H
#define PAGE_MOBILITY_H

#include <linux/container_of.h>
#include "page/zone.h"

/*
 * The per-CPU list a freed frame of a pageblock of @type goes to. HIGHATOMIC frames go with the
 * movable ones, so that most of the reserve comes back to the zone; isolated ones straight there.
 */
static inline unsigned int mobility_kind(unsigned int type)
{
	if (type < MIGRATE_PCPTYPES)
		return type;
	return type == MIGRATE_HIGHATOMIC ? MIGRATE_MOVABLE : PCP_STRAIGHT;
}

/* Are @present frames enough to keep types apart? */
void mobility_boot(unsigned long present);
/* Give the pageblocks of [@pfn, @pfn + 2^order) a type; free blocks in them are not on a list. */
void mobility_mark_locked(unsigned long pfn, unsigned int order, enum migratetype type);
/*
 * Give the pageblock of frame @pfn a type and put its free blocks on that type's lists.
 * Return: frames that were free.
 */
unsigned long mobility_move_locked(struct page_zone *zone, unsigned long pfn,
				   enum migratetype type);
/*
 * A block for @ask: of its own type, else of a pageblock won over from another, else borrowed.
 * Leaves the reserves of HIGHATOMIC and ISOLATE alone.
 */
struct page *mobility_take_locked(struct page_zone *zone, const struct page_ask *ask);

/* -- highatomic.c ----------------------------------------------------------------------------- */
/* @page was hard to get for an urgent request of several pages: keep its pageblock for the next. */
void highatomic_reserve(struct page_zone *zone, const struct page *page);
/*
 * Memory is short: let go of one reserved pageblock that @ask could use; @all: also of the last
 * one. True if there was one.
 */
bool highatomic_release(const struct page_ask *ask, bool all);

#endif
