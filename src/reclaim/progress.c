/* SPDX-License-Identifier: MIT */
/*
 * progress.c - one run of reclaim: shrinkers, then what rooms keep for speed
 *
 * Owns: the order in which memory is asked for, and when a run has done enough.
 * J1  The task is in PF_MEMALLOC for the whole run, so that nothing in it reclaims again.
 * J2  A run looks at 1/4096 of what can be freed first and at all of it last, and ends as soon as
 *     SWAP_CLUSTER_MAX pages came free or the request fits.
 * J3  Pages count as freed when more are free than before, whoever freed them: what a shrinker says
 *     it freed may still lie on somebody's list.
 * No lock.  Sleeps.
 */
#include "reclaim/reclaim.h"

#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <page/page_room.h>
#include <page/pcp.h>

#define ROUND_NS	1500	/* km_port_effort() */

static unsigned long free_now(void)
{
	unsigned long pages = 0;

	for (unsigned int nid = 0; nid < page_nodes(); nid++)
		pages += page_node_free(nid);
	return pages;
}

static unsigned long risen_since(unsigned long before)
{
	unsigned long now = free_now();

	return now > before ? now - before : 0;
}

unsigned long reclaim_round(gfp_t gfp, int nid, int priority, struct shrink_sum *sum)
{
	unsigned long before = page_node_free(nid), freed = sum->freed, now;

	km_port_effort(ROUND_NS);
	shrink_node(gfp, nid, priority, sum);
	now = page_node_free(nid);
	/* Objects that came free may have left slabs empty; otherwise once a run is enough. */
	if (now < before + SWAP_CLUSTER_MAX &&
	    (priority == DEF_PRIORITY || sum->freed != freed)) {
		givers_ask();
		now = page_node_free(nid);
	}
	return now > before ? now - before : 0;
}

static bool is_served(const struct page_ask *ask)
{
	for (unsigned int nid = 0; nid < page_nodes(); nid++) {
		if (page_node_serves(nid, ask) &&
		    page_node_is_above(nid, MARK_MIN, ask->order, ask->zone_top))
			return true;
	}
	return false;
}

void progress_direct(const struct page_ask *ask, struct page_reclaimed *ret_reclaimed)
{
	unsigned int scope = memalloc_noreclaim_save();		/* J1 */
	unsigned long before = free_now();
	struct shrink_sum sum = { 0 };

	for (int priority = DEF_PRIORITY; priority >= 0; priority--) {
		sum.left = 0;
		for (unsigned int nid = 0; nid < page_nodes(); nid++) {
			if (page_node_serves(nid, ask))
				reclaim_round(ask->gfp, nid, priority, &sum);
		}
		if (risen_since(before) >= SWAP_CLUSTER_MAX || is_served(ask))
			break;
		if (!sum.left && !sum.freed)
			break;		/* nobody has anything: a deeper look finds no more */
	}
	/* What came free lies on this CPU's lists, and only zones are measured. */
	if (sum.freed || risen_since(before))
		pcp_drain_everywhere();
	*ret_reclaimed = (struct page_reclaimed) {
		.pages = risen_since(before), .objects = sum.freed, .left = sum.left,
	};
	memalloc_noreclaim_restore(scope);
	STAT_ADD(direct, 1);
	STAT_ADD(direct_pages, ret_reclaimed->pages);
	if (ret_reclaimed->pages)
		kswapd_forgive();
}
