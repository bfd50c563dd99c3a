/* SPDX-License-Identifier: MIT */
/*
 * buddyinfo.c - /proc/buddyinfo: free blocks by order, a line a zone that has memory
 *
 * Owns nothing.  Lock: the zone's, while its counts are taken.
 */
#include "machine/view.h"
#include "page/page_room.h"

int buddyinfo_show(struct view_text *text, const char *rest)
{
	for (unsigned int zone = 0; zone < page_zones(); zone++) {
		struct page_zone_stats stats;

		page_zone_read(zone, &stats);
		view_put(text, "Node %u, zone %8s ", stats.node, stats.name);
		for (unsigned int order = 0; order < NR_PAGE_ORDERS; order++)
			view_put(text, "%6lu ", stats.free_blocks[order]);
		view_put(text, "\n");
	}
	return 0;
}
