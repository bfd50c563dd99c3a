/* SPDX-License-Identifier: MIT */
/* reclaim.h - what the files of the reclaim room share */
#ifndef RECLAIM_RECLAIM_H
#define RECLAIM_RECLAIM_H

#include <linux/gfp_types.h>
#include <linux/notifier.h>
#include <linux/shrinker.h>
#include <page/reclaim_ops.h>
#include <reclaim/reclaim_room.h>

#define DEF_PRIORITY		12	/* the first look is at 1/4096 of what can be freed */
#define SWAP_CLUSTER_MAX	32	/* pages that one run of direct reclaim aims at */
#define SHRINK_BATCH		128	/* objects a call of scan_objects() */
#define BACKGROUND_TRIES	16	/* fruitless runs before a node is hopeless */

extern struct reclaim_stats reclaim_stats;	/* fields are added to atomically */
#define STAT_ADD(field, n)	__atomic_fetch_add(&reclaim_stats.field, (n), __ATOMIC_RELAXED)

/* What a walk over the shrinkers found. */
struct shrink_sum {
	unsigned long freed;		/* objects */
	unsigned long left;		/* of what was counted before, what was not freed */
};

/* -- shrinker.c ------------------------------------------------------------------------------- */
void shrinker_boot(void);
unsigned long shrinker_shutdown(void);		/* how many were left */
unsigned int shrinker_left(kern_left_fn see, void *arg);
/* every registered shrinker once; sums are added to */
void shrink_node(gfp_t gfp, int nid, int priority, struct shrink_sum *sum);
/* every registered shrinker is counted, and asked for one object if it has any */
void shrink_node_a_little(gfp_t gfp, int nid);

/* -- shelf.c: memory for shrinkers ------------------------------------------------------------ */
void shelf_boot(size_t bytes);			/* of one slot */
void shelf_shutdown(void);
void *shelf_take(void);				/* zeroed; NULL without memory; may sleep */
void shelf_give(void *slot);			/* any context but NMI */

/* -- giver.c ---------------------------------------------------------------------------------- */
unsigned long givers_ask(void);

/* -- progress.c ------------------------------------------------------------------------------- */
/* Shrinkers at @priority, then the givers if that was not enough; pages that came free. */
unsigned long reclaim_round(gfp_t gfp, int nid, int priority, struct shrink_sum *sum);
void progress_direct(const struct page_ask *ask, struct page_reclaimed *ret_reclaimed);

/* -- kswapd.c --------------------------------------------------------------------------------- */
int kswapd_boot(void);
void kswapd_shutdown(void);
void kswapd_wake(int nid, const struct page_ask *ask);
void kswapd_forgive(void);			/* pages came free: no node is hopeless any more */
unsigned long kswapd_hopeless(void);

/* -- oom.c ------------------------------------------------------------------------------------ */
void oom_boot(void);
unsigned long oom_shutdown(void);
bool oom_handle(const struct page_ask *ask);
unsigned int oom_left(kern_left_fn see, void *arg);

#endif
