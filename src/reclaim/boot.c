/* SPDX-License-Identifier: MIT */
/*
 * boot.c - reclaim comes up and goes down; what page calls; everything at once on demand
 *
 * Owns: the counters of this room.  Context: the boot thread, but drop_slab(): any task.
 */
#include "page/page_room.h"
#include "reclaim/reclaim.h"

#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/rcupdate.h>
#include <linux/sched/mm.h>
#include <kmalloc/machine.h>
#include <kern/kern.h>
#include <watch/watch.h>

#define DROP_ROUNDS	11	/* as many as Linux makes at most: each twice as easily content */

struct reclaim_stats reclaim_stats;

static const struct page_reclaim_ops ops = {
	.wake = kswapd_wake,
	.progress = progress_direct,
	.out_of_memory = oom_handle,
};

int reclaim_boot(void)
{
	int error;

	reclaim_stats = (struct reclaim_stats) { 0 };
	shrinker_boot();
	oom_boot();
	error = kswapd_boot();
	if (error) {
		kswapd_shutdown();
		return error;
	}
	__atomic_store_n(&page_reclaim_ops, &ops, __ATOMIC_RELEASE);
	return 0;
}

unsigned long reclaim_shutdown(void)
{
	unsigned long left;

	__atomic_store_n(&page_reclaim_ops, NULL, __ATOMIC_RELEASE);
	kswapd_shutdown();
	rcu_barrier();
	left = oom_shutdown();
	return left + shrinker_shutdown();
}

unsigned int reclaim_left(kern_left_fn see, void *arg)
{
	return shrinker_left(see, arg) + oom_left(see, arg);
}

void reclaim_read(struct reclaim_stats *ret_stats)
{
	*ret_stats = reclaim_stats;
	ret_stats->hopeless_nodes = kswapd_hopeless();
}

/* J1 of progress.c; what is done here is not the caller's doing, but callbacks are (visit.h). */
static unsigned int work_begin(void)
{
	watch_enter();
	return memalloc_noreclaim_save();
}

static void work_end(unsigned int scope)
{
	memalloc_noreclaim_restore(scope);
	watch_leave();
}

void reclaim_rehearse(unsigned int levels)
{
	static const gfp_t requests[] = { GFP_KERNEL, GFP_NOFS, GFP_NOIO };
	unsigned int scope = work_begin();

	for (unsigned int i = 0; i < ARRAY_SIZE(requests); i++)
		for (unsigned int nid = 0; levels & 1u << i && nid < page_nodes(); nid++)
			shrink_node_a_little(requests[i], nid);
	work_end(scope);
}

void reclaim_now(gfp_t gfp)
{
	unsigned int scope = work_begin();
	struct shrink_sum sum = { 0 };

	for (unsigned int nid = 0; nid < page_nodes(); nid++)
		shrink_node(gfp, nid, 0, &sum);
	work_end(scope);
}

void drop_slab(void)
{
	km_might_sleep("drop_slab");
	if (!kern_may_sleep())
		return;
	watch_enter();
	for (unsigned int round = 0; round < DROP_ROUNDS; round++) {
		struct shrink_sum sum = { 0 };

		for (unsigned int nid = 0; nid < page_nodes(); nid++)
			shrink_node(GFP_KERNEL, nid, 0, &sum);
		if (sum.freed >> round <= 1)
			break;
	}
	givers_ask();
	page_reserves_drop();
	watch_leave();
}
