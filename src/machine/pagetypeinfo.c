/* SPDX-License-Identifier: MIT */
/*
 * pagetypeinfo.c - /proc/pagetypeinfo: free blocks by mobility and order, and whose pageblocks are
 * whose
 *
 * Owns nothing.  Lock: the zone's, while its counts are taken.
 */
#include <linux/mmzone.h>
#include <linux/nodemask.h>
#include "machine/view.h"
#include "page/page_room.h"

#define COUNT_MOST	100000ul	/* Linux stops counting a list here */

static const char *const type_names[MIGRATE_TYPES] = {
	[MIGRATE_UNMOVABLE] = "Unmovable",
	[MIGRATE_MOVABLE] = "Movable",
	[MIGRATE_RECLAIMABLE] = "Reclaimable",
	[MIGRATE_HIGHATOMIC] = "HighAtomic",
	[MIGRATE_ISOLATE] = "Isolate",
};

static void put_count(struct view_text *text, unsigned long count)
{
	if (count > COUNT_MOST)
		view_put(text, ">%6lu ", COUNT_MOST);
	else
		view_put(text, "%6lu ", count);
}

static void put_free(struct view_text *text, const struct page_zone_stats *stats)
{
	for (unsigned int type = 0; type < MIGRATE_TYPES; type++) {
		view_put(text, "Node %4u, zone %8s, type %12s ", stats->node, stats->name,
			 type_names[type]);
		for (unsigned int order = 0; order < NR_PAGE_ORDERS; order++)
			put_count(text, stats->free_of_type[type][order]);
		view_put(text, "\n");
	}
}

static void put_blocks(struct view_text *text, const struct page_zone_stats *stats)
{
	view_put(text, "Node %u, zone %8s ", stats->node, stats->name);
	for (unsigned int type = 0; type < MIGRATE_TYPES; type++)
		view_put(text, "%12lu ", stats->blocks_of_type[type]);
	view_put(text, "\n");
}

static void each_zone_of(struct view_text *text, unsigned int node,
			 void (*put)(struct view_text *text, const struct page_zone_stats *stats))
{
	for (unsigned int zone = 0; zone < page_zones(); zone++) {
		struct page_zone_stats stats;

		page_zone_read(zone, &stats);
		if (stats.node == node)
			put(text, &stats);
	}
}

static void put_node(struct view_text *text, unsigned int node)
{
	view_put(text, "Page block order: %d\n", pageblock_order);
	view_put(text, "Pages per block:  %lu\n\n", (unsigned long)pageblock_nr_pages);
	view_put(text, "%-43s ", "Free pages count per migrate type at order");
	for (unsigned int order = 0; order < NR_PAGE_ORDERS; order++)
		view_put(text, "%6u ", order);
	view_put(text, "\n");
	each_zone_of(text, node, put_free);
	view_put(text, "\n%-23s", "Number of blocks type ");
	for (unsigned int type = 0; type < MIGRATE_TYPES; type++)
		view_put(text, "%12s ", type_names[type]);
	view_put(text, "\n");
	each_zone_of(text, node, put_blocks);
}

int pagetypeinfo_show(struct view_text *text, const char *rest)
{
	int node;

	for_each_node_state(node, N_MEMORY)
		put_node(text, node);
	return 0;
}
