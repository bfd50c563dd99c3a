/* SPDX-License-Identifier: MIT */
/*
 * alloc_slow.c - a request that found every allowed zone below its low mark
 *
 * Owns: how often and how deep to try again. There is no reclaim room yet: room is made by asking
 * rules for what they keep and by emptying per-CPU lists, so a request that may block has no more
 * to hope for than that, or what others free.
 * S1  GFP is not looked at: the struct page_ask says all.
 * S2  A request that must succeed either does or ends in panic with the reason; it never returns
 *     NULL.
 * Lock: none.  Sleeps only if ask->may_block and the context allows it.
 */
#include "page/alloc.h"

#include <linux/bug.h>
#include <linux/panic.h>
#include <linux/sched.h>
#include "kern/kern.h"
#include "page/page_room.h"
#include "watch/watch.h"

/* ticks without any frame freed before a NOFAIL request gives up */
#define MUST_IDLE_TICKS		10000
#define MUST_ROOM_TICKS		100	/* how often it makes room itself */

static void make_room(const struct page_ask *ask)
{
	struct km_event event = {
		.point = KM_POINT_PRESSURE, .family = KM_FAMILY_PAGES, .what = "alloc_pages",
		.bytes = PAGE_SIZE << ask->order, .gfp = ask->gfp, .order = ask->order,
	};

	watch_tell_inner(&event);
	if (ask->may_block && kern_may_sleep())
		pcp_drain_everywhere();
	else
		pcp_drain_here();
}

/* Wait for others to free; the last reserves are open to it. */
static struct page *take_at_last(const struct page_ask *ask)
{
	struct page_ask urgent = *ask;
	unsigned long free = page_free_total();
	unsigned int idle = 0;

	urgent.may_dip = true;
	while (idle++ < MUST_IDLE_TICKS) {
		struct page *page = zones_take(&urgent, MARK_MIN);

		if (page)
			return page;
		if (idle % MUST_ROOM_TICKS == 0)
			make_room(ask);
		if (kern_may_sleep())
			schedule_timeout_uninterruptible(1);
		else
			km_port_relax();
		if (page_free_total() > free)
			idle = 0;
		free = page_free_total();
	}
	panic("page: __GFP_NOFAIL order:%u cannot be served: nothing was freed for %u ticks",
	      ask->order, MUST_IDLE_TICKS);
}

struct page *page_alloc_slow(const struct page_ask *ask)
{
	struct page *page = zones_take(ask, MARK_MIN);

	if (page)
		return page;
	make_room(ask);
	page = zones_take(ask, MARK_MIN);
	if (page)
		return page;
	if (ask->must_succeed)
		return take_at_last(ask);
	page_report_failure(ask);
	return NULL;
}
