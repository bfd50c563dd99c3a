/* SPDX-License-Identifier: MIT */
/*
 * reclaim_ops.h - the one upward call of the page room: to who can make memory free
 *
 * The reclaim room fills the struct and machine wires it at boot, so that page names no later room.
 * O1  NULL while there is no reclaim room: requests then live on what is free.
 * O2  The request (struct page_ask) says all; gfp is not decoded again.
 */
#ifndef PAGE_RECLAIM_OPS_H
#define PAGE_RECLAIM_OPS_H

#include "page/zone.h"

/* What one run of direct reclaim came to. */
struct page_reclaimed {
	unsigned long pages;	/* more free now than before: also by others meanwhile */
	unsigned long objects;	/* freed by shrinkers, as they say */
	unsigned long left;	/* objects that could be freed and were not */
};

struct page_reclaim_ops {
	/* A zone of @nid is below its low mark and @ask->may_wake.  Any context but NMI; O(1). */
	void (*wake)(int nid, const struct page_ask *ask);
	/* The caller frees memory itself; it may sleep here and is not in PF_MEMALLOC. */
	void (*progress)(const struct page_ask *ask, struct page_reclaimed *ret_reclaimed);
	/*
	 * Nothing is left to reclaim.  Asks the OOM notifiers; then the last resort, which may be
	 * the end of the machine.  Task context, may sleep.
	 * Return: true when it is worth trying again.
	 */
	bool (*out_of_memory)(const struct page_ask *ask);
};

extern const struct page_reclaim_ops *page_reclaim_ops;

static inline void page_wake_reclaim(int nid, const struct page_ask *ask)
{
	const struct page_reclaim_ops *ops = __atomic_load_n(&page_reclaim_ops, __ATOMIC_ACQUIRE);

	if (ops && ask->may_wake)
		ops->wake(nid, ask);
}

/* -- pressure.c: what the reclaim room asks back ---------------------------------------------- */

/*
 * Can @nid serve 2^@order frames from a zone up to @zone_top and stay above @mark?  True for a node
 * without such a zone: nobody can do anything there.
 */
bool page_node_is_above(int nid, enum zone_mark mark, unsigned int order, unsigned int zone_top);
/* May @ask be served from a zone of @nid at all? */
bool page_node_serves(int nid, const struct page_ask *ask);
unsigned int page_nodes(void);			/* nodes are numbered 0 .. page_nodes() - 1 */
unsigned long page_node_free(int nid);		/* frames, with those on per-CPU lists */
unsigned long page_node_managed(int nid);
/* Frames above the high mark of every zone of @nid together; what reclaim works towards. */
unsigned long page_node_target(int nid);
/*
 * Frames by which the marks of @nid's zones are raised because a pageblock was broken into
 * (watermark_boost_factor); reclaim frees that much more, without writing anything out, and then
 * takes it back.
 */
unsigned long page_node_boost(int nid);
void page_node_unboost(int nid);

/* report.c: "COMM invoked oom-killer: ..." with Mem-Info, in the kernel's words; rate limited */
void page_report_oom(const struct page_ask *ask);

#endif
