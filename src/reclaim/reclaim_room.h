/* SPDX-License-Identifier: MIT */
/*
 * reclaim_room.h - what later rooms call in reclaim beyond linux/shrinker.h and linux/oom.h
 */
#ifndef RECLAIM_RECLAIM_ROOM_H
#define RECLAIM_RECLAIM_ROOM_H

#include <linux/gfp_types.h>
#include <linux/list.h>
#include <linux/types.h>
#include <kern/kern.h>
#include <kern/option.h>

extern const struct boot_option reclaim_options[];	/* oom=, sysctl.vm.panic_on_oom= */

/* after page_boot(): from here on the page room reclaims.  0 or a negative errno */
int reclaim_boot(void);
/* before page_shutdown(), when nobody allocates any more; shrinkers and notifiers left */
unsigned long reclaim_shutdown(void);

/*
 * Rules want to know what callbacks do under pressure, without waiting for it: every shrinker is
 * asked for one object, as each of the requests in @levels would ask it.  Sets PF_MEMALLOC; sleeps.
 */
#define RECLAIM_PLAIN	1u	/* GFP_KERNEL */
#define RECLAIM_NOFS	2u	/* GFP_NOFS */
#define RECLAIM_NOIO	4u	/* GFP_NOIO */
void reclaim_rehearse(unsigned int levels);
/* kswapd does it, when it comes to run; reclaim_rehearsals(): how often it has so far. */
void reclaim_rehearse_soon(unsigned int levels);
unsigned long reclaim_rehearsals(void);
/* What direct reclaim for @gfp would do at its last priority. */
void reclaim_now(gfp_t gfp);

/*
 * Registered or not, what users did not give back: kind "shrinker" or "oom notifier".  @is_made: a
 * shrinker counts as soon as it is made.
 */
unsigned int reclaim_left(kern_left_fn see, void *arg);

/*
 * A room that keeps memory for speed only (empty slabs, areas not unmapped yet, objects that wait
 * for a grace period) gives it back when asked.  give() runs in task context, in PF_MEMALLOC, may
 * sleep, must not allocate with a gfp that blocks, and returns the pages it gave back, as far as it
 * knows.
 */
struct reclaim_giver {
	const char *name;
	unsigned long (*give)(void);
	struct list_head list;
	unsigned int users;		/* running give() */
};
void reclaim_register_giver(struct reclaim_giver *giver);
void reclaim_unregister_giver(struct reclaim_giver *giver);	/* waits for a give() that runs */

/* Counters since boot; for /proc/vmstat and tests. */
struct reclaim_stats {
	unsigned long direct;		/* runs of direct reclaim */
	unsigned long direct_pages;	/* pages that came free in them */
	unsigned long woken;		/* runs of kswapd */
	unsigned long woken_pages;
	unsigned long objects_scanned, objects_freed;	/* what shrinkers were asked, and did */
	unsigned long oom;		/* last resorts */
	unsigned long hopeless_nodes;	/* just now */
};
void reclaim_read(struct reclaim_stats *ret_stats);

#endif
