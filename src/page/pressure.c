/* SPDX-License-Identifier: MIT */
/*
 * pressure.c - how a node stands against its marks, for those who make room
 *
 * Owns: page_reclaim_ops.  Reads zones without their locks: the answers are out of date as soon as
 * they are given.  Any context; nothing here sleeps.
 */
#include "page/reclaim_ops.h"

#include "page/alloc.h"
#include "page/page_room.h"
#include "page/pcp.h"
#include "page/zone.h"

const struct page_reclaim_ops *page_reclaim_ops;

unsigned int page_nodes(void)
{
	return 1;
}

bool page_node_is_above(int nid, enum zone_mark mark, unsigned int order, unsigned int zone_top)
{
	bool has_zone = false;

	for (unsigned int id = 0; id <= zone_top; id++) {
		const struct page_zone *zone = &page_zone[id];

		if (!zone_is_populated(zone))
			continue;
		has_zone = true;
		if (watermark_is_ok(zone, order, zone->mark[mark] + zone->reserve[zone_top]))
			return true;
	}
	return !has_zone;
}

unsigned long page_node_free(int nid)
{
	return page_free_total();
}

unsigned long page_node_managed(int nid)
{
	return page_managed_total();
}

unsigned long page_node_target(int nid)
{
	unsigned long pages = 0;

	for (unsigned int id = 0; id < MAX_NR_ZONES; id++) {
		if (zone_is_populated(&page_zone[id]))
			pages += page_zone[id].mark[MARK_HIGH];
	}
	return pages;
}
