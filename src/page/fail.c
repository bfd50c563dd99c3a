/* SPDX-License-Identifier: MIT */
/*
 * fail.c - makes the engine's own requests for pages fail, one after another
 *
 * Owns: the plan of page_fail_after(). What users ask for is failed by rules, at the door; what
 * rooms take for themselves (slabs, tables, areas) never passes the door.
 * Lock: none, the counters are atomic. Any context.
 */
#include "page/alloc.h"
#include "page/page_room.h"

bool page_fail_armed;
static unsigned long passes, failures, failed;

void page_fail_after(unsigned long pass, unsigned long fail)
{
	__atomic_store_n(&page_fail_armed, false, __ATOMIC_SEQ_CST);
	passes = pass;
	failures = fail;
	failed = 0;
	__atomic_store_n(&page_fail_armed, fail != 0, __ATOMIC_SEQ_CST);
}

unsigned long page_fail_stop(void)
{
	__atomic_store_n(&page_fail_armed, false, __ATOMIC_SEQ_CST);
	return __atomic_load_n(&failed, __ATOMIC_RELAXED);
}

/* One off *@count unless it is 0. */
static bool count_down(unsigned long *count)
{
	unsigned long left = __atomic_load_n(count, __ATOMIC_RELAXED);

	while (left) {
		if (__atomic_compare_exchange_n(count, &left, left - 1, true, __ATOMIC_RELAXED,
						__ATOMIC_RELAXED))
			return true;
	}
	return false;
}

bool page_fail_now(gfp_t gfp)
{
	if ((gfp & __GFP_NOFAIL) && (gfp & __GFP_DIRECT_RECLAIM))
		return false;
	if (count_down(&passes) || !count_down(&failures))
		return false;
	__atomic_fetch_add(&failed, 1, __ATOMIC_RELAXED);
	return true;
}
