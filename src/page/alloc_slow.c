/* SPDX-License-Identifier: MIT */
/*
 * alloc_slow.c - a request that found every allowed zone below its low mark
 *
 * Owns: how often and how deep to try again, and who is turned away when.  Not: how memory is made
 * free (the reclaim room, through reclaim_ops.h).
 *
 * S1  GFP is not looked at: the struct page_ask says all.
 * S2  A request that must succeed either does or ends in panic with the reason; it never returns
 *     NULL.
 * S3  Nothing here sleeps unless ask->may_block and the context allows it.  A request that may not
 *     block, or whose task is in PF_MEMALLOC, never reclaims and never comes to the OOM handling.
 * S4  Small requests (order 0 to 3) are not given up as long as something comes free: only after
 *     RECLAIM_RETRIES runs in a row without any the OOM handling is asked.
 * S5  A larger one is given up after one run, one with __GFP_RETRY_MAYFAIL after RECLAIM_RETRIES;
 *     neither comes to the OOM handling.
 * Lock: none.
 */
#include "page/alloc.h"

#include <linux/bug.h>
#include <linux/panic.h>
#include <linux/sched.h>
#include "kern/kern.h"
#include "page/mobility.h"
#include "page/page_room.h"
#include "page/reclaim_ops.h"
#include "watch/watch.h"

#define SLOW_NS			700	/* km_port_effort() */
#define RECLAIM_RETRIES		16
/* Runs of which shrinkers say that they freed something, and nobody sees it. */
#define CLAIM_RETRIES		(16 * RECLAIM_RETRIES)
/* Ticks that a request without __GFP_FS waits for others before it counts as out of memory. */
#define NOFS_TICKS		16
/* ticks without any frame freed before a NOFAIL request gives up */
#define MUST_IDLE_TICKS		10000
#define MUST_ROOM_TICKS		100	/* how often it makes room itself */

struct tries {
	unsigned int idle;		/* runs in a row in which nothing came free */
	unsigned int claimed;		/* runs in a row in which somebody says it did */
	unsigned int nofs_ticks;
};

static void wake_background(const struct page_ask *ask)
{
	for (unsigned int nid = 0; nid < page_nodes(); nid++) {
		if (page_node_serves(nid, ask))
			page_wake_reclaim(nid, ask);
	}
}

/* What costs nobody anything: what rules keep, and per-CPU lists. */
static void make_room(const struct page_ask *ask)
{
	struct km_event event = {
		.point = KM_POINT_PRESSURE, .family = KM_FAMILY_PAGES, .what = "alloc_pages",
		.bytes = PAGE_SIZE << ask->order, .gfp = ask->gfp, .order = ask->order,
	};

	watch_tell_inner(&event);
	if (ask->may_block)
		highatomic_release(ask, false);
	if (ask->may_block && kern_may_sleep())
		pcp_drain_everywhere();
	else
		pcp_drain_here();
}

/* S3.  A caller in a wrong context was told of by might_alloc(); here it only must not sleep. */
static bool may_reclaim(const struct page_ask *ask)
{
	return ask->may_block && kern_may_sleep() && !(current->flags & PF_MEMALLOC) &&
	       page_reclaim_ops;
}

/* After a run that was not enough: is another worth it?  S4, S5. */
static bool is_worth_more(const struct page_ask *ask, const struct page_reclaimed *got,
			  struct tries *tries)
{
	if (ask->one_try)
		return false;
	if (ask->order > PAGE_ALLOC_COSTLY_ORDER && !ask->try_hard)
		return false;
	if (got->pages && ask->order <= PAGE_ALLOC_COSTLY_ORDER) {
		tries->idle = tries->claimed = 0;
		return true;
	}
	if (got->objects && tries->claimed++ < CLAIM_RETRIES)
		return true;
	/* What was kept back for urgent requests is worth a last try. */
	if (tries->idle++ >= RECLAIM_RETRIES)
		return highatomic_release(ask, true);
	/* There is something, but its owner could not give it just now: give others time. */
	if (got->left)
		schedule_timeout_uninterruptible(1);
	else
		km_port_yield();
	return true;
}

/* Nothing comes free any more: true to go on all the same. */
static bool is_rescued(const struct page_ask *ask, struct tries *tries)
{
	/* The reserve of others goes before anybody is stopped. */
	if (!ask->one_try && ask->order <= PAGE_ALLOC_COSTLY_ORDER &&
	    highatomic_release(ask, true)) {
		tries->idle = tries->claimed = 0;
		return true;
	}
	if (!ask->may_oom)
		return false;
	/* It may be the caller's locks that keep file systems from freeing: others may do it. */
	if (!ask->may_fs && tries->nofs_ticks++ < NOFS_TICKS)
		schedule_timeout_uninterruptible(1);
	else if (!page_reclaim_ops->out_of_memory(ask))
		return false;
	tries->idle = tries->claimed = 0;
	make_room(ask);
	return true;
}

static struct page *reclaim_and_take(const struct page_ask *ask)
{
	struct tries tries = { 0 };
	struct page_reclaimed got;
	struct page *page;

	do {
		do {
			wake_background(ask);
			page_reclaim_ops->progress(ask, &got);
			page = zones_take(ask, MARK_MIN);
			if (!page && got.pages && highatomic_release(ask, false))
				page = zones_take(ask, MARK_MIN);
			if (page)
				return page;
		} while (is_worth_more(ask, &got, &tries));
	} while (is_rescued(ask, &tries));
	make_room(ask);
	return zones_take(ask, MARK_MIN);
}

void page_make_room(const struct page_ask *ask)
{
	struct page_reclaimed got;

	make_room(ask);
	if (may_reclaim(ask))
		page_reclaim_ops->progress(ask, &got);
}

/* Wait for others to free; the last reserves are open to it. */
static struct page *take_at_last(const struct page_ask *ask)
{
	struct page_ask urgent = *ask;
	unsigned long free = page_free_total();
	unsigned int idle = 0;

	if (!ask->is_quiet)
		WARN_ONCE(!in_interrupt() && (current->flags & PF_MEMALLOC),
			  "page: __GFP_NOFAIL in PF_MEMALLOC: nobody reclaims for it\n");
	urgent.may_dip = true;
	while (idle++ < MUST_IDLE_TICKS) {
		struct page *page = zones_take(&urgent, MARK_MIN);

		if (page)
			return page;
		if (idle % MUST_ROOM_TICKS == 0)
			page_make_room(ask);
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
	struct page *page;

	km_port_effort(SLOW_NS);
	wake_background(ask);
	page = zones_take(ask, MARK_MIN);
	if (page)
		return page;
	make_room(ask);
	page = zones_take(ask, MARK_MIN);
	if (!page && may_reclaim(ask))
		page = reclaim_and_take(ask);
	if (page)
		return page;
	if (ask->must_succeed)
		return take_at_last(ask);
	if (!ask->is_quiet)
		WARN_ONCE(ask->is_nofail,
			  "page: __GFP_NOFAIL without __GFP_DIRECT_RECLAIM: it fails\n");
	page_report_failure(ask);
	return NULL;
}
