/* SPDX-License-Identifier: MIT */
/*
 * kswapd.c - a thread a node that keeps it above its high mark, so that others need not reclaim
 *
 * Owns: the threads, which are the engine's own: nobody's leak, asleep while nothing is asked of
 * them, so they keep no machine from being quiet.
 * D1  Woken when a request that may wake it found a zone below low; it then works until a zone the
 *     request could use is above high, or a run down to the last priority is over.
 * D2  After BACKGROUND_TRIES such runs in a row the node is hopeless and not tried again until
 *     direct reclaim frees something.
 * D3  Marks that are raised because a pageblock was broken into are lowered again after a run.
 * D4  The thread is in PF_MEMALLOC for life, and holds no lock while it works.
 * Lock: none; the words of struct background are written atomically.  The thread sleeps, waking it
 * does not.
 */
#include "reclaim/reclaim.h"

#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/sprintf.h>
#include <kern/core.h>
#include <page/pcp.h>

struct background {
	struct task_struct *task;
	int nid;
	bool is_wanted;
	u8 zone_top;
	unsigned int rehearse;		/* levels that rules asked for */
	unsigned int fruitless;
};

static struct background backgrounds[MAX_NUMNODES];
static unsigned long rehearsals;

/* One run; D1.  Returns the pages that came free. */
static unsigned long balance_node(struct background *node)
{
	unsigned int zone_top = READ_ONCE(node->zone_top);
	int priority = DEF_PRIORITY;
	unsigned long pages = 0;

	while (priority >= 0 && !kthread_should_stop() &&
	       !page_node_is_above(node->nid, MARK_HIGH, 0, zone_top)) {
		struct shrink_sum sum = { 0 };
		unsigned long freed = reclaim_round(GFP_KERNEL, node->nid, priority, &sum);

		pages += freed;
		if (!sum.left && !sum.freed && !freed)
			break;		/* nobody has anything: a deeper look finds no more */
		/* What was freed lies on this CPU's lists, and only zones are measured. */
		pcp_drain_everywhere();
		if (freed < SWAP_CLUSTER_MAX)
			priority--;
		km_port_yield();
	}
	return pages;
}

/* What rules asked for is no run: it counts nowhere, and makes no node hopeless. */
static bool rehearse(struct background *node)
{
	unsigned int levels = __atomic_exchange_n(&node->rehearse, 0, __ATOMIC_RELAXED);

	if (!levels)
		return false;
	reclaim_rehearse(levels);
	__atomic_fetch_add(&rehearsals, 1, __ATOMIC_RELAXED);
	return true;
}

static void serve(struct background *node)
{
	unsigned long pages;

	WRITE_ONCE(node->is_wanted, false);
	pages = balance_node(node);
	page_node_unboost(node->nid);
	STAT_ADD(woken, 1);
	STAT_ADD(woken_pages, pages);
	if (pages || page_node_is_above(node->nid, MARK_HIGH, 0, READ_ONCE(node->zone_top)))
		__atomic_store_n(&node->fruitless, 0, __ATOMIC_RELAXED);
	else
		__atomic_fetch_add(&node->fruitless, 1, __ATOMIC_RELAXED);
	WRITE_ONCE(node->zone_top, 0);
}

static int kswapd_run(void *data)
{
	struct background *node = data;

	current->flags |= PF_MEMALLOC | PF_KSWAPD;
	for (;;) {
		set_current_state(TASK_IDLE);
		if (kthread_should_stop())
			break;
		if (!READ_ONCE(node->is_wanted) && !READ_ONCE(node->rehearse)) {
			schedule();
			continue;
		}
		__set_current_state(TASK_RUNNING);
		if (!rehearse(node))
			serve(node);
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

void kswapd_wake(int nid, const struct page_ask *ask)
{
	struct background *node = &backgrounds[nid];

	if (!node->task ||
	    __atomic_load_n(&node->fruitless, __ATOMIC_RELAXED) >= BACKGROUND_TRIES)
		return;
	if (READ_ONCE(node->zone_top) < ask->zone_top)
		WRITE_ONCE(node->zone_top, ask->zone_top);
	if (READ_ONCE(node->is_wanted))
		return;
	WRITE_ONCE(node->is_wanted, true);
	task_wake(node->task, TASK_IDLE);
}

void reclaim_rehearse_soon(unsigned int levels)
{
	struct background *node = &backgrounds[0];

	if (!node->task)
		return;
	__atomic_fetch_or(&node->rehearse, levels, __ATOMIC_RELAXED);
	task_wake(node->task, TASK_IDLE);
}

unsigned long reclaim_rehearsals(void)
{
	return __atomic_load_n(&rehearsals, __ATOMIC_RELAXED);
}

void kswapd_forgive(void)
{
	for (unsigned int nid = 0; nid < page_nodes(); nid++)
		__atomic_store_n(&backgrounds[nid].fruitless, 0, __ATOMIC_RELAXED);
}

unsigned long kswapd_hopeless(void)
{
	unsigned long count = 0;

	for (unsigned int nid = 0; nid < page_nodes(); nid++)
		count += __atomic_load_n(&backgrounds[nid].fruitless, __ATOMIC_RELAXED) >=
			 BACKGROUND_TRIES;
	return count;
}

int kswapd_boot(void)
{
	char name[TASK_COMM_LEN];

	for (unsigned int nid = 0; nid < page_nodes(); nid++) {
		struct task_struct *task;

		backgrounds[nid] = (struct background) { .nid = nid };
		scnprintf(name, sizeof(name), "kswapd%u", nid);
		task = thread_start(kswapd_run, &backgrounds[nid], name);
		if (!task)
			return -ENOMEM;
		backgrounds[nid].task = task;
	}
	return 0;
}

void kswapd_shutdown(void)
{
	for (unsigned int nid = 0; nid < page_nodes(); nid++) {
		struct task_struct *task = backgrounds[nid].task;

		backgrounds[nid].task = NULL;
		if (task)
			thread_stop(task);
	}
}
