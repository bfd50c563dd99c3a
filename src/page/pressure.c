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
	return node_count;
}

bool page_node_is_above(int nid, enum zone_mark mark, unsigned int order, unsigned int zone_top)
{
	bool has_zone = false;

	for (unsigned int type = 0; type <= zone_top; type++) {
		const struct page_zone *zone = node_zone(nid, type);

		if (!zone_is_populated(zone))
			continue;
		has_zone = true;
		if (watermark_is_ok(zone, order,
				    zone->mark[mark] + zone->boost + zone->reserve[zone_top]))
			return true;
	}
	return !has_zone;
}

bool page_node_serves(int nid, const struct page_ask *ask)
{
	for (unsigned int type = 0; type < MAX_NR_ZONES; type++) {
		const struct page_zone *zone = node_zone(nid, type);

		if (zone_is_populated(zone) && zone_serves(zone, ask))
			return true;
	}
	return false;
}

unsigned long page_node_free(int nid)
{
	unsigned long pages = 0;

	for (unsigned int type = 0; type < MAX_NR_ZONES; type++) {
		const struct page_zone *zone = node_zone(nid, type);

		pages += zone->free + pcp_pages(zone);
	}
	return pages;
}

unsigned long page_node_managed(int nid)
{
	unsigned long pages = 0;

	for (unsigned int type = 0; type < MAX_NR_ZONES; type++)
		pages += node_zone(nid, type)->managed;
	return pages;
}

unsigned long page_node_target(int nid)
{
	unsigned long pages = 0;

	for (unsigned int type = 0; type < MAX_NR_ZONES; type++)
		pages += node_zone(nid, type)->mark[MARK_HIGH];
	return pages;
}

unsigned long page_node_boost(int nid)
{
	unsigned long pages = 0;

	for (unsigned int type = 0; type < MAX_NR_ZONES; type++)
		pages += node_zone(nid, type)->boost;
	return pages;
}

void page_node_unboost(int nid)
{
	for (unsigned int type = 0; type < MAX_NR_ZONES; type++) {
		struct page_zone *zone = node_zone(nid, type);

		watermark_unboost(zone, zone->boost);
	}
}
